import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCheckpointNow } from '../checkpoint/checkpoint.ts';
import { type CheckpointInfo, listCheckpoints } from '../checkpoint/folder.ts';
import { train, useEngines } from '../testing/engines.ts';

const { createWorkspace, open, close } = useEngines();

/** What is asked of a checkpoint. */
const MOST_BYTES_EACH = 10_000;

it.each([
  ['linear', ['linear_regression', 'ridge', 'lasso', 'elasticnet'], 32],
  ['linear and tree', ['ridge', 'random_forest', 'gradient_boosting', 'xgboost', 'lightgbm'], 40],
])(
  'a checkpoint of %s models takes at most 10 kB a finished configuration',
  async (kind, model_types, count) => {
    // With the strategies and the interval of an ordinary configuration.
    const workspace = createWorkspace('storage: { min_free_mb: 0 }\n');
    const engine = open(workspace, { threads: 2 });
    const summary = await train(engine, {
      name: 'Size',
      model_types,
      symbols: ['DEMO_EURUSD'],
      timeframes: ['H1', 'H4'],
      days_history: [60, 120],
      horizons: [3, 12],
      hyperparameters: {},
    });
    await close(engine);
    expect(summary).toMatchObject({ completed: count });
    const checkpoints = listCheckpoints(join(workspace, 'checkpoints', 'training_pipeline'));
    // Models of champions are as large as they are: of linear ones a few hundred bytes a configuration.
    const models = ({ path }: CheckpointInfo) =>
      [...readCheckpointNow(path).models()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    const each = checkpoints.map((info) => {
      const taken = info.bytes - (kind === 'linear' ? 0 : models(info));
      return Math.round(taken / info.header.statistics.completed);
    });
    expect(Math.max(...each), `bytes of each checkpoint a configuration: ${each}`).toBeLessThan(
      MOST_BYTES_EACH,
    );
    // It does hold them all.
    expect(checkpoints[0]!.header.statistics.completed).toBe(count);
  },
);
