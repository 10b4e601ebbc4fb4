import { writeFileSync } from 'node:fs';
import type { Handlers } from '../contract/api/index.ts';
import type { RunDto } from '../contract/dto/index.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import { formatCsv } from '../files/csv.ts';
import type { Store } from '../store/database.ts';
import { championRegimes, type RunRow, searchRuns } from '../store/runs.ts';

type HistoryMethod = Extract<keyof Handlers, `history.${string}`>;

export function historyHandlers(store: Store): Pick<Handlers, HistoryMethod> {
  function search(filter: Parameters<typeof searchRuns>[1]): RunDto[] {
    const rows = searchRuns(store, filter);
    const regimes = championRegimes(
      store,
      rows.map((row) => row.id),
    );
    return rows.map((row) => runDto(row, regimes.get(row.id) ?? []));
  }

  return {
    'history.search': search,

    'history.export'({ csv, ...filter }) {
      const runs = search({ ...filter, limit: -1, offset: 0 });
      try {
        writeFileSync(csv, formatCsv(CSV_COLUMNS, runs.map(csvCells)));
      } catch (error) {
        throw new EngineError(
          'file-unreadable',
          `${csv} can't be written: ${(error as Error).message}.`,
          { file: csv },
          error,
        );
      }
      return { file: csv, runs: runs.length };
    },
  };
}

function runDto(row: RunRow, bestRegimes: readonly string[]): RunDto {
  return {
    id: row.id,
    uuid: row.uuid,
    modelType: row.model_type,
    symbol: row.symbol,
    timeframe: row.timeframe,
    daysHistory: row.days_history,
    horizon: row.horizon,
    encoder: row.encoder,
    indicatorTimeframes: JSON.parse(row.indicator_timeframes),
    hyperparameters: JSON.parse(row.hyperparameters),
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

const CSV_COLUMNS = [
  'id',
  'uuid',
  'model_type',
  'symbol',
  'timeframe',
  'days_history',
  'horizon',
  'encoder',
  'indicator_timeframes',
  'hyperparameters',
  'status',
  'kept',
  'best_regimes',
  'sharpe',
  'rmse',
  'mae',
  'r2',
  'rank_ic',
  'error',
  'created_at',
  'seconds',
] as const;

function csvCells(run: RunDto): (string | number | null)[] {
  return [
    run.id,
    run.uuid,
    run.modelType,
    run.symbol,
    run.timeframe,
    run.daysHistory,
    run.horizon,
    run.encoder,
    JSON.stringify(run.indicatorTimeframes),
    JSON.stringify(run.hyperparameters),
    run.status,
    run.kept ? 'yes' : 'no',
    run.bestRegimes.join(' '),
    run.sharpe,
    run.rmse,
    run.mae,
    run.r2,
    run.rankIc,
    run.error,
    run.createdAt,
    run.seconds,
  ];
}
