import { type Store, sqlBuilder } from './database.ts';
import type { AuditTable, ChampionsTable } from './schema.ts';

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

export function allChampions(store: Store): ChampionsTable[] {
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

/** Champions with what the screen shows of their run and strategy. */
export function championsWithRuns(store: Store) {
  return store.all(
    sqlBuilder
      .selectFrom('champions as c')
      .innerJoin('runs as r', 'r.id', 'c.run_id')
      .innerJoin('strategies as s', (join) =>
        join.onRef('s.run_id', '=', 'c.run_id').onRef('s.strategy_index', '=', 'c.strategy_index'),
      )
      .select([
        'r.symbol',
        'r.timeframe',
        'c.regime',
        'r.uuid',
        'r.model_type',
        'r.horizon',
        'r.days_history',
        'r.encoder',
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
}

export function insertAudit(store: Store, row: Omit<AuditTable, 'id'>): void {
  store.run(sqlBuilder.insertInto('audit').values(row));
}
