import { EngineError } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { INDICATORS, type IndicatorName } from '../contract/words.ts';

/** The timeframes each indicator is computed on; one that is absent is not used. */
export type IndicatorTimeframes = Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>>;

/** One indicator on one timeframe. */
export interface IndicatorSource {
  readonly indicator: IndicatorName;
  readonly timeframe: Timeframe;
}

/** Indicators that say something new on a longer timeframe: trend, momentum and volatility. */
const HIGHER_BY_DEFAULT: ReadonlySet<IndicatorName> = new Set([
  'ema',
  'macd',
  'adx',
  'rsi',
  'stochastic',
  'atr',
  'bollinger',
]);

/** A useful step up is at least this many times as long. */
const STEP_UP = 4;
/** A week is a step up only where it is asked for: a window of history has few of them. */
const LONGEST_BY_DEFAULT = timeframeMs('D1');

/**
 * Every indicator on `base`, and trend, momentum and volatility also on the shortest timeframe at least four times as
 * long (M15 -> H1, H1 -> H4, H4 -> D1); there is none above D1.
 */
export function defaultIndicatorTimeframes(base: Timeframe): IndicatorTimeframes {
  const higher = TIMEFRAMES.find((timeframe) => {
    const length = timeframeMs(timeframe);
    return length >= STEP_UP * timeframeMs(base) && length <= LONGEST_BY_DEFAULT;
  });
  const timeframesOf = (indicator: IndicatorName): readonly Timeframe[] =>
    higher !== undefined && HIGHER_BY_DEFAULT.has(indicator) ? [base, higher] : [base];
  return Object.fromEntries(INDICATORS.map((indicator) => [indicator, timeframesOf(indicator)]));
}

/**
 * What `indicatorTimeframes` asks for, in the one order features have whatever the order it was written in: timeframes
 * from short to long, on each the indicators as INDICATORS lists them, nothing twice.
 *
 * @throws EngineError `config-invalid` for an unknown indicator or a timeframe below `base`.
 */
export function listSources(indicatorTimeframes: IndicatorTimeframes, base: Timeframe): IndicatorSource[] {
  for (const [name, timeframes] of Object.entries(indicatorTimeframes)) {
    if (!INDICATORS.some((indicator) => indicator === name)) {
      throw new EngineError(
        'config-invalid',
        `indicator_timeframes: indicator "${name}" is not known.${didYouMean(name, INDICATORS)}`,
      );
    }
    const lower = timeframes.find((timeframe) => timeframeMs(timeframe) < timeframeMs(base));
    if (lower !== undefined) {
      throw new EngineError(
        'config-invalid',
        `indicator_timeframes.${name}: ${lower} is shorter than the ${base} bars the features are for. ` +
          `Use ${base} or a longer timeframe.`,
      );
    }
  }
  return TIMEFRAMES.flatMap((timeframe) =>
    INDICATORS.filter((indicator) => indicatorTimeframes[indicator]?.includes(timeframe)).map(
      (indicator) => ({
        indicator,
        timeframe,
      }),
    ),
  );
}
