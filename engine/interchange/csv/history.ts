import { configurationOf } from '../../cells/columns.ts';
import { AXIS_LIST, type Configuration } from '../../contract/configuration.ts';
import type { ErrorDto } from '../../contract/errors.ts';
import { RUN_FIGURES } from '../../contract/run-figures.ts';
import { storedJson } from '../../contract/stored-json.ts';
import { type CsvDialect, csvLine } from '../../files/csv.ts';
import type { Reader } from '../../store/database.ts';
import { type ListedRun, listedRuns } from '../../store/run-search.ts';
import { bestStrategies, championRegimes } from '../../store/runs.ts';
import type { StrategiesTable } from '../../store/schema.ts';
import type { RunVerdict } from '../../views/champions.ts';

type Cell = string | number | null;

type ExportedRun = Omit<ListedRun, 'configuration'> & { readonly configuration: Configuration };

/** A column for each axis; what is no plain value as JSON. */
const CONFIGURATION = AXIS_LIST.map(
  ({ key, name }) => [name, ({ configuration }: ExportedRun) => plain(configuration[key])] as const,
);

function plain(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

interface Extras {
  readonly bestRegimes: readonly string[];
  /** Best strategy over all bars; undefined for a failed run. */
  readonly best: StrategiesTable | undefined;
  /** Of its place as champion with the best evidence; undefined where it has none. */
  readonly verdict: RunVerdict | undefined;
}

type Column = readonly [string, (run: ExportedRun, extras: Extras) => Cell];

const FIGURES = Object.values(RUN_FIGURES).map(
  ({ name }): Column => [name, (_, { best }) => best?.[name] ?? null],
);

/** Columns of the exported history: name, and value of a run. */
const COLUMNS: readonly Column[] = [
  ['id', (run) => run.id],
  ['uuid', (run) => run.uuid],
  ...CONFIGURATION,
  ['synthetic', (run) => yesNo(run.synthetic)],
  ['status', (run) => run.status],
  ['kept', (run) => yesNo(run.kept)],
  ['best_regimes', (_, { bestRegimes }) => bestRegimes.join(' ')],
  ['verdict', (_, { verdict }) => verdict?.verdict ?? null],
  ['p', (_, { verdict }) => verdict?.p ?? null],
  ['out_of_sample_sharpe', (_, { verdict }) => verdict?.outOfSample?.sharpe ?? null],
  ['standard_error', (_, { verdict }) => verdict?.outOfSample?.sharpeError ?? null],
  ['sharpe', (run) => run.best_sharpe],
  ...FIGURES,
  // The stake figures' name for the win rate.
  ['hit_rate', (_, { best }) => best?.win_rate ?? null],
  ['kelly_error', (_, { best }) => best?.kelly_error ?? null],
  ['rmse', (run) => run.rmse],
  ['mae', (run) => run.mae],
  ['r2', (run) => run.r2],
  ['rank_ic', (run) => run.rank_ic],
  ['train_rows', (run) => run.train_rows],
  ['strategies_tested', (run) => run.strategies_tested],
  ['artifact_file', (run) => run.artifact_file],
  ['artifact_bytes', (run) => run.artifact_bytes],
  [
    'error',
    (run) => (run.error === null ? null : storedJson<ErrorDto>(run.error, 'the error of a run').message),
  ],
  ['created_at', (run) => new Date(run.created_at).toISOString()],
  ['seconds', (run) => run.seconds],
  ['attempt', (run) => run.attempt],
  ['config_hash', (run) => run.config_hash],
  ['run_key', (run) => run.run_key],
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
  for (let at = 0; at < ids.length; at += PIECE_RUNS) {
    const piece = ids.slice(at, at + PIECE_RUNS);
    const regimes = championRegimes(store, piece);
    const best = bestStrategies(store, piece);
    yield listedRuns(store, piece)
      .map((row) => {
        const run = { ...row, configuration: configurationOf(row) };
        const extras = {
          bestRegimes: regimes.get(run.id) ?? [],
          best: best.get(run.id),
          verdict: verdicts.get(run.id),
        };
        return csvLine(
          COLUMNS.map(([, cell]) => cell(run, extras)),
          dialect,
        );
      })
      .join('');
  }
}

function yesNo(flag: number): string {
  return flag === 1 ? 'yes' : 'no';
}
