import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { digestOf } from '../identity/digest.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { asOf, symbolClock } from './as-of.ts';
import { type Basis, describeParts, iso, type Part, scoreOf, windowsOf } from './basis.ts';
import { configuredCosts, withoutHours } from './costs.ts';
import { createLabels } from './labels.ts';

export interface ScoredPlace {
  readonly basis: Partial<Basis>;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
}

/**
 * Tells of scores, while nobody competes with them, whether they are of today's date, costs, rules and pipeline: what changed,
 * in words, or null. Candles are read only where regime rules changed, to see whether they come to the same; a correction
 * of older candles is left to the comparison itself (`standingOf`).
 */
export function createOutdated(
  library: CandleLibrary,
  config: Config,
  reader: CandleReader,
): (scored: ScoredPlace) => Promise<string | null> {
  const series = library.list();
  const rules = regimesDigest(config.regimes.definitions);
  const labelsIn = createLabels(config.regimes.definitions);

  function today(symbol: string): string | undefined {
    const clock = symbolClock(series, symbol);
    if (clock === undefined) return undefined;
    try {
      return iso(asOf(symbol, clock, config.evaluation.as_of));
    } catch (error) {
      // A date that the candles do not reach is refused where something is to be trained.
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  async function labelsChanged({ basis, symbol, timeframe, regime }: ScoredPlace): Promise<boolean> {
    const { candles, windows, regime_labels: before } = basis;
    if (basis.regimes === rules) return false;
    if (candles === undefined || windows === undefined || before === undefined) return true;
    const now = await library.loadSoon(symbol, timeframe, reader);
    if (now === undefined) return true;
    const { evaluation } = windowsOf({ windows });
    return labelsIn(now.candles, candles, evaluation)[regime] !== before[regime];
  }

  return async (scored) => {
    const { basis, symbol } = scored;
    if (basis.pipeline_version !== PIPELINE_VERSION) return `${describeParts(['pipeline_version'])} changed`;
    const changed: Part[] = [];
    const date = today(symbol);
    if (date !== undefined && basis.as_of !== date) changed.push('as_of');
    const costs = basis.costs === undefined ? null : withoutHours(basis.costs);
    if (digestOf(costs) !== digestOf(configuredCosts(config, symbol))) changed.push('costs');
    if (await labelsChanged(scored)) changed.push('regimes');
    if (basis.score !== scoreOf(config).score) changed.push('score');
    return changed.length === 0 ? null : `${describeParts(changed)} changed`;
  };
}
