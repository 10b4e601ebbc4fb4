import type { Timeframe } from '../contract/timeframe.ts';
import type { Store } from './database.ts';
import { keepRunGroups } from './run-groups.ts';

/** What makes a strategy eligible, as configured. */
export interface Bar {
  readonly minTrades: number;
  readonly leastScore: number;
}

/** How far a run came in some regime: it trades often enough, and there its score is above the least one, too. */
export type JudgedStage = 'eligible' | 'positive';

/** Runs of a market that came so far. */
export type JudgedCounts = Readonly<Record<JudgedStage, number>> & {
  readonly symbol: string;
  readonly timeframe: Timeframe;
};

const JUDGES = "decision IN ('champion', 'rejected')";
const STAGES: Readonly<Record<JudgedStage, string>> = {
  eligible: 'trades >= @minTrades',
  positive: 'trades >= @minTrades AND new_score > @leastScore',
};

/** By market, how many runs came so far for the first time by the decisions with ids [from, to). */
export function newlyJudged(store: Store, bar: Bar, from: number, to: number): JudgedCounts[] {
  const isIn = ([stage, condition]: [string, string]) => `max(iif(${condition}, 1, 0)) AS ${stage}`;
  const isNew = ([stage, condition]: [string, string]) =>
    `sum(${stage} AND NOT EXISTS (
       SELECT 1 FROM audit INDEXED BY audit_by_run
       WHERE audit.run_id = piece.run_id AND audit.id < @from AND ${JUDGES} AND ${condition})) AS ${stage}`;
  const stages = Object.entries(STAGES);
  // Of a run the index has market and model: its row lies with all of its results.
  return store
    .prepare(
      `SELECT symbol, timeframe, ${stages.map(isNew).join(', ')} FROM (
         SELECT run_id, ${stages.map(isIn).join(', ')} FROM audit
         WHERE id >= @from AND id < @to AND ${JUDGES} GROUP BY run_id) AS piece
       CROSS JOIN runs INDEXED BY runs_by_id ON runs.id = piece.run_id GROUP BY symbol, timeframe`,
    )
    .all({ ...bar, from, to }) as JudgedCounts[];
}

/** Runs of a market that came so far, newest first. */
export function judgedRuns(
  store: Store,
  bar: Bar,
  {
    stage,
    ...of
  }: {
    readonly symbol: string;
    readonly timeframe: Timeframe;
    readonly stage: JudgedStage;
    readonly limit: number;
    readonly offset: number;
  },
): number[] {
  return store
    .prepare(
      `SELECT id FROM runs INDEXED BY runs_by_id WHERE symbol = @symbol AND timeframe = @timeframe AND EXISTS (
         SELECT 1 FROM audit INDEXED BY audit_by_run WHERE run_id = runs.id AND ${JUDGES} AND ${STAGES[stage]})
       ORDER BY id DESC LIMIT @limit OFFSET @offset`,
    )
    .pluck()
    .all({
      minTrades: bar.minTrades,
      ...(stage === 'positive' && { leastScore: bar.leastScore }),
      ...of,
    }) as number[];
}

export interface TrainedMarket {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly runs: number;
  readonly strategies: number;
}

/** Markets in which models were trained. */
export function trainedMarkets(store: Store): TrainedMarket[] {
  keepRunGroups(store);
  return store
    .prepare(
      `SELECT symbol, timeframe, sum(runs) AS runs, sum(strategies) AS strategies FROM temp.run_groups
       WHERE status = 'completed' AND runs > 0 GROUP BY symbol, timeframe ORDER BY symbol, timeframe`,
    )
    .all() as TrainedMarket[];
}
