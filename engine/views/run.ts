import { configurationOf } from '../cells/columns.ts';
import type { RunDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Reader } from '../store/database.ts';
import { marksOf } from '../store/marks.ts';
import { jobsOfRuns } from '../store/run-jobs.ts';
import { type ListedRun, listedRuns } from '../store/run-search.ts';
import { bestStrategies, championRegimes } from '../store/runs.ts';
import type { StrategiesTable } from '../store/schema.ts';
import { stakeOf } from './figures.ts';

/** What a list shows of a run beside its own row. */
export interface RunExtras {
  /** Regimes it is champion of now. */
  readonly bestRegimes: readonly string[];
  /** Its best strategy over all bars; undefined for a failed run. */
  readonly best: StrategiesTable | undefined;
  readonly job: RunDto['job'];
}

/** Reads the extras of these runs. */
export function runExtras(store: Reader, ids: readonly number[]): (id: number) => RunExtras {
  const regimes = championRegimes(store, ids);
  const best = bestStrategies(store, ids);
  const jobs = jobsOfRuns(store, ids);
  return (id) => ({ bestRegimes: regimes.get(id) ?? [], best: best.get(id), job: jobs.get(id) ?? null });
}

/** Runs by id, in the order of the ids. */
export function runDtos(store: Reader, ids: readonly number[]): RunDto[] {
  const extras = runExtras(store, ids);
  const rows = listedRuns(store, ids);
  const marks = runMarks(store, rows);
  return rows.map((row) => ({ ...runDto(row, extras(row.id)), ...marks(row) }));
}

/** What each of these runs is given beside its other fields. */
export function runMarks(store: Reader, rows: readonly Pick<ListedRun, 'uuid'>[]) {
  const found = marksOf(
    store,
    'run',
    rows.map(({ uuid }) => uuid),
  );
  return ({ uuid }: Pick<ListedRun, 'uuid'>): Pick<RunDto, 'marks'> => {
    const marks = found.get(uuid);
    return marks === undefined ? {} : { marks };
  };
}

export function runDto(row: ListedRun, { bestRegimes, best, job }: RunExtras): RunDto {
  return {
    id: row.id,
    uuid: row.uuid,
    ...configurationOf(row),
    synthetic: row.synthetic === 1,
    status: row.status,
    kept: row.kept === 1,
    job,
    bestRegimes,
    bestStrategy: best?.strategy_index ?? null,
    sharpe: row.best_sharpe,
    sharpeError: best?.sharpe_error ?? null,
    maxDrawdown: best?.max_drawdown ?? null,
    winRate: best?.win_rate ?? null,
    profitFactor: best?.profit_factor ?? null,
    expectancy: best?.expectancy ?? null,
    totalReturn: best?.total_return ?? null,
    trades: best?.trades ?? null,
    composite: best?.composite ?? null,
    stake: best === undefined ? null : stakeOf(best),
    rmse: row.rmse,
    mae: row.mae,
    r2: row.r2,
    rankIc: row.rank_ic,
    error: row.error === null ? null : storedJson<ErrorDto>(row.error, `the error of run ${row.id}`).message,
    createdAt: new Date(row.created_at).toISOString(),
    seconds: row.seconds,
  };
}
