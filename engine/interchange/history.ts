import { configurationOf } from '../cells/columns.ts';
import { AXIS_LIST, type Configuration } from '../contract/configuration.ts';
import type { MarksDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type CsvDialect, csvLine } from '../files/csv.ts';
import type { Reader } from '../store/database.ts';
import { type ListedRun, listedRuns } from '../store/run-search.ts';
import { bestStrategies, championRegimes } from '../store/runs.ts';
import type { StrategiesTable } from '../store/schema.ts';
import type { RunVerdict } from '../views/champions.ts';
import { runMarks } from '../views/run.ts';
import type { Cell, Column } from './columns.ts';
import { parquetTable } from './parquet/write-table.ts';

/** A run with what is known of it elsewhere. */
interface HistoryRow extends Omit<ListedRun, 'configuration'> {
  readonly configuration: Configuration;
  readonly bestRegimes: readonly string[];
  /** Best strategy over all bars; undefined for a failed run. */
  readonly best: StrategiesTable | undefined;
  /** Of its place as champion with the best evidence; undefined where it has none. */
  readonly verdict: RunVerdict | undefined;
  readonly marks?: MarksDto;
}

const INTEGER_AXES: readonly string[] = ['days_history', 'horizon'];

/** A column for each axis; what is no plain value as JSON. */
const CONFIGURATION = AXIS_LIST.map(
  ({ key, name }): Column<HistoryRow> => [
    name,
    ({ configuration }) => plain(configuration[key]),
    INTEGER_AXES.includes(name) ? 'integer' : 'text',
  ],
);

function plain(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

const FIGURES = Object.values(RUN_FIGURES).map(
  ({ name }): Column<HistoryRow> => [name, ({ best }) => best?.[name] ?? null],
);

/** Columns of the exported history: name, and value of a run. */
const COLUMNS: readonly Column<HistoryRow>[] = [
  ['id', (run) => run.id, 'integer'],
  ['uuid', (run) => run.uuid, 'text'],
  ...CONFIGURATION,
  ['synthetic', (run) => yesNo(run.synthetic), 'flag'],
  ['status', (run) => run.status, 'text'],
  ['kept', (run) => yesNo(run.kept), 'flag'],
  ['best_regimes', ({ bestRegimes }) => bestRegimes.join(' '), 'text'],
  ['verdict', ({ verdict }) => verdict?.verdict ?? null, 'text'],
  ['p', ({ verdict }) => verdict?.p ?? null],
  ['out_of_sample_sharpe', ({ verdict }) => verdict?.outOfSample?.sharpe ?? null],
  ['standard_error', ({ verdict }) => verdict?.outOfSample?.sharpeError ?? null],
  ['sharpe', (run) => run.best_sharpe],
  ...FIGURES,
  // The stake figures' name for the win rate.
  ['hit_rate', ({ best }) => best?.win_rate ?? null],
  ['kelly_error', ({ best }) => best?.kelly_error ?? null],
  ['rmse', (run) => run.rmse],
  ['mae', (run) => run.mae],
  ['r2', (run) => run.r2],
  ['rank_ic', (run) => run.rank_ic],
  ['train_rows', (run) => run.train_rows, 'integer'],
  ['strategies_tested', (run) => run.strategies_tested, 'integer'],
  ['artifact_file', (run) => run.artifact_file, 'text'],
  ['artifact_bytes', (run) => run.artifact_bytes, 'integer'],
  [
    'error',
    (run) => (run.error === null ? null : storedJson<ErrorDto>(run.error, 'the error of a run').message),
    'text',
  ],
  ['created_at', (run) => new Date(run.created_at).toISOString(), 'time'],
  ['seconds', (run) => run.seconds],
  ['attempt', (run) => run.attempt, 'integer'],
  ['config_hash', (run) => run.config_hash, 'text'],
  ['run_key', (run) => run.run_key, 'text'],
  ['favorite', ({ marks }) => yesNo(marks?.favorite ? 1 : 0), 'flag'],
  ['tags', ({ marks }) => marks?.tags.join(' ') ?? '', 'text'],
  ['note', ({ marks }) => marks?.note ?? '', 'text'],
];

const PIECE_RUNS = 200;

/**
 * The CSV of these runs, piece by piece, so that neither memory nor the host's thread has to hold all of it. `verdicts`: of the runs
 * that are champions, by their numbers.
 */
export function* historyCsv(
  store: Reader,
  ids: readonly number[],
  verdicts: ReadonlyMap<number, RunVerdict>,
  dialect?: CsvDialect,
): Generator<string> {
  yield csvLine(
    COLUMNS.map(([name]) => name),
    dialect,
  );
  for (const rows of historyRows(store, ids, verdicts)) {
    const line = (row: HistoryRow) =>
      csvLine(
        COLUMNS.map(([, cell]) => cell(row)),
        dialect,
      );
    yield rows.map(line).join('');
  }
}

/**
 * The same as a Parquet file, whose columns have to be at hand before the first is written; between pieces it yields nothing.
 * @returns the file
 */
export function* historyParquet(
  store: Reader,
  ids: readonly number[],
  verdicts: ReadonlyMap<number, RunVerdict>,
): Generator<undefined, Uint8Array> {
  const columns = COLUMNS.map(([name, cell, kind = 'number']) => ({
    name,
    cell,
    kind,
    values: [] as Cell[],
  }));
  for (const rows of historyRows(store, ids, verdicts)) {
    for (const { cell, values } of columns) for (const row of rows) values.push(cell(row));
    yield;
  }
  return parquetTable(columns);
}

function* historyRows(
  store: Reader,
  ids: readonly number[],
  verdicts: ReadonlyMap<number, RunVerdict>,
): Generator<HistoryRow[]> {
  for (let at = 0; at < ids.length; at += PIECE_RUNS) {
    const piece = ids.slice(at, at + PIECE_RUNS);
    const regimes = championRegimes(store, piece);
    const best = bestStrategies(store, piece);
    const rows = listedRuns(store, piece);
    const marks = runMarks(store, rows);
    yield rows.map((run) => ({
      ...run,
      configuration: configurationOf(run),
      bestRegimes: regimes.get(run.id) ?? [],
      best: best.get(run.id),
      verdict: verdicts.get(run.id),
      ...marks(run),
    }));
  }
}

function yesNo(flag: number): string {
  return flag === 1 ? 'yes' : 'no';
}
