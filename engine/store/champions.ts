import { CONFIGURATION_COLUMNS, configurationOf } from '../cells/columns.ts';
import { shortConfiguration } from '../cells/describe.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { expectedBestSharpe, type Tries } from '../statistics/luck.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { AuditTable, ChampionsTable } from './schema.ts';
import { readTries } from './tries.ts';

export function insertChampion(store: Store, row: ChampionsTable): void {
  store.run(sqlBuilder.insertInto('champions').values(row));
}

export function removeChampion(
  store: Store,
  scope: { symbol: string; timeframe: string; regime: string; runId: number },
): void {
  store.run(
    sqlBuilder
      .deleteFrom('champions')
      .where('symbol', '=', scope.symbol)
      .where('timeframe', '=', scope.timeframe)
      .where('regime', '=', scope.regime)
      .where('run_id', '=', scope.runId),
  );
}

export function allChampions(store: Reader): ChampionsTable[] {
  return store.all(
    sqlBuilder
      .selectFrom('champions')
      .selectAll()
      .orderBy('symbol')
      .orderBy('timeframe')
      .orderBy('regime')
      .orderBy('score', 'desc'),
  );
}

/** Champions with what a client shows of their run and strategy. */
export function championDtos(store: Reader): ChampionDto[] {
  const rows = store.all(
    sqlBuilder
      .selectFrom('champions as c')
      .innerJoin('runs as r', 'r.id', 'c.run_id')
      .leftJoin('configurations as f', 'f.config_hash', 'r.config_hash')
      .innerJoin('strategies as s', (join) =>
        join.onRef('s.run_id', '=', 'c.run_id').onRef('s.strategy_index', '=', 'c.strategy_index'),
      )
      .select([
        ...CONFIGURATION_COLUMNS.map((name) => `r.${name}` as const),
        'f.configuration',
        'c.symbol as scope_symbol',
        'c.timeframe as scope_timeframe',
        'c.regime',
        'r.uuid',
        's.prediction_method',
        's.ensemble_method',
        's.confidence_threshold',
        's.lookback_window',
        'c.score',
        'c.sharpe',
        'c.max_drawdown',
        'c.win_rate',
        'c.profit_factor',
        'c.total_return',
        'c.trades',
        'c.holdout_sharpe',
        'c.holdout_max_drawdown',
        'c.holdout_win_rate',
        'c.holdout_trades',
        'c.achieved_at',
        'r.synthetic',
      ])
      .orderBy('c.symbol')
      .orderBy('c.timeframe')
      .orderBy('c.regime')
      .orderBy('c.score', 'desc'),
  );
  const triesIn = readTries(store);
  return rows.map((row) => ({
    ...shortConfiguration(configurationOf(row)),
    regime: row.regime,
    runId: row.uuid,
    strategy: {
      predictionMethod: row.prediction_method,
      ensembleMethod: row.ensemble_method,
      confidenceThreshold: row.confidence_threshold,
      lookbackWindow: row.lookback_window,
    },
    sharpe: row.sharpe,
    maxDrawdown: row.max_drawdown,
    winRate: row.win_rate,
    trades: row.trades,
    profitFactor: row.profit_factor,
    totalReturn: row.total_return,
    achievedAt: new Date(row.achieved_at).toISOString(),
    holdout: {
      sharpe: row.holdout_sharpe,
      maxDrawdown: row.holdout_max_drawdown,
      winRate: row.holdout_win_rate,
      trades: row.holdout_trades,
    },
    luck: luckOf(triesIn({ symbol: row.scope_symbol, timeframe: row.scope_timeframe, regime: row.regime })),
    synthetic: row.synthetic === 1,
  }));
}

function luckOf(tries: Tries): ChampionDto['luck'] {
  const sharpe = expectedBestSharpe(tries);
  return sharpe === null ? null : { sharpe, tries: tries.count };
}

export function insertAudit(store: Store, row: Omit<AuditTable, 'id'>): void {
  store.insert('audit', row);
}

/** The decisions on a run, and those by which another run took its place, oldest first. */
export function auditOfRun(store: Reader, runId: number): Omit<AuditTable, 'id'>[] {
  const audit = () => sqlBuilder.selectFrom('audit').selectAll();
  return store.all(
    audit()
      .where('run_id', '=', runId)
      .unionAll(audit().where('old_run_id', '=', runId).where('decision', '=', 'champion'))
      .orderBy('id'),
  );
}
