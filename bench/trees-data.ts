import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildFeatures } from '../engine/features/build.ts';
import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { importFile } from '../engine/market/importing/import.ts';
import { resample } from '../engine/market/series/resample.ts';
import type { TrainingSet } from '../engine/models/model.ts';
import { createPrng } from '../engine/random/prng.ts';
import { returnLabels } from '../engine/targets/return-label.ts';

/** A learning task: the training set, then `testRows` rows that nothing was fitted on. */
export interface Task {
  readonly name: string;
  readonly set: TrainingSet;
  readonly testFrom: number;
  readonly testRows: number;
}

export const SYNTHETIC = 'learnable synthetic';

const TEST_ROWS = 10_000;
const HORIZON = 6;

function task(name: string, columns: Float64Array[], labels: Float64Array, from: number, rows: number): Task {
  const to = from + rows;
  // Copies, so that each task's bins are computed from its own rows.
  const features = {
    names: columns.map((_, f) => `f${f}`),
    columns: columns.map((column) => column.slice(from, to + TEST_ROWS)),
    rows: rows + TEST_ROWS,
    firstValid: 0,
    fitEnd: rows,
  };
  const set = {
    features,
    labels: labels.slice(from, to + TEST_ROWS),
    train: [{ from: 0, to: rows }],
    leftOut: { from: rows, to: rows },
    seed: 1,
  };
  return { name, set, testFrom: rows, testRows: TEST_ROWS };
}

/** Independent normal features, five at least, of which five act on the label; a third of its variance can be explained. */
export function learnableTasks(rows: number, draws: number, features = 40): Task[] {
  return Array.from({ length: draws }, (_, draw) => {
    const prng = createPrng(2024 + draw);
    const total = rows + TEST_ROWS;
    const columns = Array.from({ length: features }, () =>
      Float64Array.from({ length: total }, () => prng.normal()),
    );
    const [a, b, c, d, e] = columns;
    const labels = Float64Array.from({ length: total }, (_, i) => {
      const signal = Math.sin(2 * a![i]!) + 0.5 * b![i]! * c![i]! + (d![i]! > 0 ? 0.5 : -0.5) + 0.3 * e![i]!;
      return 1e-3 * (signal + 1.7 * prng.normal());
    });
    return task(SYNTHETIC, columns, labels, 0, rows);
  });
}

/**
 * EURUSD H1 with normalized features and horizon 6, in windows spread evenly over the file, the newest last; none where
 * there is no market data.
 */
export async function eurusdTasks(rows: number, windows: number): Promise<Task[]> {
  const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../shared/market-data');
  const path = join(folder, 'EURUSD_H1.csv');
  if (!existsSync(path)) return [];
  const { candles } = await importFile(path, { symbol: 'EURUSD', timeframe: 'H1' });
  const { matrix } = buildFeatures({
    candles,
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    higher: new Map([['H4', resample(candles, 'H4', 'new_york')]]),
    fitEnd: candles.length,
  });
  const labels = returnLabels(candles, HORIZON);
  const latest = candles.length - HORIZON - 1 - TEST_ROWS - rows;
  const step = Math.floor((latest - matrix.firstValid) / windows);
  return Array.from({ length: windows }, (_, i) =>
    task('EURUSD H1', [...matrix.columns], labels, latest - (windows - 1 - i) * step, rows),
  );
}
