import type { FeatureWindowDto } from '../contract/dto/index.ts';
import type { TableFormat } from '../contract/table-format.ts';
import type { FeatureMatrix } from '../features/matrix.ts';
import { createAtomicFile, USER_MODE } from '../files/atomic-write.ts';
import { csvLine } from '../files/csv.ts';
import { createContext, windowRows } from '../pipeline/context.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { rowsWithin, settledRows, type TimeRange } from '../pipeline/windows.ts';
import { parquetTable, type TableColumn } from './parquet/write-table.ts';

export interface FeaturesJob {
  /** What the run was trained and evaluated on. */
  readonly context: LoadedContext;
  readonly training: TimeRange;
  /** Bars that a label reaches over. */
  readonly horizon: number;
  /** What models learn: a label per model of it. */
  readonly target: string;
  /** Whether the rows of the holdout are written, too. */
  readonly holdout: boolean;
  /** Path of the file, which is replaced if it exists. */
  readonly file: string;
  readonly format: Exclude<TableFormat, 'json'>;
}

export interface WrittenFeatures {
  /** In training order, as the columns are. */
  readonly features: readonly string[];
  /** Names of their columns. */
  readonly labels: readonly string[];
  readonly windows: readonly FeatureWindowDto[];
  readonly bytes: number;
}

/** Rows of one window, and where its labels end: from there on they would reach into the next one. */
interface WindowRows {
  readonly window: FeatureWindowDto['window'];
  readonly from: number;
  readonly to: number;
  readonly labelEnd: number;
}

/** Columns in front of the features. */
const LEADING_COLUMNS = ['time', 'window'];

/** A piece of text of a few hundred kilobytes, however many rows there are. */
const PIECE_ROWS = 256;

/**
 * Writes the feature matrix that a run trains on as CSV or Parquet: a row per bar of its training and selection windows, and of its holdout if
 * asked for; opening time (UTC), window, a label for each model of its target, then the features. Numbers have the shortest text that reads
 * back as the same float64. A label that reaches into the next window, or is not known, is empty. In Parquet times are timestamps and numbers float64.
 * @throws EngineError as `createAtomicFile`; on failure nothing stays of the file
 */
export function writeFeatures(job: FeaturesJob): WrittenFeatures {
  const context = createContext(job.context);
  const { candles, features } = context;
  const { sides } = context.target(job.target, job.horizon);
  const labels = sides.map(
    ({ side, labels: values }): LabelColumn => ({
      name: side === 'both' ? 'label' : `label_${side}`,
      values,
    }),
  );
  const { matrix } = features;
  const training = rowsWithin(candles, job.training);
  const { from: selectionFrom, to: selectionTo } = windowRows(context, 'selection');
  const { from: holdoutFrom, to: holdoutTo } = windowRows(context, 'holdout');
  const ranges = [
    // A series that is too short for its indicators to settle before the window has rows without features.
    { window: 'training', from: Math.max(training.from, matrix.firstValid), to: training.to } as const,
    { window: 'selection', from: selectionFrom, to: selectionTo } as const,
    ...(job.holdout ? [{ window: 'holdout', from: holdoutFrom, to: holdoutTo } as const] : []),
  ].map((range): WindowRows => ({ ...range, labelEnd: settledRows(range, job.horizon).to }));

  const target = createAtomicFile(job.file, USER_MODE);
  let bytes = 0;
  try {
    const pieces =
      job.format === 'parquet'
        ? [featuresParquet(matrix, candles.time, labels, ranges)]
        : featuresCsv(matrix, candles.time, labels, ranges);
    for (const piece of pieces) {
      const written = Buffer.from(piece);
      target.write(written);
      bytes += written.length;
    }
    target.commit();
  } finally {
    target.abort();
  }
  return {
    features: matrix.names,
    labels: labels.map(({ name }) => name),
    windows: ranges.map(({ window, from, to, labelEnd }) => ({
      window,
      rows: to - from,
      labeled: labelEnd - from,
    })),
    bytes,
  };
}

interface LabelColumn {
  readonly name: string;
  readonly values: Float64Array;
}

function known(label: number, isSettled: boolean): number | null {
  return isSettled && !Number.isNaN(label) ? label : null;
}

function* featuresCsv(
  { names, columns }: FeatureMatrix,
  time: Float64Array,
  labels: readonly LabelColumn[],
  ranges: readonly WindowRows[],
): Generator<string> {
  yield csvLine([...LEADING_COLUMNS, ...labels.map(({ name }) => name), ...names]);
  for (const { window, from, to, labelEnd } of ranges) {
    for (let start = from; start < to; start += PIECE_ROWS) {
      const lines: string[] = [];
      for (let row = start; row < Math.min(to, start + PIECE_ROWS); row++) {
        const learned = labels.map((label) => known(label.values[row]!, row < labelEnd));
        const values = columns.map((column) => column[row]!);
        lines.push(csvLine([new Date(time[row]!).toISOString(), window, ...learned, ...values]));
      }
      yield lines.join('');
    }
  }
}

/** The same columns, each at once. */
function featuresParquet(
  { names, columns }: FeatureMatrix,
  time: Float64Array,
  labels: readonly LabelColumn[],
  ranges: readonly WindowRows[],
): Uint8Array {
  const each = <T>(of: (row: number, range: WindowRows) => T): T[] =>
    ranges.flatMap((range) =>
      Array.from({ length: range.to - range.from }, (_, i) => of(range.from + i, range)),
    );
  return parquetTable([
    { name: 'time', kind: 'time', values: each((row) => new Date(time[row]!).toISOString()) },
    { name: 'window', kind: 'text', values: each((_, { window }) => window) },
    ...labels.map(
      ({ name, values }): TableColumn => ({
        name,
        kind: 'number',
        values: each((row, { labelEnd }) => known(values[row]!, row < labelEnd)),
      }),
    ),
    ...names.map(
      (name, f): TableColumn => ({
        name,
        kind: 'number',
        values: Float64Array.from(each((row) => columns[f]![row]!)),
      }),
    ),
  ]);
}
