import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunDto, SavedViewDto } from '../../engine/contract/dto/index.ts';
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

it('views of both tables are saved, listed, shown with what is typed beside them, and removed', async () => {
  expect((await run('views', 'list')).stdout).toMatch(/^No view was saved\./);
  const saved = await run(
    ...['views', 'save', 'history', 'Ridges', '--filter', 'modelType = ridge'],
    ...['--columns', 'id,modelType', '--sort', 'id', '--ascending'],
  );
  expect(saved.stdout).toMatch(/^Saved\. history, Ridges: .*filter modelType = ridge.*descending false\n$/);
  await run('views', 'save', 'champions', 'Ridges', '--columns', 'regime,sharpe');

  const { stdout } = await run('history', '--view', 'Ridges');
  expect(stdout).toMatch(/^id +modelType *$/m);
  expect(stdout).not.toContain('sharpe');
  expect((await json<RunDto[]>('history', '--view', 'Ridges')).map(({ modelType }) => modelType)).toEqual([
    'ridge',
  ]);
  expect(await json<RunDto[]>('history', '--view', 'Ridges', '--filter', 'id > 1')).toEqual([]);
  expect((await run('champions', '--view', 'Ridges')).stdout).toMatch(/^regime +sharpe *$/m);

  const wrong = await run('champions', '--view', 'Lassos');
  expect(wrong).toMatchObject({ status: 3 });
  expect(wrong.stderr).toContain('there is no view "Lassos" of champions; there are Ridges');
  expect((await run('views', 'remove', 'history', 'Ridges')).stdout).toBe(
    'Removed: the view Ridges of history.\n',
  );
  expect((await json<SavedViewDto[]>('views', 'list')).map(({ table }) => table)).toEqual(['champions']);
});
