import type { EvidenceStage } from '../../engine/contract/api/evidence.ts';
import type { ChampionDto, MarketEvidenceDto } from '../../engine/contract/dto/index.ts';
import { VERDICTS, type Verdict } from '../../engine/contract/verdict.ts';
import { formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';

/** The share of maxima above the mark of luck: champions without an edge lie above it in this share of cases. */
export const LUCK_SHARE = 0.05;

/** What a count of the funnel counts. */
export type Step =
  | { readonly kind: 'runs'; readonly stage: EvidenceStage }
  | { readonly kind: 'champions'; readonly of: ChampionStep };

export type ChampionStep = 'won' | 'above' | 'robust' | 'validated' | `verdict ${Verdict}`;

export interface FunnelColumn {
  readonly key: string;
  readonly title: string;
  readonly about: string;
  readonly step: Step;
}

const RUN_COLUMNS: readonly FunnelColumn[] = [
  {
    key: 'tried',
    title: texts.tried,
    about: texts.modelsThatWereTrained,
    step: { kind: 'runs', stage: 'tried' },
  },
  {
    key: 'eligible',
    title: texts.eligible,
    about: texts.modelsWithStrategyThatTrades,
    step: { kind: 'runs', stage: 'eligible' },
  },
  {
    key: 'positive',
    title: texts.positive,
    about: texts.ofThose,
    step: { kind: 'runs', stage: 'positive' },
  },
];

const champions = (of: ChampionStep, title: string, about: string): FunnelColumn => ({
  key: of,
  title,
  about,
  step: { kind: 'champions', of },
});

export const isAboveLuck = ({ p }: Pick<ChampionDto, 'p'>): boolean => p !== null && p <= LUCK_SHARE;

/** Profitable still at doubled costs, one bar late, without its best trades, and with its neighbors' median. */
export function isRobust({ robustness }: Pick<ChampionDto, 'robustness'>): boolean {
  if (robustness === null) return false;
  const { breakEven, costs, late, withoutBest, neighborMedian } = robustness;
  const doubled = costs.find(({ factor }) => factor === 2);
  const scores = [doubled?.score ?? null, late.score, withoutBest.score, neighborMedian ?? breakEven];
  return scores.every((score, i) => score !== null && (i === 3 ? score >= breakEven : score > breakEven));
}

const TESTS: Readonly<
  Record<Exclude<ChampionStep, `verdict ${Verdict}`>, (champion: ChampionDto) => boolean>
> = {
  won: () => true,
  above: isAboveLuck,
  robust: isRobust,
  validated: ({ outOfSample }) => outOfSample !== null,
};

/** The champions that a count counts. */
export function championsOf(all: readonly ChampionDto[], of: ChampionStep): readonly ChampionDto[] {
  const verdict = VERDICTS.find((one) => of === `verdict ${one}`);
  if (verdict !== undefined) return all.filter((champion) => champion.verdict === verdict);
  return all.filter(TESTS[of as keyof typeof TESTS]);
}

export const ofMarket = (
  all: readonly ChampionDto[],
  { symbol, timeframe }: Pick<MarketEvidenceDto, 'symbol' | 'timeframe'>,
): readonly ChampionDto[] => all.filter((one) => one.symbol === symbol && one.timeframe === timeframe);

/** Columns of the funnel; what nothing is known of, of no champion, has none. */
export function funnelColumns(all: readonly ChampionDto[]): readonly FunnelColumn[] {
  return [
    ...RUN_COLUMNS,
    champions('won', common.champions, texts.bestOfEachRegime),
    champions('above', texts.aboveLuck, texts.championsThatBestOfEverything),
    ...(all.some(({ robustness }) => robustness !== null)
      ? [champions('robust', texts.robust, texts.championsThatStillEarn)]
      : []),
    ...(all.some(({ outOfSample }) => outOfSample !== null)
      ? [champions('validated', texts.validated, texts.championsThatWereTrainedAgain)]
      : []),
  ];
}

/** `Luck alone would put about 2 of 40 champions above its mark; 7 are.` */
export function luckSentence(all: readonly ChampionDto[]): string {
  const known = all.filter(({ p }) => p !== null);
  if (all.length === 0) return texts.thereAreNoChampionsYet;
  if (known.length === 0) {
    return texts.whatWasTriedForThese;
  }
  const above = known.filter(isAboveLuck).length;
  const expected = LUCK_SHARE * known.length;
  const by = expected < 1 ? formatTenth(expected) : String(Math.round(expected));
  return texts.luckAloneWouldGiveOf({ by, known: known.length, above });
}

const formatTenth = (value: number) => formatNumber(Math.max(0.1, value), 1);

/** How many champions have each verdict, those that there are. */
export function verdictCounts(
  all: readonly ChampionDto[],
): { readonly verdict: Verdict; readonly count: number }[] {
  return VERDICTS.map((verdict) => ({
    verdict,
    count: championsOf(all, `verdict ${verdict}`).length,
  })).filter(({ count }) => count > 0);
}
