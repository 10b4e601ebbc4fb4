import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvidenceStage } from '../contract/api/evidence.ts';
import type { EvidenceDto, HistoryPageDto } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { auditRange } from '../store/audit-scores.ts';
import type { Reader } from '../store/database.ts';
import { judgedRuns, trainedMarkets } from '../store/evidence.ts';
import { matchingRuns } from '../store/run-search.ts';
import { runDtos } from './run.ts';

/** Audit rows looked at in one go: some 15 ms. */
const PIECE_ROWS = 20_000;

/** What makes a strategy eligible, as configured. */
export interface Bar {
  readonly minTrades: number;
  readonly leastScore: number;
}

interface Judged {
  readonly eligible: Set<number>;
  readonly positive: Set<number>;
}

const marketKey = ({ symbol, timeframe }: { readonly symbol: string; readonly timeframe: string }) =>
  `${symbol} ${timeframe}`;

/** By market, the runs that came so far in some regime. */
async function judgedByMarket(store: Reader, bar: Bar): Promise<Map<string, Judged>> {
  const markets = new Map<string, Judged>();
  const { first, last } = auditRange(store);
  for (let from = first; from <= last; from += PIECE_ROWS) {
    for (const run of judgedRuns(store, bar, from, from + PIECE_ROWS)) {
      const key = marketKey(run);
      const market = markets.get(key) ?? { eligible: new Set(), positive: new Set() };
      markets.set(key, market);
      if (run.eligible === 1) market.eligible.add(run.id);
      if (run.positive === 1) market.positive.add(run.id);
    }
    // A long trail is gone through piece by piece: between pieces the host goes on with its other work.
    await nextTurn();
  }
  return markets;
}

/** What was tried in each market, and how far it came. */
export async function evidenceDto(store: Reader, bar: Bar): Promise<EvidenceDto> {
  const judged = await judgedByMarket(store, bar);
  return {
    markets: trainedMarkets(store).map(({ symbol, timeframe, runs, strategies }) => {
      const market = judged.get(marketKey({ symbol, timeframe }));
      return {
        symbol,
        timeframe,
        tried: runs,
        strategies,
        eligible: market?.eligible.size ?? 0,
        positive: market?.positive.size ?? 0,
      };
    }),
  };
}

interface Wanted {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly stage: EvidenceStage;
  readonly limit: number;
  readonly offset: number;
}

/** The runs behind one of these figures, newest first. */
export async function evidenceRuns(
  store: Reader,
  bar: Bar,
  { symbol, timeframe, stage, limit, offset }: Wanted,
): Promise<HistoryPageDto> {
  const tried = matchingRuns(store, { symbol, timeframe, status: 'completed' });
  const judged =
    stage === 'tried' ? undefined : (await judgedByMarket(store, bar)).get(marketKey({ symbol, timeframe }));
  const ids = stage === 'tried' ? tried : tried.filter((id) => judged?.[stage].has(id) ?? false);
  return { runs: runDtos(store, ids.slice(offset, offset + limit)), total: ids.length };
}
