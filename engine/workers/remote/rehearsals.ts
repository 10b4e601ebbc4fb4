import { createResolver } from '../../binding/resolver.ts';
import { readDefaults } from '../../config/files.ts';
import { loadConfig } from '../../config/load.ts';
import { parseGridSpec } from '../../contract/grid.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import { defaultIndicatorTimeframes } from '../../features/timeframes.ts';
import { DEMO_GRID } from '../../grid/demo-grid.ts';
import { type Candles, candlesWithin, sliceCandles } from '../../market/candles.ts';
import { demoMarket } from '../../market/demo-market.ts';
import { candleDigest, toShared } from '../../market/series/candle-file.ts';
import { type SeriesRef, seriesRef } from '../../market/series/candle-source.ts';
import { resampleSeries } from '../../market/series/loaded-series.ts';
import type { BindingLibrary } from '../../store/candle-library.ts';
import type { Rehearsal } from '../rehearse.ts';

const DAY_START = 'new_york';
/** Hourly bars: what the windows of the default configuration take before `DAYS_HISTORY`, and their warm-up. */
const BARS = 5000;
const DAYS_HISTORY = 60;
const HORIZON = 3;

/**
 * One cell of each model type of the demo's grid on each of its timeframes, on the synthetic market, by the default configuration. What threads of a worker
 * compile for them is what they run for hosts: a second of it each, and the first grid of four threads, one of five seconds, takes a tenth less of the processor.
 */
export function rehearsals(): Rehearsal[] {
  const spec = parseGridSpec(DEMO_GRID);
  const market = demoMarket()[0]!;
  const hourly = toShared(sliceCandles(market, market.length - BARS, market.length));
  const library = libraryOf(hourly);
  const resolver = createResolver(library, loadConfig(readDefaults()));
  const asOf = hourly.time.at(-1)!;
  const seen = ({ timeframe, view = {} }: SeriesRef) =>
    candlesWithin(library.load(hourly.symbol, timeframe)!.candles, view);
  return spec.timeframes.map((timeframe) => {
    const cells = spec.model_types.map((modelType) =>
      resolver.resolve(
        {
          modelType,
          encoder: spec.encoders[0]!,
          symbol: hourly.symbol,
          timeframe,
          daysHistory: DAYS_HISTORY,
          horizon: HORIZON,
          target: 'return',
          indicatorTimeframes: defaultIndicatorTimeframes(timeframe),
          hyperparameters: {},
        },
        asOf,
      ),
    );
    const context = resolver.contextSpec(cells[0]!);
    const { series, higher } = context;
    return {
      context: { spec: context, candles: seen(series), higher: higher.map(seen) },
      cells: cells.map(({ configuration, windows, configHash, trainingKey }, index) => ({
        index,
        configuration,
        training: windows.training,
        configHash,
        trainingKey,
      })),
    };
  });
}

/** The hourly bars, and what is resampled from them. */
function libraryOf(hourly: Candles): BindingLibrary {
  const base = { timeframe: hourly.timeframe, digest: candleDigest(hourly), dayStart: DAY_START } as const;
  const known = new Map([[hourly.timeframe, { candles: hourly, digest: base.digest }]]);
  function load(_symbol: string, timeframe: Timeframe) {
    const series = known.get(timeframe) ?? resampleSeries(hourly, timeframe, DAY_START);
    known.set(timeframe, series);
    return series;
  }
  return {
    load,
    refer(symbol, timeframe) {
      const series = seriesRef(load(symbol, timeframe).candles);
      return { series: timeframe === hourly.timeframe ? series : { ...series, base }, synthetic: true };
    },
    list: () => [],
    find: () => undefined,
    session: () => 'currency-week',
    dayStart: () => DAY_START,
  };
}
