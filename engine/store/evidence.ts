import type { Timeframe } from '../contract/timeframe.ts';
import type { Reader } from './database.ts';
import { sqlBuilder } from './database.ts';

/** A run that was judged in some regime, as far as some of the audit trail tells. */
export interface JudgedRun {
  readonly id: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** 0 or 1: in some regime it trades often enough, and there its score is above the least one, too. */
  readonly eligible: number;
  readonly positive: number;
}

/** What the audit rows with ids [from, to) say of the runs that they judge. */
export function judgedRuns(
  store: Reader,
  { minTrades, leastScore }: { readonly minTrades: number; readonly leastScore: number },
  from: number,
  to: number,
): JudgedRun[] {
  return store.all(
    sqlBuilder
      .selectFrom('audit as a')
      .innerJoin('runs as r', 'r.id', 'a.run_id')
      .select(({ fn, eb, and }) => [
        'r.id',
        'r.symbol',
        'r.timeframe',
        fn.max(eb.case().when('a.trades', '>=', minTrades).then(1).else(0).end()).as('eligible'),
        fn
          .max(
            eb
              .case()
              .when(and([eb('a.trades', '>=', minTrades), eb('a.new_score', '>', leastScore)]))
              .then(1)
              .else(0)
              .end(),
          )
          .as('positive'),
      ])
      .where('a.id', '>=', from)
      .where('a.id', '<', to)
      .where('a.decision', 'in', ['champion', 'rejected'])
      .groupBy('r.id'),
  );
}

export interface TrainedMarket {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly runs: number;
  readonly strategies: number;
}

/** Markets in which models were trained. */
export function trainedMarkets(store: Reader): TrainedMarket[] {
  return store.all(
    sqlBuilder
      .selectFrom('runs')
      .select(({ fn }) => [
        'symbol',
        'timeframe',
        fn.countAll<number>().as('runs'),
        fn.sum<number>('strategies_tested').as('strategies'),
      ])
      .where('status', '=', 'completed')
      .groupBy(['symbol', 'timeframe'])
      .orderBy('symbol')
      .orderBy('timeframe'),
  );
}
