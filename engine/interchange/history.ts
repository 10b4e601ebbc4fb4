import { configurationOf } from '../cells/columns.ts';
import { AXIS_LIST, type Configuration } from '../contract/configuration.ts';
import type { MarksDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { historyFileColumns } from '../contract/history-columns.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type CsvDialect, csvLine } from '../files/csv.ts';
import type { Reader } from '../store/database.ts';
import { jobsOfRuns } from '../store/run-jobs.ts';
import { type ListedRun, listedRuns } from '../store/run-search.ts';
import { bestStrategies, championRegimes } from '../store/runs.ts';
import type { StrategiesTable } from '../store/schema.ts';
import type { RunVerdict } from '../views/champions.ts';
import { runMarks } from '../views/run.ts';
import { type Cell, type Column, columnsIn, jsonCell } from './columns.ts';
import { parquetTable } from './parquet/write-table.ts';

/** A run with what is known of it elsewhere. */
interface HistoryRow extends Omit<ListedRun, 'configuration'> {
  readonly configuration: Configuration;
  readonly bestRegimes: readonly string[];
  /** Best strategy over all bars; undefined for a failed run. */
  readonly best: StrategiesTable | undefined;
  readonly job: { readonly queueId: number; readonly name: string } | undefined;
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
  ['job', ({ job }) => job?.queueId ?? null, 'integer'],
  ['job_name', ({ job }) => job?.name ?? null, 'text'],
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

/** What is written of which runs. */
export interface HistoryTable {
  readonly columns: readonly Column<HistoryRow>[];
  rows(): Generator<HistoryRow[]>;
}

/**
 * These runs in their order. `verdicts`: of those that are champions, by their numbers; `keys`: of the columns that are written, all by
 * default. `zone`: whose clock times of the table are on.
 */
export function historyTable(
  store: Reader,
  ids: readonly number[],
  verdicts: ReadonlyMap<number, RunVerdict>,
  keys?: readonly string[],
  zone?: string,
): HistoryTable {
  const byName = new Map(COLUMNS.map((column) => [column[0], column]));
  const columns = keys === undefined ? COLUMNS : historyFileColumns(keys).map((name) => byName.get(name)!);
  return {
    columns: columnsIn(columns, zone),
    rows: () => historyRows(store, ids, verdicts),
  };
}

/** The CSV, piece by piece, so that neither memory nor the host's thread has to hold all of it. */
export function* historyCsv({ columns, rows }: HistoryTable, dialect?: CsvDialect): Generator<string> {
  yield csvLine(
    columns.map(([name]) => name),
    dialect,
  );
  for (const piece of rows()) {
    const line = (row: HistoryRow) =>
      csvLine(
        columns.map(([, cell]) => cell(row)),
        dialect,
      );
    yield piece.map(line).join('');
  }
}

/** The same as a list of objects, one a line. */
export function* historyJson({ columns, rows }: HistoryTable): Generator<string> {
  let before = '[\n';
  for (const piece of rows()) {
    const line = (row: HistoryRow) =>
      JSON.stringify(
        Object.fromEntries(columns.map(([name, cell, kind]) => [name, jsonCell(cell(row), kind)])),
      );
    yield before + piece.map(line).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/**
 * The same as a Parquet file, whose columns have to be at hand before the first is written; between pieces it yields nothing.
 * @returns the file
 */
export function* historyParquet(table: HistoryTable): Generator<undefined, Uint8Array> {
  const columns = table.columns.map(([name, cell, kind = 'number']) => ({
    name,
    cell,
    kind,
    values: [] as Cell[],
  }));
  for (const piece of table.rows()) {
    for (const { cell, values } of columns) for (const row of piece) values.push(cell(row));
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
    const jobs = jobsOfRuns(store, piece);
    const rows = listedRuns(store, piece);
    const marks = runMarks(store, rows);
    yield rows.map((run) => ({
      ...run,
      configuration: configurationOf(run),
      bestRegimes: regimes.get(run.id) ?? [],
      best: best.get(run.id),
      job: jobs.get(run.id),
      verdict: verdicts.get(run.id),
      ...marks(run),
    }));
  }
}

function yesNo(flag: number): string {
  return flag === 1 ? 'yes' : 'no';
}
