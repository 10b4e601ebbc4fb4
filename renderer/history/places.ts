import type { ChampionDto, RunDetailDto, StrategyResultDto } from '../../engine/contract/dto/index.ts';
import { BEST_EVIDENCE_FIRST } from '../../engine/contract/verdict.ts';
import { bestStrategy } from './strategies.ts';

/** A place that a run holds as champion, with the strategy that won it. */
export interface HeldPlace {
  readonly champion: ChampionDto;
  readonly strategy: StrategyResultDto;
}

/** The places that a run holds now. A strategy that is none of the run's own is left out: it could not be shown. */
export function heldPlaces(
  { uuid, strategies }: Pick<RunDetailDto, 'uuid' | 'strategies'>,
  champions: readonly ChampionDto[],
): HeldPlace[] {
  return champions.flatMap((champion) => {
    if (champion.runId !== uuid) return [];
    const strategy = strategies.find(({ index }) => index === champion.strategyIndex);
    return strategy === undefined ? [] : [{ champion, strategy }];
  });
}

export interface Shown {
  readonly strategyIndex: number;
  /** The regime that it is looked at alone in; null: all. */
  readonly alone: string | null;
}

/** What the details of a run open with: the strategy that it is champion with, in that regime, else its best in all. */
export function firstShown(run: RunDetailDto, champions: readonly ChampionDto[]): Shown {
  const place = heldPlaces(run, champions)[0];
  if (place !== undefined) return { strategyIndex: place.strategy.index, alone: place.champion.regime };
  return { strategyIndex: bestStrategy(run)?.index ?? 0, alone: null };
}

/** The champions that each run is, by its UUID, the one with the best evidence first. */
export function championsByRun(
  champions: readonly ChampionDto[],
): ReadonlyMap<string, readonly ChampionDto[]> {
  const rank = ({ verdict }: ChampionDto) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  return Map.groupBy(
    champions.toSorted((a, b) => rank(a) - rank(b)),
    ({ runId }) => runId,
  );
}
