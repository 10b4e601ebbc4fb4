import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MarkedDto, MarksListDto, RunDto } from '../../engine/contract/dto/index.ts';
import { regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  sandbox.reset();
});
afterAll(() => sandbox.remove());

const run = (...argv: string[]) => regimen([...argv, '--workspace', sandbox.workspace]);
const json = async <T>(...argv: string[]) => JSON.parse((await run(...argv, '--json')).stdout) as T;

it('runs and jobs are marked, found by their marks, and unmarked', async () => {
  expect((await run('marked')).stdout).toMatch(/^Nothing is marked\. `regimen run favorite RUN`/);
  expect((await run('run', 'favorite', '1')).stdout).toBe('Run 1: favorite\n');
  expect((await run('run', 'tag', '1', 'golden', 'asia')).stdout).toBe(
    'Run 1: favorite; tags: asia, golden\n',
  );
  const noted = await json<MarkedDto>('run', 'note', '1', 'Holds in 2024.');
  expect(noted).toMatchObject({ favorite: true, tags: ['asia', 'golden'], note: 'Holds in 2024.' });
  expect((await run('jobs', 'tag', '1', 'nightly')).stdout).toBe('Job 1: tags: nightly\n');

  expect((await json<RunDto[]>('history', '--tag', 'Golden')).map(({ id }) => id)).toEqual([1]);
  expect(await json<RunDto[]>('history', '--tag', 'other')).toEqual([]);
  expect((await run('history', '--favorite')).stdout).toMatch(/Marks *$[\s\S]*\* asia golden \(note\)/m);
  expect((await run('run', '1')).stdout).toContain(
    'Marked: favorite; tags: asia, golden; note: Holds in 2024.',
  );
  expect(await json<unknown[]>('jobs', 'list', '--tag', 'nightly')).toHaveLength(1);
  expect((await run('champions', '--tag', 'nobody')).stdout).toBe('No champion is like that.\n');
  expect((await run('marked')).stdout).toMatch(/Tags: asia \(1\), golden \(1\), nightly \(1\)\n$/);

  expect((await run('run', 'tag', '1', 'ASIA', '--remove')).stdout).toContain('tags: golden;');
  await run('run', 'note', '1', '--remove');
  await run('run', 'favorite', '1', '--remove');
  await run('run', 'tag', '1', 'golden', '--remove');
  expect((await json<MarksListDto>('marked')).marked.map(({ title }) => title)).toEqual(['job 1']);
});

it('what is asked wrongly changes nothing and says what was expected', async () => {
  const text = await run('run', 'note', '1');
  expect(text).toMatchObject({ status: 3 });
  expect(text.stderr).toContain('Expected the text of the note, in quotes, or --remove.');
  const blanks = await run('run', 'tag', '1', 'two words');
  expect(blanks.stderr).toContain('a tag has 1 to 40 letters');
  expect((await run('champions', 'tag', 'EURUSD/H1/nobody', 'a')).stderr).toContain('There is no champion');
  expect((await run('jobs', 'favorite', '77')).stderr).toContain('There is no job 77');
});
