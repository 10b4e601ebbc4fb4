import type { RowRange } from '../models/model.ts';
import type { SimulationMarket } from './simulator.ts';
import { TradeList } from './trade-list.ts';

/**
 * Positions (1, 0, -1) by lane of whoever knew all that came, and paid what it costs: they net the most that positions can in the window,
 * flat before it and after its last open. Dynamic programming from the end (Bellman 1957); of equal ways the one with fewer fills.
 */
export function bestInHindsight(
  { long, short, costPerSide }: Pick<SimulationMarket, 'long' | 'short' | 'costPerSide'>,
  { from, to }: RowRange,
): Int8Array {
  const positions = new Int8Array(long.length);
  if (to - from < 3) return positions;
  // What it nets from a lane's open on to be in each position before it; a step ahead, as lanes go down.
  let after = [-1, 0, 1].map((p) => -costPerSide[to - 1] * Math.abs(p));
  const choices = new Int8Array(3 * long.length);
  for (let lane = to - 2; lane > from; lane--) {
    const held = [short[lane], 0, long[lane]];
    const next = after;
    after = [-1, 0, 1].map((p) => {
      let best = p;
      let most = Number.NEGATIVE_INFINITY;
      for (const b of [p, 0, 1, -1]) {
        const net = held[b + 1] + next[b + 1] - costPerSide[lane] * Math.abs(b - p);
        if (net <= most) continue;
        most = net;
        best = b;
      }
      choices[3 * lane + p + 1] = best;
      return most;
    });
  }
  let position = 0;
  for (let lane = from + 1; lane < to - 1; lane++) {
    position = choices[3 * lane + position + 1];
    positions[lane] = position;
  }
  return positions;
}

/** Trades of a row of positions: each stretch of one position is one. */
export function tradesOfPositions(positions: Int8Array, { from, to }: RowRange): TradeList {
  const list = new TradeList(to - from);
  for (let lane = from; lane < to; lane++) {
    const position = positions[lane];
    const before = lane === from ? 0 : positions[lane - 1];
    if (position === before) continue;
    if (before !== 0) list.exit[list.count++] = lane;
    if (position === 0) continue;
    list.entry[list.count] = lane;
    list.direction[list.count] = position;
  }
  return list;
}
