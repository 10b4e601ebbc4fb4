import { describe, expect, it } from 'vitest';
import { DEFAULT_EXITS } from '../contract/target-names.ts';
import { copyCandles, randomCandles } from '../features/testing/candles.ts';
import type { Candles } from '../market/candles.ts';
import { TARGET_TYPES, targetOf } from './catalog.ts';
import type { TargetSeries } from './target.ts';
import { INSIDE, TAKE_PROFIT } from './trade-exits.ts';
import { type TradeCosts, tradeOutcomes } from './trade-outcomes.ts';

const BARS = 120;
/** Bars until there is an average true range. */
const WARMUP = 13;
const CANDLES = randomCandles(BARS, 4);

const costsOf = (size: number): TradeCosts => {
  const column = (value: number) => new Float64Array(BARS).fill(value);
  return { costPerSide: column(size), swapLong: column(size / 10), swapShort: column(-size / 10) };
};

function seriesOf(target: (typeof TARGET_TYPES)[number], horizon: number, candles: Candles): TargetSeries {
  const { type, exits } = targetOf(target.name);
  const costs = costsOf(0.0001);
  return type.series(
    { candles, horizon, trades: (multiples) => tradeOutcomes(candles, costs, multiples, horizon) },
    exits,
  );
}

describe.each(TARGET_TYPES)('target $name', (target) => {
  it('has a label and an outcome of every bar whose horizon is over, and of none after', () => {
    for (const horizon of [1, 7, 60, BARS - 15, BARS + 3]) {
      for (const { labels, outcomes } of seriesOf(target, horizon, CANDLES).sides) {
        const known = Math.max(0, BARS - 1 - horizon);
        for (const values of [labels, outcomes]) {
          expect(values).toHaveLength(BARS);
          expect(values.slice(WARMUP, known).every(Number.isFinite)).toBe(true);
          expect(values.slice(known).every(Number.isNaN)).toBe(true);
        }
      }
    }
  });

  it('reaches 1 + horizon bars ahead, and not one more', () => {
    const horizon = 5;
    const before = seriesOf(target, horizon, CANDLES);
    for (const t of [40, 41, 77]) {
      const after = t + 1 + horizon;
      const tampered = copyCandles(CANDLES);
      // All that comes after the open that the label ends with.
      for (const column of [tampered.high, tampered.low, tampered.close]) {
        for (let row = after; row < BARS; row++) column[row]! *= row % 2 === 0 ? 1.5 : 0.5;
      }
      for (let row = after + 1; row < BARS; row++) tampered.open[row]! *= 3;
      const other = seriesOf(target, horizon, tampered);
      other.sides.forEach(({ labels, outcomes }, s) => {
        expect(labels.slice(0, t + 1)).toEqual(before.sides[s]!.labels.slice(0, t + 1));
        expect(outcomes.slice(0, t + 1)).toEqual(before.sides[s]!.outcomes.slice(0, t + 1));
        expect(labels.slice(t + 1)).not.toEqual(before.sides[s]!.labels.slice(t + 1));
      });
      if (before.unit === undefined) continue;
      // What is known at the close of a bar.
      expect(other.unit!.slice(0, after)).toEqual(before.unit.slice(0, after));
    }
  });

  it('says of a model in each direction, or of one of both', () => {
    const sides = seriesOf(target, 3, CANDLES).sides.map(({ side }) => side);
    expect(sides).toEqual(targetOf(target.name).exits === null ? ['both'] : ['long', 'short']);
    expect(target.title).not.toBe('');
  });
});

describe('outcome', () => {
  const outcome = TARGET_TYPES.find(({ name }) => name === 'outcome')!;

  it('is the net result over the range at the signal: never better than the take-profit, but for a gap', () => {
    const costs = costsOf(0);
    const { long, short, unit } = tradeOutcomes(CANDLES, costs, DEFAULT_EXITS, 8);
    const { sides } = outcome.series(
      { candles: CANDLES, horizon: 8, trades: () => tradeOutcomes(CANDLES, costs, DEFAULT_EXITS, 8) },
      DEFAULT_EXITS,
    );
    let reached = 0;
    [long, short].forEach(({ net, exits }, s) => {
      for (let t = WARMUP; t < BARS - 9; t++) {
        expect(sides[s]!.labels[t]).toBe(net[t]! / unit[t]!);
        const move = (s === 0 ? 1 : -1) * Math.log(exits.price[t + 1]! / CANDLES.open[t + 1]!);
        expect(net[t]).toBeCloseTo(move, 14);
        if (exits.how[t + 1] === (TAKE_PROFIT | INSIDE)) reached++;
      }
    });
    expect(reached).toBeGreaterThan(10);
  });

  it('pays both fills and each night, and of the bar that it is left within no night is received', () => {
    const free = tradeOutcomes(CANDLES, costsOf(0), DEFAULT_EXITS, 8);
    const dear = tradeOutcomes(CANDLES, costsOf(0.001), DEFAULT_EXITS, 8);
    for (let t = WARMUP; t < BARS - 9; t++) {
      const held = (side: 'long' | 'short') => dear[side].exits.exit[t + 1]! - (t + 1);
      const inside = dear.short.exits.how[t + 1]! >= INSIDE ? 1 : 0;
      expect(free.long.net[t]! - dear.long.net[t]!).toBeCloseTo(0.002 + 0.0001 * held('long'), 12);
      expect(free.short.net[t]! - dear.short.net[t]!).toBeCloseTo(
        0.002 - 0.0001 * (held('short') - inside),
        12,
      );
    }
  });
});

/** 1 where a trade entered after bar t reaches 2 ranges before it loses one, within 8 bars. */
function reaches(t: number, way: 1 | -1, range: number): number {
  const gain = (price: number) => way * (price - CANDLES.open[t + 1]!);
  for (let row = t + 1; row <= t + 8; row++) {
    const [worst, best] = way > 0 ? [CANDLES.low, CANDLES.high] : [CANDLES.high, CANDLES.low];
    // A bar that opens beyond its take-profit has reached it, whatever its worst price comes to.
    if (row > t + 1 && gain(CANDLES.open[row]!) >= 2 * range) return 1;
    if (gain(worst[row]!) <= -range) return 0;
    if (gain(best[row]!) >= 2 * range) return 1;
  }
  return 0;
}

describe('classes', () => {
  const of = (name: string) => TARGET_TYPES.find((target) => target.name === name)!;

  it('of direction are those of the return', () => {
    const [both] = seriesOf(of('direction'), 4, CANDLES).sides;
    for (let t = 0; t < BARS - 5; t++) {
      expect(both!.labels[t]).toBe(CANDLES.open[t + 5]! > CANDLES.open[t + 1]! ? 1 : 0);
    }
  });

  it('of barrier are whether the take-profit comes first', () => {
    const { sides, unit } = seriesOf(of('barrier'), 8, CANDLES);
    for (const { side, labels } of sides) {
      const known = Array.from({ length: BARS - 9 - WARMUP }, (_, i) => WARMUP + i);
      const expected = known.map((t) => reaches(t, side === 'long' ? 1 : -1, unit![t]! * CANDLES.close[t]!));
      expect([...labels.subarray(WARMUP, BARS - 9)]).toEqual(expected);
      expect(expected.filter((label) => label === 1).length).toBeGreaterThan(5);
    }
  });
});
