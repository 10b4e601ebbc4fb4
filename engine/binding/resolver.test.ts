import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWorkspaceConfig } from '../config/files.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { createGrid } from '../grid/grid.ts';
import { candleDigest } from '../market/candle-file.ts';
import { seriesRef } from '../market/candle-source.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/fixtures.ts';
import { resample } from '../market/resample.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { createResolver } from './resolver.ts';

const CONFIG = readWorkspaceConfig(join(tmpdir(), 'no-such-workspace'));
const HOURLY = randomCandles(2000, 'H1', 1);

function libraryOf(hourly: Candles): CandleLibrary {
  const unused = () => {
    throw new Error('a resolver only refers');
  };
  return {
    folder: '',
    refer(symbol, timeframe) {
      if (symbol !== 'EURUSD' || timeframe === 'M15') return undefined;
      const own = seriesRef(hourly);
      if (timeframe === 'H1') return { series: own, synthetic: false };
      const base = { timeframe: own.timeframe, digest: own.digest };
      return { series: { ...seriesRef(resample(hourly, timeframe)), base }, synthetic: false };
    },
    load(symbol, timeframe) {
      if (symbol !== 'EURUSD' || timeframe === 'M15') return undefined;
      const candles = timeframe === 'H1' ? hourly : resample(hourly, timeframe);
      return { candles, digest: candleDigest(candles) };
    },
    loadSoon: unused,
    candles: unused,
    list: unused,
    find: unused,
    record: unused,
    remove: unused,
  };
}

function configurations(changes: object = {}): Configuration[] {
  const spec = {
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    days_history: [60, 90],
    horizons: [3, 6],
    ...changes,
  };
  return [...createGrid(parseGridSpec(spec)).cells()];
}

const keyOf = (config: Config, hourly = HOURLY, changes: object = {}) =>
  createResolver(libraryOf(hourly), config).resolve(configurations(changes)[0]!).runKey;

describe('createResolver', () => {
  const resolver = createResolver(libraryOf(HOURLY), CONFIG);

  it('gives every configuration a run key of its own, and one context to those of one feature matrix', () => {
    const cells = configurations().map((c) => resolver.resolve(c));
    expect(new Set(cells.map((c) => c.runKey)).size).toBe(8);
    expect(new Set(cells.map((c) => c.contextKey)).size).toBe(1);
    const others = [
      { timeframes: 'H4' },
      { encoders: 'absolute' },
      { days_history: 300 },
      { indicator_timeframes: { rsi: 'H1' } },
    ].map((changes) => resolver.resolve(configurations(changes)[0]!).contextKey);
    expect(new Set([cells[0]!.contextKey, ...others]).size).toBe(5);
  });

  it('names a worker the candles of every timeframe the indicators use, and where they come from', () => {
    const cell = configurations({ indicator_timeframes: { rsi: ['H1', 'D1'], sma: 'H4' } })[0]!;
    const spec = resolver.contextSpec(resolver.resolve(cell));
    const base = { timeframe: 'H1', digest: candleDigest(HOURLY) };
    expect(spec.series).toMatchObject({ symbol: 'EURUSD', ...base });
    expect(spec.higher).toEqual(
      (['H4', 'D1'] as const).map((timeframe) => ({
        symbol: 'EURUSD',
        timeframe,
        digest: candleDigest(resample(HOURLY, timeframe)),
        base,
        view: { to: spec.series.view?.to },
      })),
    );
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  it('names what is missing', () => {
    const cell = configurations({ symbols: 'GBPUSD' })[0]!;
    expect(() => resolver.resolve(cell)).toThrow(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining('GBPUSD for H1') }),
    );
  });
});

describe('a run key', () => {
  const changed = (change: (config: Config) => void): Config => {
    const config = structuredClone(CONFIG) as Config;
    change(config);
    return config;
  };

  it('changes with everything that can change a result', () => {
    const keys = [
      keyOf(CONFIG),
      keyOf(CONFIG, randomCandles(2000, 'H1', 2)),
      keyOf(changed((c) => Object.assign(c.evaluation, { holdout_days: 31 }))),
      keyOf(changed((c) => Object.assign(c.evaluation, { selection_days: 91 }))),
      keyOf(changed((c) => Object.assign(c.training, { seed: 1 }))),
      keyOf(changed((c) => Object.assign(c.training, { members: 4 }))),
      keyOf(changed((c) => Object.assign(c.costs.symbols.EURUSD!, { spread_pips: 1.1 }))),
      keyOf(changed((c) => Object.assign(c.inference_grid, { lookback_windows: [50] }))),
      keyOf(changed((c) => Object.assign(c.regimes.definitions[0]!, { active: false }))),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not change with what only decides who is kept, or how fast it goes', () => {
    const other = changed((c) => {
      Object.assign(c.queue, { threads: 7 });
      Object.assign(c.evaluation, { min_trades_per_regime: 3, score: 'sortino' });
      Object.assign(c.model_management, { keep_top_n_per_regime: 5 });
      Object.assign(c.costs.symbols.GBPUSD!, { spread_pips: 9 });
    });
    expect(keyOf(other)).toBe(keyOf(CONFIG));
  });

  it('tells apart bars that differ on a higher timeframe only', () => {
    const key = (higher: Candles) => {
      const hourly = libraryOf(HOURLY);
      const refer: CandleLibrary['refer'] = (symbol, timeframe) =>
        timeframe === 'H4'
          ? { series: seriesRef(higher), synthetic: false }
          : hourly.refer(symbol, timeframe);
      return createResolver({ ...hourly, refer }, CONFIG).resolve(configurations()[0]!).runKey;
    };
    expect(key(resample(HOURLY, 'H4'))).toBe(keyOf(CONFIG));
    expect(key(randomCandles(500, 'H4', 9))).not.toBe(keyOf(CONFIG));
  });
});
