import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barsPerYear, METRICS, type MetricName, MetricsCalculator } from './metrics.ts';
import { Simulation } from './simulator.ts';

const REGIMES = 3;

interface Bar {
  net: number;
  position: number;
  regime: number;
}
interface ClosedTrade {
  net: number;
  regime: number;
}

function simulationOf(bars: Bar[], trades: ClosedTrade[]): Simulation {
  const s = new Simulation(Math.max(bars.length, trades.length));
  bars.forEach((bar, i) => {
    s.netReturn[i] = bar.net;
    s.position[i] = bar.position;
    s.regime[i] = bar.regime;
  });
  trades.forEach((trade, k) => {
    s.tradeReturn[k] = trade.net;
    s.tradeRegime[k] = trade.regime;
  });
  s.trades = trades.length;
  return s;
}

type Figures = Record<MetricName, number>;

/** Figures of all bars, then of each regime. */
function compute(bars: Bar[], trades: ClosedTrade[], perYear: number): Figures[] {
  const values = new Float64Array(2 + (1 + REGIMES) * METRICS.length);
  new MetricsCalculator(REGIMES, perYear).compute(
    simulationOf(bars, trades),
    { from: 0, to: bars.length },
    values,
    2,
  );
  return Array.from({ length: 1 + REGIMES }, (_, s) => {
    const row = values.slice(2 + s * METRICS.length);
    return Object.fromEntries(METRICS.map((name, m) => [name, row[m]])) as Figures;
  });
}

/** The textbook formulas, one after the other, on lists. */
function plainMetrics(bars: Bar[], trades: ClosedTrade[], perYear: number): Figures {
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const over = (a: number, b: number) => (b === 0 ? (a > 0 ? Infinity : 0) : a / b);
  const r = bars.map((bar) => bar.net);
  const n = r.length;
  const mean = over(sum(r), n);
  const deviation = n > 1 ? Math.sqrt(sum(r.map((x) => (x - mean) ** 2)) / (n - 1)) : 0;
  const downside = Math.sqrt(over(sum(r.map((x) => Math.min(x, 0) ** 2)), n));
  let equity = 1;
  let peak = 1;
  let maxDrawdown = 0;
  for (const x of r) {
    equity *= Math.exp(x);
    peak = Math.max(peak, equity);
    maxDrawdown = Math.max(maxDrawdown, (peak - equity) / peak);
  }
  const nets = trades.map((trade) => trade.net);
  const gains = sum(nets.filter((x) => x > 0));
  const losses = -sum(nets.filter((x) => x <= 0));
  return {
    sharpe: deviation === 0 ? 0 : (mean / deviation) * Math.sqrt(perYear),
    sortino: over(mean * Math.sqrt(perYear), downside),
    maxDrawdown,
    calmar: over(Math.exp(mean * perYear) - 1, maxDrawdown),
    winRate: over(nets.filter((x) => x > 0).length, nets.length),
    profitFactor: over(gains, losses),
    expectancy: over(sum(nets), nets.length),
    totalReturn: equity - 1,
    trades: nets.length,
    exposure: over(bars.filter((bar) => bar.position !== 0).length, n),
  };
}

function expectClose(actual: Figures, expected: Figures) {
  for (const name of METRICS) {
    if (!Number.isFinite(expected[name])) expect(actual[name], name).toBe(expected[name]);
    else {
      const scale = Math.max(1, Math.abs(expected[name]));
      expect(Math.abs(actual[name] - expected[name]) / scale, name).toBeLessThan(1e-8);
    }
  }
}

// Returns on a grid of 0.01 %: never so alike that their variance is rounding only, nor so small that a loss is.
const net = fc.integer({ min: -300, max: 300 }).map((x) => x / 10_000);
const bar = fc.oneof(
  fc.record({ net: fc.constant(0), position: fc.constant(0), regime: fc.nat(REGIMES - 1) }),
  fc.record({ net, position: fc.constantFrom(1, -1), regime: fc.nat(REGIMES - 1) }),
);
const trade = fc.record({ net, regime: fc.nat(REGIMES - 1) });

test('equal plain formulas, over all bars and regime by regime', () => {
  fc.assert(
    fc.property(
      fc.array(bar, { maxLength: 60 }),
      fc.array(trade, { maxLength: 12 }),
      fc.constantFrom(260, 6240),
      (bars, trades, perYear) => {
        const segments = [undefined, 0, 1, 2].map((regime) => ({
          bars: bars.filter((b) => regime === undefined || b.regime === regime),
          trades: trades.filter((t) => regime === undefined || t.regime === regime),
        }));
        // A regime whose every bar returned the same has no variance but rounding's.
        fc.pre(segments.every((s) => new Set(s.bars.map((b) => b.net)).size !== 1));
        const figures = compute(bars, trades, perYear);
        segments.forEach((segment, s) => {
          expectClose(figures[s], plainMetrics(segment.bars, segment.trades, perYear));
        });
      },
    ),
    { numRuns: 300 },
  );
});

describe('conventions', () => {
  const held = (net: number, regime = 0): Bar => ({ net, position: 1, regime });

  test('nothing traded: everything is 0', () => {
    const flat = { net: 0, position: 0, regime: 0 };
    for (const bars of [[], [flat, flat]]) {
      for (const figures of compute(bars, [], 260)) expect(Object.values(figures)).toEqual(Array(10).fill(0));
    }
  });

  test('returns that do not vary have no Sharpe ratio', () => {
    const same = Array.from({ length: 50 }, () => held(0.0001));
    expect(compute(same, [], 260)[0].sharpe).toBe(0);
    expect(compute([held(0.01)], [], 260)[0].sharpe).toBe(0);
  });

  test('profit without any loss divides by nothing', () => {
    const [all] = compute([held(0.01), held(0.02)], [{ net: 0.03, regime: 0 }], 260);
    expect(all).toMatchObject({
      profitFactor: Infinity,
      sortino: Infinity,
      calmar: Infinity,
      maxDrawdown: 0,
      winRate: 1,
    });
  });

  test('a trade that nets nothing is not won', () => {
    const [all] = compute([held(0)], [{ net: 0, regime: 0 }], 260);
    expect(all).toMatchObject({ winRate: 0, trades: 1, profitFactor: 0, exposure: 1 });
  });

  test('drawdown counts from the first equity on', () => {
    const [all] = compute([held(Math.log(0.8)), held(Math.log(1.1))], [], 260);
    expect(all.maxDrawdown).toBeCloseTo(0.2, 12);
    expect(all.totalReturn).toBeCloseTo(-0.12, 12);
  });

  test('a window of the simulation is measured alone', () => {
    const bars = [held(9), held(0.01), held(-0.02), held(9)];
    const out = new Float64Array((1 + REGIMES) * METRICS.length);
    new MetricsCalculator(REGIMES, 260).compute(simulationOf(bars, []), { from: 1, to: 3 }, out, 0);
    expect(out[METRICS.indexOf('totalReturn')]).toBeCloseTo(Math.exp(-0.01) - 1, 12);
  });
});

test('bars per year: 260 trading days', () => {
  expect(barsPerYear('D1')).toBe(260);
  expect(barsPerYear('H4')).toBe(1560);
  expect(barsPerYear('H1')).toBe(6240);
  expect(barsPerYear('M1')).toBe(374_400);
});
