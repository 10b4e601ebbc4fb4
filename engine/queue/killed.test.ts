import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { type Engine, useEngines } from '../testing/engines.ts';
import { type KilledAt, workInProcess } from '../testing/killed-job.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { fillSurvivalFolds } from '../testing/survival-folds.ts';
import { artifactsOf, CONFIG } from '../testing/workspace.ts';

/** Processes are killed in the middle of jobs; whoever goes on comes to the same rows and bytes. */

const { createWorkspace, open, close } = useEngines();

/** One that nobody interrupted, and one whose process was killed in the middle; both with the same job. */
async function both(
  make: (engine: Engine) => Promise<unknown>,
  {
    kill,
    config = CONFIG,
    fill = () => undefined,
  }: { kill: KilledAt; config?: string; fill?(folder: string): void },
) {
  const straight = createWorkspace(config);
  fill(straight);
  const engine = open(straight);
  await make(engine);
  await close(engine);
  const killed = createWorkspace(config);
  cpSync(straight, killed, { recursive: true });
  const [ended] = await Promise.all([workInProcess(straight), workInProcess(killed, kill)]);
  expect(ended).toBe('ended');
  return { straight, killed };
}

function survivalOf(workspace: string) {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  try {
    return {
      models: db
        .prepare('SELECT model_type, options, figures, last_fold, known_until, model FROM survival_models')
        .all(),
      trials: db.prepare('SELECT trial, key, state, parameters, loss FROM trials ORDER BY trial').all(),
    };
  } finally {
    db.close();
  }
}

test('a model of what survives', async () => {
  const { straight, killed } = await both(
    (engine) => engine.call('survival.train', { modelType: 'q_agent', trials: 4 }),
    {
      kill: { step: 'committed', count: 2 },
      fill: (folder) => fillSurvivalFolds(folder, { folds: 90, edge: 1.5 }),
    },
  );
  const before = survivalOf(killed);
  expect(before.trials).toHaveLength(2);
  expect(before.models).toEqual([]);
  expect(await workInProcess(killed)).toBe('ended');
  const after = survivalOf(killed);
  expect(after.models).toHaveLength(1);
  expect(after).toEqual(survivalOf(straight));
});

test('a grid with an agent', async () => {
  const grid = {
    name: 'With an agent',
    model_types: ['ridge', 'q_agent'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H4' as const],
    days_history: [120],
    horizons: [3, 6],
    hyperparameters: { q_agent: { n_estimators: 10 } },
  };
  const { straight, killed } = await both((engine) => engine.call('queue.create', { grid }), {
    kill: { step: 'run inserted', count: 4 },
  });
  const done = () => ledgerOf(killed).runs.map(({ model_type }) => model_type);
  expect(done().length).toBeLessThan(4);
  expect(await workInProcess(killed)).toBe('ended');
  expect(done()).toHaveLength(4);
  expect(ledgerOf(killed)).toEqual(ledgerOf(straight));
  expect(artifactsOf(killed)).toEqual(artifactsOf(straight));
});
