import { configurationOf } from '../cells/columns.ts';
import type { RunDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { Reader } from '../store/database.ts';
import { type ListedRun, listedRuns } from '../store/run-search.ts';
import { championRegimes } from '../store/runs.ts';

/** Runs by id, in the order of the ids, with the regimes they are champion of now. */
export function runDtos(store: Reader, ids: readonly number[]): RunDto[] {
  const regimes = championRegimes(store, ids);
  return listedRuns(store, ids).map((row) => runDto(row, regimes.get(row.id) ?? []));
}

export function runDto(row: ListedRun, bestRegimes: readonly string[]): RunDto {
  return {
    id: row.id,
    uuid: row.uuid,
    ...configurationOf(row),
    status: row.status,
    kept: row.kept === 1,
    bestRegimes,
    sharpe: row.best_sharpe,
    rmse: row.rmse,
    mae: row.mae,
    r2: row.r2,
    rankIc: row.rank_ic,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorDto).message,
    createdAt: new Date(row.created_at).toISOString(),
    seconds: row.seconds,
  };
}
