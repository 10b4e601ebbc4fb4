import type { EvidenceStage } from '../contract/api/evidence.ts';
import type { EvidenceDto, HistoryPageDto } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { ofAllDecisions } from '../store/all-decisions.ts';
import type { Store } from '../store/database.ts';
import { type Bar, type JudgedStage, judgedRuns, newlyJudged, trainedMarkets } from '../store/evidence.ts';
import { searchRuns } from '../store/run-search.ts';
import { runDtos } from './run.ts';

type Counts = Record<JudgedStage, number>;

const marketKey = ({ symbol, timeframe }: { readonly symbol: string; readonly timeframe: string }) =>
  `${symbol} ${timeframe}`;

/** By market, how many runs came so far in some regime. */
function judgedByMarket(store: Store, bar: Bar): Promise<ReadonlyMap<string, Counts>> {
  return ofAllDecisions(
    store,
    `evidence ${bar.minTrades} ${bar.leastScore}`,
    () => new Map<string, Counts>(),
    (markets, from, to) => {
      for (const found of newlyJudged(store, bar, from, to)) {
        const market = markets.get(marketKey(found)) ?? { eligible: 0, positive: 0 };
        market.eligible += found.eligible;
        market.positive += found.positive;
        markets.set(marketKey(found), market);
      }
    },
  );
}

/** What was tried in each market, and how far it came. */
export async function evidenceDto(store: Store, bar: Bar): Promise<EvidenceDto> {
  const judged = await judgedByMarket(store, bar);
  return {
    markets: trainedMarkets(store).map(({ symbol, timeframe, runs, strategies }) => {
      const { eligible = 0, positive = 0 } = judged.get(marketKey({ symbol, timeframe })) ?? {};
      return { symbol, timeframe, tried: runs, strategies, eligible, positive };
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
  store: Store,
  bar: Bar,
  { symbol, timeframe, stage, limit, offset }: Wanted,
): Promise<HistoryPageDto> {
  if (stage === 'tried') {
    const filter = { symbol, timeframe, status: 'completed' } as const;
    const { ids, total } = searchRuns(store, filter, { sort: 'id', descending: true }, limit, offset);
    return { runs: runDtos(store, ids), total };
  }
  const judged = await judgedByMarket(store, bar);
  const ids = judgedRuns(store, bar, { symbol, timeframe, stage, limit, offset });
  return { runs: runDtos(store, ids), total: judged.get(marketKey({ symbol, timeframe }))?.[stage] ?? 0 };
}
