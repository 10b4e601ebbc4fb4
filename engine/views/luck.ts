import type { Basis } from '../binding/basis.ts';
import { counted } from '../contract/counted.ts';
import type { LuckDto } from '../contract/dto/index.ts';
import { regimeKey } from '../contract/words.ts';
import { BLOCKS } from '../pipeline/observer.ts';
import type { Scope } from '../selection/champion.ts';
import { overfittingOfBlocks } from '../statistics/backtest-overfitting.ts';
import { familyWiseP, luckOfMaxima, sharpeOfScore } from '../statistics/coin-maxima.ts';
import { deflatedSharpe } from '../statistics/deflated-sharpe.ts';
import { effectiveTries, meanCorrelation } from '../statistics/effective-tries.ts';
import { minimumTrackRecord, type ObservedSharpe } from '../statistics/sharpe-test.ts';
import type { ListedChampion } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { floatsOf, windowTimes } from '../store/luck.ts';
import { type LuckReading, readLuck, type ScopeMaxima } from '../store/luck-reading.ts';
import type { LuckWindowsTable } from '../store/schema.ts';

/** What luck alone makes of a champion, computed from what has been tried by now. */
export interface ChampionLuck {
  readonly p: number | null;
  readonly luck: LuckDto;
}

/** Reads what was tried once, for however many champions. `basis`: what a champion's figures rest on. */
export function luckReader(store: Store): (row: ListedChampion, basis: Partial<Basis>) => ChampionLuck {
  const reading = readLuck(store);
  const known = overfittingOf(store);
  return (row, basis) => {
    const scope: Scope = { symbol: row.scope_symbol, timeframe: row.scope_timeframe, regime: row.regime };
    const ofScope = reading.scope(scope);
    const ofMarket = reading.market(scope);
    const window = windowOf(reading, row, basis);
    const missing = missingText(row, ofScope, window);
    const isComplete = missing === null;
    const p = isComplete ? pOf(ofScope, row.luck_score) : null;
    return {
      p,
      luck: {
        sharpe: isComplete ? luckSharpe(ofScope, window) : null,
        marketP: p === null ? null : pOf(ofMarket, row.luck_score),
        ...(window !== undefined && isComplete ? triesOf(row, window) : NO_TRIES),
        overfitting: window !== undefined && isComplete ? known(reading, window) : null,
        trackRecord: trackRecordOf(row, window),
        missing,
      },
    };
  };
}

/** A champion's score and what it is held against. */
export interface ChampionClaim extends ChampionLuck {
  /** Of its scope; undefined where they are damaged. */
  readonly maxima: Float64Array | undefined;
  readonly score: number | null;
  /** The window that selected. */
  readonly window: LuckWindowsTable | undefined;
}

/** The same with the maxima behind it, for one champion. */
export function claimOf(store: Store, row: ListedChampion, basis: Partial<Basis>): ChampionClaim {
  const reading = readLuck(store);
  const scope: Scope = { symbol: row.scope_symbol, timeframe: row.scope_timeframe, regime: row.regime };
  return {
    ...luckReader(store)(row, basis),
    maxima: reading.scope(scope)?.maxima,
    score: row.luck_score,
    window: windowOf(reading, row, basis),
  };
}

const NO_TRIES = { deflatedSharpe: null, tries: null, effectiveTries: null };

/** The window that selected: times as the basis has them. */
function windowOf(
  reading: LuckReading,
  { symbol, timeframe, regime }: ListedChampion,
  { windows }: Partial<Basis>,
): LuckWindowsTable | undefined {
  // The first release names other windows: nothing of its runs is counted.
  const evaluated = (windows as Partial<Basis['windows']> | undefined)?.evaluated;
  const selection = evaluated?.find(({ name }) => name === 'selection');
  if (selection === undefined) return undefined;
  const times = windowTimes(selection.from, selection.to);
  return reading.window({ symbol, timeframe, regime: regimeKey(regime) }, times);
}

/** Why there are no figures, in whole sentences; null where there are. */
function missingText(
  { luck_score }: ListedChampion,
  scope: ScopeMaxima | undefined,
  window: LuckWindowsTable | undefined,
): string | null {
  if (scope === undefined) return 'What was tried here is damaged: "verify" says what it can be had from.';
  if (scope.uncounted > 0) {
    const runs = counted(scope.uncounted, 'model');
    return `What ${runs} tried here before is not counted: luck would seem smaller than it is. Evaluating kept models again, or training the same configurations again, counts it.`;
  }
  if (luck_score === null || window === undefined) {
    return 'What was tried here was not counted. Evaluating the model again, or training its configuration again, counts it.';
  }
  return null;
}

function pOf(scope: ScopeMaxima | undefined, score: number | null): number | null {
  if (scope === undefined || scope.uncounted > 0 || score === null) return null;
  return familyWiseP(scope.maxima, score);
}

function luckSharpe(scope: ScopeMaxima | undefined, window: LuckWindowsTable | undefined): number | null {
  if (scope === undefined || window === undefined) return null;
  const score = luckOfMaxima(scope.maxima);
  return Number.isFinite(score) ? sharpeOfScore(score, window.bars_per_year, window.bars) : null;
}

/** Per bar, as tests of a Sharpe ratio want it. */
function observed(
  { sharpe, skewness, kurtosis }: ListedChampion,
  { bars_per_year }: LuckWindowsTable,
): ObservedSharpe | undefined {
  if (sharpe === null || skewness === null || kurtosis === null) return undefined;
  return { sharpe: sharpe / Math.sqrt(bars_per_year), skewness, kurtosis };
}

function triesOf(
  row: ListedChampion,
  window: LuckWindowsTable,
): Pick<LuckDto, 'deflatedSharpe' | 'tries' | 'effectiveTries'> {
  const { count, varying, bars, bars_per_year, sharpe_sum, sharpe_squares } = window;
  const correlation = meanCorrelation({ count: varying, sum: floatsOf(window.sums) });
  const tries = effectiveTries(count, correlation);
  const annual = count < 2 ? 0 : Math.max(0, (sharpe_squares - sharpe_sum ** 2 / count) / (count - 1));
  const own = observed(row, window);
  const deflated = own && deflatedSharpe(own, bars, { variance: annual / bars_per_year, tries });
  return { deflatedSharpe: deflated?.probability ?? null, tries: count, effectiveTries: tries };
}

function trackRecordOf(row: ListedChampion, window: LuckWindowsTable | undefined): LuckDto['trackRecord'] {
  const own = window && observed(row, window);
  if (own === undefined) return null;
  const needed = minimumTrackRecord(own, 0);
  return { needed: needed === null ? null : Math.ceil(needed), bars: window!.bars };
}

type Overfitting = LuckDto['overfitting'];

/** By what was tried in a window so far: it takes a few milliseconds. */
const computed = new WeakMap<Store, Map<string, Overfitting>>();

function overfittingOf(store: Store): (reading: LuckReading, window: LuckWindowsTable) => Overfitting {
  let known = computed.get(store);
  if (known === undefined) {
    known = new Map();
    computed.set(store, known);
  }
  const results = known;
  return (reading, window) => {
    const { symbol, timeframe, regime, window: name, count, sampled } = window;
    const place = `${symbol} ${timeframe} ${regime} ${name}`;
    const key = `${place} ${count} ${sampled}`;
    const before = results.get(key);
    if (before !== undefined) return before;
    const now = compute(reading, window);
    for (const old of results.keys()) if (old.startsWith(`${place} `)) results.delete(old);
    results.set(key, now);
    return now;
  };
}

function compute(reading: LuckReading, window: LuckWindowsTable): Overfitting {
  const sample = reading.sample(window);
  const { bars } = window;
  if (sample === undefined || sample.strategies < 2 || bars < 2 * BLOCKS) return null;
  const border = (block: number) => Math.ceil((block * bars) / BLOCKS);
  const lengths = Int32Array.from({ length: BLOCKS }, (_, block) => border(block + 1) - border(block));
  const { pbo, lossOutOfSample } = overfittingOfBlocks({ ...sample, blocks: BLOCKS, lengths });
  return { pbo, lossOutOfSample, strategies: sample.strategies };
}
