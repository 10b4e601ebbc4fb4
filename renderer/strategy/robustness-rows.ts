import type { NeighborDto, OtherSymbolDto, RobustnessDto } from '../../engine/contract/dto/index.ts';
import { formatCount } from '../ui/index.ts';
import { texts } from './texts.ts';

/** A test of a champion, as a bar beside its own score. */
export interface RobustnessRow {
  readonly label: string;
  /** Quieter, below the label. */
  readonly note: string | null;
  /** Null: not defined. */
  readonly score: number | null;
  /** Scores that most of what was tried lies between, where it is many. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

const AXES: Readonly<Record<NeighborDto['axis'], string>> = {
  predictionMethod: 'prediction',
  ensembleMethod: 'ensemble',
  lookbackWindow: 'lookback',
  confidenceThreshold: texts.confidenceThreshold,
};

/** Its own score first, then each test of it. */
export function robustnessRows(tested: RobustnessDto): RobustnessRow[] {
  const { own, neighbors, neighborMedian, neighborRatio, costs, late, withoutBest, random } = tested;
  const row = (label: string, score: number | null, note: string | null = null): RobustnessRow => ({
    label,
    note,
    score,
    band: null,
  });
  const scores = neighbors.flatMap(({ score }) => score ?? []);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const part = (share: number) => random.quantiles.find((one) => one.part === share)?.score ?? null;
  const [least, median, most] = [part(0.05), part(0.5), part(0.95)];
  return [
    row(texts.asChosen, own.score, texts.countOfTrades({ trades: own.trades })),
    {
      ...row(
        texts.neighborsMedian,
        neighborMedian,
        neighborRatio === null
          ? texts.countOfStrategies({ strategies: neighbors.length })
          : texts.neighborRatioPercentOfIt({
              neighborRatio: formatCount(Math.round(100 * neighborRatio)),
              strategies: neighbors.length,
            }),
      ),
      band: scores.length < 2 ? null : { low, high },
    },
    ...costs.map(({ factor, score }) => row(texts.costsFactor({ factor }), score)),
    row(texts.entriesOneBarLate, late.score, texts.countOfTrades({ trades: late.trades })),
    row(
      texts.withoutBestPercent({ part: formatCount(100 * withoutBest.part) }),
      withoutBest.score,
      texts.countOfTrades({ trades: withoutBest.trades }),
    ),
    {
      ...row(texts.randomEntriesMedian, median, texts.setBandHoldsNine({ sets: random.sets })),
      band: least === null || most === null ? null : { low: least, high: most },
    },
  ];
}

export function symbolRows(symbols: readonly OtherSymbolDto[]): RobustnessRow[] {
  return symbols
    .filter(({ missing }) => missing === null)
    .map(({ symbol, score, trades }) => ({
      label: symbol,
      note: texts.countOfTrades({ trades }),
      score,
      band: null,
    }));
}

/** `lookback 50: 0.81`, the weakest first. */
export function neighborTexts(
  { neighbors }: RobustnessDto,
  format: (score: number | null) => string,
): string[] {
  return neighbors
    .toSorted((a, b) => (a.score ?? Number.NEGATIVE_INFINITY) - (b.score ?? Number.NEGATIVE_INFINITY))
    .map(({ axis, value, score }) => `${AXES[axis]} ${String(value).replaceAll('_', ' ')}: ${format(score)}`);
}

export interface Scale {
  /** Position of a score from the left, as a percentage of the width. */
  at(score: number): number;
}

/** All rows on one axis, break-even and everything drawn included. */
export function scaleOf(rows: readonly RobustnessRow[], breakEven: number): Scale {
  const values = [
    breakEven,
    ...rows.flatMap(({ score, band }) => [
      ...(score === null ? [] : [score]),
      ...(band === null ? [] : [band.low, band.high]),
    ]),
  ];
  const low = Math.min(...values);
  const width = Math.max(...values) - low || 1;
  return { at: (score) => (100 * (score - low)) / width };
}
