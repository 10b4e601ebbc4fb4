import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../main/launch/builds.mjs';
import { builtForTests } from './built-for-tests.ts';

type Question = { readonly id: string; readonly sourceCode: string };

it('takes no module from an earlier run that names what may have changed since', () => {
  let isKept: ((question: Question) => unknown) | undefined;
  const { configureVitest } = builtForTests() as unknown as { configureVitest(context: object): void };
  configureVitest({
    defineCacheKeyGenerator: (generator: (question: Question) => unknown) => {
      isKept = generator;
    },
  });
  const asked = (sourceCode: string) =>
    isKept!({ id: join(PROJECT, 'engine/workers/threads.ts'), sourceCode });
  expect(asked("new Worker(new URL('./task.ts', import.meta.url))")).toBe(false);
  expect(asked("spawn(fileURLToPath(new URL('../../main/cli/regimen.ts', import.meta.url)))")).toBe(false);
  expect(asked("readFile(new URL('./task.json', import.meta.url))")).toBeUndefined();
  expect(asked("import { task } from './task.ts'")).toBeUndefined();
});
