import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { type GridSpecInput, parseGridSpec } from '../contract/grid.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { buildFeatures } from '../features/build.ts';
import { type Candles, candlesWithin } from '../market/candles.ts';
import { resample } from '../market/series/resample.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { cellView } from '../pipeline/view.ts';
import { rowsWithin, windowsBefore } from '../pipeline/windows.ts';
import { createGrid } from './grid.ts';
import { type PreflightData, preflight, type SymbolEnd } from './preflight.ts';

const WINDOWS = { holdoutDays: 10, selectionDays: 30 };
const BASE: GridSpecInput = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [40],
  horizons: [3],
};

function closeOf({ time, length }: Candles): number {
  return time[length - 1]! + 3_600_000;
}

function dataOf(hourly: Candles, asOf = closeOf(hourly), newest = asOf): PreflightData {
  const end: SymbolEnd = { asOf, newest, newestSeries: 'H1' };
  const loaded = new Map<Timeframe, Candles>([['H1', hourly]]);
  return {
    symbols: ['EURUSD', 'GBPUSD'],
    load(symbol, timeframe) {
      if (symbol !== 'EURUSD' || timeframe === 'M15') return undefined;
      const known = loaded.get(timeframe) ?? resample(hourly, timeframe, 'new_york');
      loaded.set(timeframe, known);
      return known;
    },
    costsObstacle: () => undefined,
    windowsEnd: () => end,
    windows: WINDOWS,
    trainingDays: (days) => days,
    members: 3,
  };
}

const DATA = dataOf(randomCandles(4000, 'H1', 4));

function problems(changes: Partial<GridSpecInput>, data = DATA): string[] {
  const grid = createGrid(parseGridSpec({ ...BASE, ...changes }));
  const { problems, tooShort } = preflight(grid, data);
  return [...problems, ...tooShort].map(({ path, message }) => `${path}: ${message}`);
}

describe('preflight', () => {
  it('finds nothing wrong with a grid that can be trained', () => {
    expect(problems({ timeframes: ['H1', 'H4'], indicator_timeframes: { sma: ['H1', 'H4'] } })).toEqual([]);
  });

  it('refuses a market of which nobody says what it costs, once for all of its timeframes', () => {
    const data = { ...DATA, costsObstacle: ({ symbol }: Candles) => `${symbol} costs nobody knows what` };
    expect(problems({ timeframes: ['H1', 'H4'] }, data)).toEqual([
      expect.stringMatching(/^symbols\[0\]: .* costs nobody knows what/),
    ]);
    const grid = createGrid(parseGridSpec(BASE));
    expect(preflight(grid, data).problems[0]!.remedy).toBe('set-costs');
  });

  it('names every symbol and timeframe without candles', () => {
    expect(problems({ symbols: ['EURSUD', 'EURUSD', 'USDJPY'] })).toEqual([
      expect.stringMatching(/^symbols\[0\]: "EURSUD" has no candles .* Did you mean "EURUSD"\?/),
      expect.stringMatching(
        /^symbols\[2\]: "USDJPY" has no candles in this workspace\. It has EURUSD, GBPUSD\./,
      ),
    ]);
    expect(problems({ timeframes: ['M15', 'H1'] })).toEqual([
      expect.stringMatching(/^timeframes\[0\]: EURUSD has no candles for M15: neither/),
    ]);
    expect(problems({ symbols: 'GBPUSD' })).toEqual([expect.stringMatching(/^timeframes\[0\]: GBPUSD/)]);
    const empty = { ...DATA, symbols: [] };
    expect(problems({}, empty)).toEqual([expect.stringMatching(/^symbols\[0\]: .* It has none yet\./)]);
  });

  it('names days that the data can not give, and how many it can', () => {
    const [problem, ...others] = problems({ days_history: [40, 300] });
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^days_history\[1\]: EURUSD H1 can't give 300 days of training: of its \d+ days \(4000 bars, 2020-01-06 to 2020-08-\d\d\), 10 days up to 2020-08-\d\d are holdout/,
    );
    const most = Number(
      /Use at most (?<days>\d+) days, or import candles from before 2020-01-06/.exec(problem!)?.groups?.days,
    );
    expect(most).toBeGreaterThan(40);
    expect(problems({ days_history: most })).toEqual([]);
    expect(problems({ days_history: most + 2 })).toEqual([expect.stringMatching(/^days_history\[0\]/)]);
  });

  it('passes only what has features on every row of its training window', () => {
    const hourly = DATA.load('EURUSD', 'H1')!;
    for (const encoder of ['absolute', 'normalized', 'time_delta'] as const) {
      const [problem] = problems({ days_history: 300, encoders: encoder });
      const most = Number(
        /Use at most (?<days>\d+) days, or import candles from before 2020-01-06/.exec(problem!)?.groups
          ?.days,
      );
      const cell = createGrid(parseGridSpec({ ...BASE, days_history: most, encoders: encoder })).cell(0);
      const { indicatorTimeframes } = cell;
      const { training, evaluation } = windowsBefore(closeOf(hourly), WINDOWS, most);
      const higher = [resample(hourly, 'H4', 'new_york')];
      const view = cellView({
        candles: hourly,
        higher,
        encoder,
        indicatorTimeframes,
        evaluation,
        days: most,
      });
      const candles = candlesWithin(hourly, view);
      const { matrix } = buildFeatures({
        candles,
        encoder,
        indicatorTimeframes,
        higher: new Map(higher.map((series) => [series.timeframe, candlesWithin(series, view)])),
        fitEnd: candles.length,
      });
      expect(rowsWithin(candles, training).from).toBeGreaterThanOrEqual(matrix.firstValid);
    }
  });

  it('names a horizon that does not fit into the selection window', () => {
    expect(problems({ timeframes: 'D1', horizons: [25], indicator_timeframes: { roc: 'D1' } })).toEqual([
      expect.stringMatching(/^horizons\[0\]: 25 bars do not fit into the selection window of EURUSD D1/),
    ]);
  });

  it('names a horizon that leaves members nothing to learn from', () => {
    expect(problems({ days_history: [40], horizons: [3, 400] })).toEqual([
      expect.stringMatching(/^horizons\[1\]: EURUSD H1 with 40 days: The training window is too short/),
    ]);
  });

  it('names a symbol whose data ends within holdout and selection', () => {
    const short = dataOf(randomCandles(500, 'H1', 4));
    expect(problems({}, short)).toEqual([
      expect.stringMatching(
        /^symbols\[0\]: EURUSD H1 has 28 days \(500 bars, 2020-01-06 to 2020-02-03\) of candles; 10 days of holdout up to 2020-02-03/,
      ),
    ]);
  });

  it('names a timeframe that ends before its selection window, with the dates', () => {
    const july = Date.UTC(2021, 6, 2, 21);
    expect(problems({}, dataOf(randomCandles(4000, 'H1', 4), july, july + 86_400_000))).toEqual([
      'timeframes[0]: EURUSD H1 ends on 2020-08-25, before its selection window begins on 2021-05-23: windows count back ' +
        'from 2021-07-02 on all timeframes of EURUSD, whose newest candle (H1) is of 2021-07-03. Import newer H1 candles.',
    ]);
  });

  it('names a symbol whose candles do not reach the date that was asked for', () => {
    const refusing = (): SymbolEnd => {
      throw new EngineError('conflict', 'the newest candle is older', { remedy: 'import-candles' });
    };
    expect(problems({}, { ...DATA, windowsEnd: refusing })).toEqual([
      'symbols[0]: the newest candle is older',
    ]);
  });

  it('tells which cells are too short, one by one; candles that are not there are another matter', () => {
    const grid = createGrid(
      parseGridSpec({
        ...BASE,
        model_types: ['ridge', 'lasso'],
        horizons: [3, 400],
      }),
    );
    const { problems, tooShort, impossible } = preflight(grid, DATA);
    expect(problems).toEqual([]);
    const horizons = Array.from(grid.cells(), ({ horizon }) => horizon);
    expect(horizons.map((_, index) => impossible.has(index))).toEqual(horizons.map((h) => h === 400));
    expect(impossible.size).toBe(2);
    expect(tooShort.map(({ remedy }) => remedy)).toEqual(['skip-impossible']);
    expect(preflight(createGrid(parseGridSpec({ ...BASE, symbols: 'USDJPY' })), DATA)).toMatchObject({
      tooShort: [],
      impossible: { size: 0 },
      problems: [{ path: 'symbols[0]', remedy: 'import-candles' }],
    });
  });

  it('says the same once, however many cells it is true of', () => {
    const many = { days_history: 300, horizons: [1, 2, 3], model_types: ['ridge', 'lasso'] };
    expect(problems(many)).toHaveLength(1);
  });
});
