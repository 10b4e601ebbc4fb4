import type { ChampionDto, RegimeDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import { formatDay, titleOf } from '../ui/format.ts';
import { hasMark } from '../ui/marks-text.ts';
import { texts } from './texts.ts';

/** Which champions are looked at; null is all. */
export interface Scope {
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  /** As `MarkSelect` has it. */
  readonly mark?: string | null;
}

export interface RegimeRow {
  /** Unique. */
  readonly key: string;
  readonly regime: string;
  readonly title: string;
  /** Why nothing is labeled with it any more: switched off, or deleted; undefined for a regime in use. */
  readonly retired: 'inactive' | 'deleted' | undefined;
  readonly champion: ChampionDto | null;
}

/**
 * All regimes in their order, each with its champions of the scope (best first, those that stand aside last) or as one row without any; then regimes
 * that exist no longer, but have champions.
 */
export function regimeRows(
  regimes: readonly RegimeDto[],
  champions: readonly ChampionDto[],
  scope: Scope,
): RegimeRow[] {
  const inScope = champions.filter((champion) => isInScope(champion, scope));
  const known = regimes.map(({ name, title, active }) => ({
    name,
    title,
    retired: active ? undefined : ('inactive' as const),
  }));
  const names = new Set(known.map(({ name }) => name));
  const deleted = [...new Set(inScope.map(({ regime }) => regime))]
    .filter((name) => !names.has(name))
    .map((name) => ({ name, title: titleOf(name), retired: 'deleted' as const }));

  return [...known, ...deleted].flatMap(({ name, title, retired }): RegimeRow[] => {
    const own = inScope
      .filter(({ regime }) => regime === name)
      // A score that is not of today says nothing beside those that are.
      .sort(
        (a, b) =>
          Number(a.stale !== null) - Number(b.stale !== null) ||
          (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity),
      );
    if (own.length === 0) return [{ key: name, regime: name, title, retired, champion: null }];
    return own.map((champion) => ({ key: championKey(champion), regime: name, title, retired, champion }));
  });
}

/** Names of the regimes in use, in their order. */
export function activeNames(rows: readonly RegimeRow[]): string[] {
  return [...new Set(rows.filter(({ retired }) => retired === undefined).map(({ regime }) => regime))];
}

/** Tells champions apart: a run can be champion of several regimes, also of one in several scopes. */
export function championKey({ regime, symbol, timeframe, runId, strategy }: ChampionDto): string {
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return [
    regime,
    symbol,
    timeframe,
    runId,
    predictionMethod,
    ensembleMethod,
    confidenceThreshold,
    lookbackWindow,
  ].join(' ');
}

function isInScope({ symbol, timeframe, marks }: ChampionDto, scope: Scope): boolean {
  const isThere = (scope.symbol ?? symbol) === symbol && (scope.timeframe ?? timeframe) === timeframe;
  return isThere && hasMark(marks, scope.mark ?? null);
}

/** Symbols and timeframes that have data or champions, in order. */
export function scopeOptions(
  series: readonly SeriesDto[],
  champions: readonly ChampionDto[],
  timeframes: readonly Timeframe[],
): { readonly symbols: readonly string[]; readonly timeframes: readonly Timeframe[] } {
  const all = [...series, ...champions];
  const used = new Set(all.map(({ timeframe }) => timeframe));
  return {
    symbols: [...new Set(all.map(({ symbol }) => symbol))].sort(),
    timeframes: timeframes.filter((timeframe) => used.has(timeframe)),
  };
}

/** `Random forest EURUSD H1`; `modelTitle` as `useModelTitle` gives it. */
export function championLabel(
  { modelType, symbol, timeframe }: ChampionDto,
  modelTitle: (modelType: string) => string,
): string {
  return `${modelTitle(modelType)} ${symbol} ${timeframe}`;
}

/** Whether a champion's figures are those that it was chosen with, in two words; null where they are. */
export function standingWord({ stale, outdated, scoredAgain }: ChampionDto): string | null {
  if (stale !== null) return null;
  if (outdated !== null) return texts.toBeScoredAgain;
  return scoredAgain === null ? null : texts.scoredAgain;
}

/** The same in a sentence. */
export function standingText({ stale, outdated, scoredAgain }: ChampionDto): string | null {
  if (stale !== null) return null;
  if (outdated !== null) {
    return texts.sinceTheseFiguresWereComputed({ outdated });
  }
  if (scoredAgain === null) return null;
  const date = formatDay(scoredAgain);
  return texts.scoredAgainWithData({ date });
}
