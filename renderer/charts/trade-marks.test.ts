import { describe, expect, it } from 'vitest';
import { barsAround, barsHeld, type MarkedTrade, tradeMarks } from './trade-marks.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const TIME = Array.from({ length: 100 }, (_, bar) => START + bar * HOUR);
const at = (bar: number) => new Date(START + bar * HOUR).toISOString();

const trade = (change: Partial<MarkedTrade> = {}): MarkedTrade => ({
  opened: at(50),
  closed: at(56),
  side: 'long',
  entryPrice: 1.1,
  exitPrice: 1.2,
  holdout: false,
  ...change,
});

describe('tradeMarks', () => {
  it('points up where a long trade begins, down where a short one does, and crosses out where they end', () => {
    const marks = tradeMarks([trade(), trade({ side: 'short', opened: at(60), closed: at(61) })], TIME);
    expect(marks.map(({ bar, value, shape }) => [bar, value, shape])).toEqual([
      [50, 1.1, 'up'],
      [56, 1.2, 'cross'],
      [60, 1.1, 'down'],
      [61, 1.2, 'cross'],
    ]);
    expect(marks[0]!.color).not.toBe(marks[2]!.color);
  });

  it('is hollow in the holdout alone', () => {
    const hollow = (holdout: boolean) => tradeMarks([trade({ holdout })], TIME).map((mark) => mark.hollow);
    expect(hollow(true)).toEqual([true, true]);
    expect(hollow(false)).toEqual([false, false]);
  });

  it('leaves out what lies beyond the bars', () => {
    expect(tradeMarks([trade({ closed: at(100) })], TIME)).toHaveLength(1);
    expect(tradeMarks([trade({ opened: at(-3), closed: at(-2) })], TIME)).toEqual([]);
  });
});

describe('barsHeld', () => {
  it('is from the bar of the entry to that of the exit, both among them', () => {
    expect(barsHeld(trade(), TIME)).toEqual({ from: 50, to: 57 });
    expect(barsHeld(trade({ closed: at(500) }), TIME)).toEqual({ from: 50, to: 100 });
    expect(barsHeld(trade({ opened: at(-1) }), TIME)).toBeUndefined();
  });
});

describe('barsAround', () => {
  it('shows a trade with room on both sides, within the bars', () => {
    expect(barsAround(trade(), TIME)).toEqual({ from: 30, to: 77 });
    expect(barsAround(trade({ opened: at(2), closed: at(14) }), TIME)).toEqual({ from: 0, to: 51 });
    expect(barsAround(trade({ closed: at(500) }), TIME)).toEqual({ from: 0, to: 100 });
    expect(barsAround(trade({ opened: at(500) }), TIME)).toBeUndefined();
  });
});
