import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, type Engine, train, useEngines } from '../testing/engines.ts';
import { artifactsOf, CONFIG } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();

const BOTH: GridSpecInput = {
  name: 'Both',
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [120],
  horizons: [3],
  targets: ['return', 'direction'],
};
const KEEP = `${CONFIG}\nmodel_management: { delete_non_best_models: false }\n`;

function openWith(workspace: string, training: string): Engine {
  writeFileSync(join(workspace, 'config.yaml'), `${KEEP}\ntraining: { ${training} }\n`);
  return open(workspace);
}

async function trainWith(workspace: string, training: string): Promise<Engine> {
  const engine = openWith(workspace, training);
  await train(engine, await create(engine, BOTH));
  return engine;
}

/** Trained, by what they learn. */
async function trainedOf(engine: Engine): Promise<Record<string, number>> {
  const { runs } = await engine.call('history.search', { limit: 100 });
  const count = (target: string) => runs.filter((run) => run.target === target).length;
  return { return: count('return'), direction: count('direction') };
}

test('another calibration or class weight makes other models of classes, and none of returns', async () => {
  const workspace = createWorkspace();
  const plain = await trainWith(workspace, 'seed: 42');
  expect(await trainedOf(plain)).toEqual({ return: 1, direction: 1 });
  const files = artifactsOf(workspace);
  const found = async (target: string) => (await plain.call('history.search', { target })).total;
  expect(await Promise.all(['return', 'Direction', 'barrier', 'no target'].map(found))).toEqual([1, 1, 0, 0]);
  const champions = await plain.call('champions.list', {});
  for (const target of ['return', 'direction']) {
    const own = champions.filter((champion) => champion.target === target);
    expect(await plain.call('champions.list', { target })).toEqual(own);
  }
  await close(plain);

  // What is the default anyway makes nothing new.
  const spelled = openWith(workspace, 'calibration: sigmoid, class_weight: none');
  expect(await spelled.call('grid.preview', { grid: BOTH })).toMatchObject({ alreadyTrained: 2, toTrain: 0 });
  await close(spelled);

  for (const [k, training] of ['calibration: isotonic', 'class_weight: balanced'].entries()) {
    const other = await trainWith(workspace, training);
    expect(await trainedOf(other)).toEqual({ return: 1, direction: 2 + k });
    const now = Object.values(artifactsOf(workspace));
    expect(new Set(now).size).toBe(Object.keys(files).length + 1 + k);
    await close(other);
  }
});

test('what changed is said before it is trained again', async () => {
  const workspace = createWorkspace();
  await close(await trainWith(workspace, 'seed: 42'));
  const preview = await openWith(workspace, 'calibration: none').call('grid.preview', { grid: BOTH });
  expect(preview).toMatchObject({
    alreadyTrained: 1,
    toTrain: 1,
    outdated: [{ reason: expect.stringContaining('calibration'), count: 1 }],
  });
});
