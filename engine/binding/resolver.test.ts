import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWorkspaceConfig } from '../config/files.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { type Candles, candlesWithin, sliceCandles } from '../market/candles.ts';
import { candleDigest } from '../market/series/candle-file.ts';
import { seriesRef } from '../market/series/candle-source.ts';
import { resample } from '../market/series/resample.ts';
import { viewDigest } from '../market/series/view-digest.ts';
import { emptyCandles, randomCandles } from '../market/testing/random-candles.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { seriesRow } from '../store/testing/series-row.ts';
import { createResolver, type ResolvedCell } from './resolver.ts';

const CONFIG = readWorkspaceConfig(join(tmpdir(), 'no-such-workspace'));
/** Three years of it, up to the middle of a week. */
const HOURLY = (() => {
  const candles = randomCandles(20_000, 'H1', 1);
  return sliceCandles(candles, 0, candles.time.indexOf(Date.UTC(2022, 11, 14, 12)));
})();
const WEEK_CLOSE = '2022-12-09T22:00:00.000Z';

/** A library of stored series; what is between is resampled from the first. */
function libraryOf(hourly: Candles, ...others: Candles[]): CandleLibrary {
  const unused = () => {
    throw new Error('a resolver only loads and refers');
  };
  const stored = [hourly, ...others];
  const candlesOf = (symbol: string, timeframe: Timeframe) => {
    if (symbol !== 'EURUSD' || timeframe === 'M15') return undefined;
    return stored.find((series) => series.timeframe === timeframe) ?? resample(hourly, timeframe, 'new_york');
  };
  return {
    folder: '',
    list: () => stored.map(seriesRow),
    refer(symbol, timeframe) {
      const candles = candlesOf(symbol, timeframe);
      if (candles === undefined) return undefined;
      const base = {
        timeframe: hourly.timeframe,
        digest: candleDigest(hourly),
        dayStart: 'new_york' as const,
      };
      const series = stored.includes(candles) ? seriesRef(candles) : { ...seriesRef(candles), base };
      return { series, synthetic: false };
    },
    load(symbol, timeframe) {
      const candles = candlesOf(symbol, timeframe);
      return candles && { candles, digest: candleDigest(candles) };
    },
    session: () => 'currency-week',
    dayStart: () => 'new_york',
    sources: unused,
    candles: unused,
    loadSoon: unused,
    loadFrom: unused,
    find: unused,
    record: unused,
    remove: unused,
    changes: unused,
    undo: unused,
  };
}

/** One for every model type, history and horizon. */
function configurations(changes: object = {}): Configuration[] {
  const spec = parseGridSpec({
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    days_history: [60, 90],
    horizons: [3, 6],
    ...changes,
  });
  const [symbol, timeframe, encoder] = [spec.symbols[0]!, spec.timeframes[0]!, spec.encoders[0]!];
  const indicatorTimeframes = spec.indicator_timeframes ?? defaultIndicatorTimeframes(timeframe);
  const same = { symbol, timeframe, encoder, indicatorTimeframes, hyperparameters: {} };
  return spec.days_history.flatMap((daysHistory) =>
    spec.horizons.flatMap((horizon) =>
      spec.model_types.map((modelType) => ({ ...same, modelType, daysHistory, horizon, target: 'return' })),
    ),
  );
}

function resolveFirst(library: CandleLibrary, config = CONFIG, changes: object = {}): ResolvedCell {
  const [configuration] = configurations(changes);
  if (configuration === undefined) throw new Error('the grid is empty');
  return createResolver(library, config).resolve(configuration);
}

const changed = (change: (config: Config) => void): Config => {
  const config = structuredClone(CONFIG) as Config;
  change(config);
  return config;
};
const asOf = (rule: string) => changed((c) => Object.assign(c.evaluation, { as_of: rule }));

/** The same candles with another close of the bar that opens then. */
function corrected(candles: Candles, iso: string): Candles {
  const close = candles.close.slice();
  const row = candles.time.indexOf(Date.parse(iso));
  expect(row).toBeGreaterThanOrEqual(0);
  close[row]! += 0.0001;
  return { ...candles, close };
}

function upTo(candles: Candles, iso: string): Candles {
  const end = Date.parse(iso);
  return sliceCandles(
    candles,
    0,
    candles.time.findIndex((time) => time + timeframeMs(candles.timeframe) > end),
  );
}

describe('a cell', () => {
  const resolver = createResolver(libraryOf(HOURLY), CONFIG);

  it('has a run key of its own, and one context with those of one feature matrix', () => {
    const cells = configurations().map((c) => resolver.resolve(c));
    expect(new Set(cells.map((c) => c.runKey)).size).toBe(8);
    expect(new Set(cells.map((c) => c.trainingKey)).size).toBe(8);
    expect(new Set(cells.map((c) => c.contextKey)).size).toBe(1);
    const others = [
      { timeframes: 'H4' },
      { encoders: 'absolute' },
      { days_history: 300 },
      { indicator_timeframes: { rsi: 'H1' } },
    ].flatMap((changes) =>
      configurations(changes)
        .slice(0, 1)
        .map((c) => resolver.resolve(c).contextKey),
    );
    expect(new Set([cells[0]?.contextKey, ...others]).size).toBe(5);
  });

  it('sees its candles from 1 January to the close of a week, on all timeframes, and no more', () => {
    const [configuration] = configurations({ indicator_timeframes: { rsi: ['H1', 'H4'], sma: 'D1' } });
    const cell = resolver.resolve(configuration!);
    expect(cell.basis.as_of).toBe(WEEK_CLOSE);
    const spec = resolver.contextSpec(cell);
    const base = { timeframe: 'H1', digest: candleDigest(HOURLY) };
    expect(spec.series).toMatchObject({ symbol: 'EURUSD', ...base });
    expect(spec.higher).toMatchObject(
      (['H4', 'D1'] as const).map((timeframe) => ({
        symbol: 'EURUSD',
        timeframe,
        digest: candleDigest(resample(HOURLY, timeframe, 'new_york')),
        base,
      })),
    );
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    for (const { timeframe, view } of [spec.series, ...spec.higher]) {
      const candles = candlesWithin(libraryOf(HOURLY).load('EURUSD', timeframe)!.candles, view!);
      const opens = Array.from(candles.time, (time) => new Date(time).toISOString());
      // Of a day that began before the view only what opens later.
      const firsts: Partial<Record<Timeframe, string>> = {
        H1: '2021-01-01T00',
        H4: '2021-01-01T02',
        D1: '2021-01-03T22',
      };
      expect(opens[0]?.slice(0, 13)).toBe(firsts[timeframe]);
      const closed = candles.time.at(-1)! + timeframeMs(timeframe);
      expect(closed).toBeLessThanOrEqual(Date.parse(WEEK_CLOSE));
      if (timeframe !== 'H1') continue;
      expect(closed).toBe(Date.parse(WEEK_CLOSE));
      expect(spec.dataDigest).toBe(viewDigest(candles));
      expect(cell.basis.candles).toEqual({
        digest: spec.dataDigest,
        first: '2021-01-01T00:00:00.000Z',
        bars: candles.length,
        source: 'H1',
      });
    }
    expect(cell.basis.higher_timeframes.D1).toMatchObject({ source: 'H1' });
  });

  it('with a date of its own is bound to that, whatever the configuration file says', () => {
    const [configuration] = configurations();
    const dated = resolver.resolve(configuration!, Date.parse('2022-10-07T21:00:00Z'));
    expect(dated.basis.as_of).toBe('2022-10-07T21:00:00.000Z');
    expect(dated.windows.evaluation.windows.at(-1)?.to).toBe(Date.parse('2022-10-07T21:00:00Z'));
    expect(dated.runKey).toBe(resolveFirst(libraryOf(HOURLY), asOf('2022-10-07')).runKey);
    expect(resolver.contextSpec(dated).series.view?.to).toBe(Date.parse('2022-10-07T21:00:00Z'));
    expect(resolver.resolve(configuration!, null).basis.as_of).toBe(WEEK_CLOSE);
  });

  it('sees short data from where it begins', () => {
    const short = sliceCandles(HOURLY, HOURLY.length - 3000, HOURLY.length);
    const cell = resolveFirst(libraryOf(short));
    expect(cell.basis.candles.first).toBe(new Date(short.time[0] ?? 0).toISOString());
  });

  it('is refused without candles, by name', () => {
    const [configuration] = configurations({ symbols: 'GBPUSD' });
    expect(() => resolver.resolve(configuration as Configuration)).toThrow(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining('GBPUSD for H1') }),
    );
  });
});

it('a context is another one with anything that it is made of', () => {
  const contextOf = (...args: Parameters<typeof resolveFirst>) => resolveFirst(...args).contextKey;
  const higher = resample(HOURLY, 'H4', 'new_york');
  const library = libraryOf(HOURLY, higher);
  const contexts = [
    contextOf(library),
    contextOf(libraryOf(corrected(HOURLY, '2022-03-01T10:00Z'), higher)),
    contextOf(libraryOf(HOURLY, corrected(higher, '2022-02-01T10:00Z'))),
    contextOf(library, asOf('day')),
    contextOf(
      library,
      changed((c) => Object.assign(c.evaluation, { holdout_days: 29, selection_days: 91 })),
    ),
    contextOf(
      library,
      changed((c) => Object.assign(c.training, { seed: 1 })),
    ),
    contextOf(
      library,
      changed((c) => Object.assign(c.costs.symbols.EURUSD ?? {}, { spread_pips: 1.1 })),
    ),
    contextOf(
      library,
      changed((c) => Object.assign(c.inference_grid, { lookback_windows: [50] })),
    ),
    contextOf(
      library,
      changed((c) => Object.assign(c.regimes.definitions[0] ?? {}, { active: false })),
    ),
  ];
  expect(new Set(contexts).size).toBe(contexts.length);
});

describe('a run key', () => {
  const keyOf = (...args: Parameters<typeof resolveFirst>) => resolveFirst(...args).runKey;
  const key = keyOf(libraryOf(HOURLY));

  it('changes with everything that can change a result', () => {
    const library = libraryOf(HOURLY);
    const keys = [
      key,
      keyOf(libraryOf(randomCandles(19_000, 'H1', 2))),
      keyOf(library, asOf('day')),
      keyOf(
        library,
        changed((c) => Object.assign(c.evaluation, { holdout_days: 31 })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.evaluation, { selection_days: 91 })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.training, { seed: 1 })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.training, { members: 4 })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.costs.symbols.EURUSD ?? {}, { spread_pips: 1.1 })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.inference_grid, { lookback_windows: [50] })),
      ),
      keyOf(
        library,
        changed((c) => Object.assign(c.regimes.definitions[0] ?? {}, { active: false })),
      ),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not change with what only decides who is kept, or how fast it goes', () => {
    const other = changed((c) => {
      Object.assign(c.queue, { threads: 7 });
      Object.assign(c.evaluation, { min_trades_per_regime: 3, score: 'sortino' });
      Object.assign(c.model_management, { keep_top_n_per_regime: 5 });
      Object.assign(c.costs.symbols.GBPUSD ?? {}, { spread_pips: 9 });
    });
    expect(keyOf(libraryOf(HOURLY), other)).toBe(key);
  });

  it('stays through the bars of a week, and is another one with the bar that closes the next', () => {
    const whole = randomCandles(20_000, 'H1', 1);
    for (const end of ['2022-12-09T22:00Z', '2022-12-11T23:00Z', '2022-12-13T05:00Z', '2022-12-16T21:00Z']) {
      expect(keyOf(libraryOf(upTo(whole, end))), end).toBe(key);
    }
    expect(resolveFirst(libraryOf(upTo(whole, '2022-12-09T21:00Z'))).basis.as_of).toBe(
      '2022-12-02T22:00:00.000Z',
    );
    const next = resolveFirst(libraryOf(upTo(whole, '2022-12-16T22:00Z')));
    expect(next.basis.as_of).toBe('2022-12-16T22:00:00.000Z');
    expect(next.runKey).not.toBe(key);
    // A year on, the windows of that week are still those of that week.
    expect(keyOf(libraryOf(whole), asOf('2022-12-09'))).toBe(key);
  });

  it('sees a corrected bar in view, on any timeframe, and none outside', () => {
    for (const bar of ['2021-01-01T00:00Z', '2022-02-01T10:00Z', '2022-12-09T21:00Z']) {
      expect(keyOf(libraryOf(corrected(HOURLY, bar))), bar).not.toBe(key);
    }
    for (const bar of ['2020-12-31T23:00Z', '2022-12-11T22:00Z', '2022-12-14T11:00Z']) {
      expect(keyOf(libraryOf(corrected(HOURLY, bar))), bar).toBe(key);
    }
    const higher = resample(HOURLY, 'H4', 'new_york');
    expect(keyOf(libraryOf(HOURLY, higher))).toBe(key);
    expect(keyOf(libraryOf(HOURLY, corrected(higher, '2022-02-01T10:00Z')))).not.toBe(key);
    expect(keyOf(libraryOf(HOURLY, corrected(higher, '2020-12-30T10:00Z')))).toBe(key);
  });

  it('does not change with earlier candles than the view begins with', () => {
    expect(keyOf(libraryOf(sliceCandles(HOURLY, 1000, HOURLY.length)))).toBe(key);
  });

  it('counts back from the same time on all timeframes of a symbol', () => {
    // Newer than the hourly series, which it has no part in.
    const daily = randomCandles(800, 'D1', 3, Date.UTC(2020, 0, 6));
    const library = libraryOf(HOURLY, daily);
    const newest = new Date((daily.time.at(-1) ?? 0) + 86_400_000).toISOString();
    const [hourly, four] = ['H1', 'H4'].map((timeframes) =>
      resolveFirst(library, asOf('bar'), { timeframes, indicator_timeframes: { rsi: timeframes } }),
    );
    expect(hourly?.basis.as_of).toBe(newest);
    expect(four?.basis.as_of).toBe(newest);
    expect(four?.basis.windows).toEqual(hourly?.basis.windows);
  });

  it('of a market that never closes follows weeks that end on Monday', () => {
    const length = 24 * 7 * 60;
    const always = emptyCandles(length, 'H1');
    const walk = randomCandles(length, 'H1', 5);
    for (const column of ['open', 'high', 'low', 'close', 'volume', 'spread'] as const) {
      always[column].set(walk[column]);
    }
    always.time.forEach((_, i) => {
      always.time[i] = Date.UTC(2024, 0, 1) + i * 3_600_000;
    });
    const asOfWith = (bars: number) => resolveFirst(libraryOf(sliceCandles(always, 0, bars))).basis.as_of;
    expect(asOfWith(length)).toBe(new Date(Date.UTC(2024, 0, 1) + length * 3_600_000).toISOString());
    expect(asOfWith(length - 1)).toBe(
      new Date(Date.UTC(2024, 0, 1) + (length - 168) * 3_600_000).toISOString(),
    );
  });
});
