import { expect, test } from 'vitest';
import { measureTrades } from './measure.ts';
import { METRICS } from './metrics.ts';
import { NetSums } from './net-sums.ts';
import { TradeList } from './trade-list.ts';

const COST = 0.001;

/** Eight bars, each of which returns a power of two in hundredths to a long position, and half as much to a short one. */
const MARKET = {
  long: Float64Array.from({ length: 8 }, (_, i) => 2 ** i / 100),
  short: Float64Array.from({ length: 8 }, (_, i) => -(2 ** i) / 200),
  costPerSide: new Float64Array(8).fill(COST),
  stake: new Float64Array(8).fill(0.01),
  regimeAtOpen: new Uint8Array(8),
};

/** Long over bars 1 to 3, short over bar 5. */
function measured(sums: NetSums): void {
  const trades = new TradeList(8);
  trades.entry.set([1, 5]);
  trades.exit.set([4, 6]);
  trades.direction.set([1, -1]);
  trades.count = 2;
  const out = new Float64Array(METRICS.length);
  measureTrades(trades, MARKET, { bars: 8, barsPerYear: 260 }, out, 0, sums);
}

test('every held bar counts in its piece, with the costs of the fills at its ends, and flat bars nowhere', () => {
  const sums = new NetSums(Uint16Array.of(0, 0, 0, 1, 1, 2, 2, 3), 4);
  const held = [0.02 - COST, 0.04, 0.08 - COST, -0.16 - 2 * COST];
  for (let i = 0; i < 2; i++) {
    sums.clear(); // nothing of an earlier simulation stays
    measured(sums);
    [held[0] + held[1], held[2], held[3], 0].forEach((piece, k) => {
      expect(sums.pieces[k]).toBeCloseTo(piece, 15);
    });
    [held[0] ** 2 + held[1] ** 2, held[2] ** 2, held[3] ** 2, 0].forEach((piece, k) => {
      expect(sums.pieceSquares[k]).toBeCloseTo(piece, 15);
    });
    const power = (n: number) => held.reduce((sum, r) => sum + r ** n, 0);
    expect(sums.squares).toBeCloseTo(power(2), 15);
    expect(sums.cubes).toBeCloseTo(power(3), 15);
    expect(sums.fourths).toBeCloseTo(power(4), 15);
  }
});
