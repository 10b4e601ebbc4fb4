import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train, useEngines } from '../testing/engines.ts';
import { SMALL_GRID } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();

test('a kept model whose file is missing is said so, is trained again with its grid, and is back as it was', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  await train(engine, SMALL_GRID);
  const before = await engine.call('champions.list', {});
  const [champion] = before;
  const { artifactFile } = await engine.call('history.get', { run: champion!.runId });
  const path = join(workspace, 'artifacts', artifactFile!);
  const bytes = readFileSync(path);
  expect(await engine.call('grid.preview', { grid: SMALL_GRID })).toMatchObject({ toTrain: 0 });

  rmSync(path);
  const marked = await engine.call('champions.list', {});
  expect(
    marked.filter(({ modelMissing }) => modelMissing).every(({ runId }) => runId === champion!.runId),
  ).toBe(true);
  expect(marked.map((one) => ({ ...one, modelMissing: false }))).toEqual(before);
  expect(await engine.call('grid.preview', { grid: SMALL_GRID })).toMatchObject({ toTrain: 1 });
  expect(await train(engine, SMALL_GRID)).toMatchObject({ completed: 1 });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  // The same cell counts no second time among the tries.
  expect(await engine.call('champions.list', {})).toEqual(before);
  expect(await engine.call('grid.preview', { grid: SMALL_GRID })).toMatchObject({ toTrain: 0 });
  await close(engine);
});
