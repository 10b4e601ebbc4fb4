import type { LuckBinDto, LuckDistributionDto } from '../contract/dto/index.ts';
import { sharpeOfScore } from '../statistics/coin-maxima.ts';
import type { ChampionClaim } from './luck.ts';

/** Equal bins over all values, as round as they come; none without values. */
export function binsOf(values: readonly number[], count: number): LuckBinDto[] {
  if (values.length === 0) return [];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const width = high > low ? (high - low) / count : 1;
  const counts = new Array<number>(high > low ? count : 1).fill(0);
  for (const value of values) counts[Math.min(counts.length - 1, Math.floor((value - low) / width))]!++;
  return counts.map((n, i) => ({ from: low + i * width, to: low + (i + 1) * width, count: n }));
}

/** What luck alone reached in a champion's scope, in the unit of the champion's Sharpe ratio. */
export function luckDistribution(
  champion: string,
  { maxima, score, window, luck }: ChampionClaim,
  bins: number,
): LuckDistributionDto {
  const inSharpe = (value: number) => sharpeOfScore(value, window!.bars_per_year, window!.bars);
  if (luck.missing !== null || window === undefined || maxima === undefined || score === null) {
    return { champion, bins: [], maxima: 0, luck: null, own: null, atLeast: 0, missing: luck.missing };
  }
  const reached = Array.from(maxima).filter(Number.isFinite);
  return {
    champion,
    bins: binsOf(reached.map(inSharpe), bins),
    maxima: reached.length,
    luck: luck.sharpe,
    own: inSharpe(score),
    atLeast: reached.filter((value) => value >= score).length,
    missing: null,
  };
}
