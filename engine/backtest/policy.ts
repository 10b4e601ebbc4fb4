import type { RowRange } from '../models/model.ts';
import { DECISION, REVERSAL, TIME } from '../targets/trade-exits.ts';
import type { LaneExits, SideLanes } from './lane-exits.ts';
import type { SimulationMarket } from './simulator.ts';

/** Positions of an agent, as places among three values. */
const SHORT = 0;
const FLAT = 1;
const LONG = 2;
export const POSITIONS = 3;

/**
 * out[3 lane + p] = the position that is worth most at the close of the lane's bar to whoever is in position p (short, flat, long): the b
 * with the largest W(b) - c |b - p|. Where several are, the own one, else flat.
 *
 * @param values W of short, flat and long, three a lane, log return
 * @param roundTripCost per lane as known at the close, log return; c is half of it
 */
export function chooseByPosition(values: Float64Array, roundTripCost: Float64Array): Int8Array {
  const lanes = roundTripCost.length;
  const out = new Int8Array(POSITIONS * lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const at = POSITIONS * lane;
    const cost = roundTripCost[lane] / 2;
    for (let p = 0; p < POSITIONS; p++) {
      let best = p;
      let most = values[at + p];
      for (const b of OTHERS[p]) {
        const worth = values[at + b] - cost * Math.abs(b - p);
        if (!(worth > most)) continue;
        most = worth;
        best = b;
      }
      out[at + p] = best - FLAT;
    }
  }
  return out;
}

const OTHERS = [
  [FLAT, LONG],
  [SHORT, LONG],
  [FLAT, SHORT],
] as const;

/** The signal of whoever is flat, per lane: 1, 0, -1. */
export function entriesOf(choices: Int8Array): Int8Array {
  return Int8Array.from(
    { length: choices.length / POSITIONS },
    (_, lane) => choices[POSITIONS * lane + FLAT],
  );
}

/**
 * The market that an agent trades in: its positions are left where it would no longer be in them, and by that alone, for a signal the other
 * way is not always worth turning round for. At the end of a window they are left at its last open.
 *
 * Whoever would rather be on the other side from there would be so from flat, too: so its own signal enters at the open that it leaves at.
 */
export function policyMarket(
  market: SimulationMarket,
  windows: readonly RowRange[],
  choices: Int8Array,
): SimulationMarket {
  const side = (position: number): SideLanes => {
    const lanes = market.stake.length;
    const exit = new Int32Array(lanes).fill(lanes);
    const how = new Uint8Array(lanes).fill(TIME);
    const none = new Float64Array(lanes).fill(Number.NaN);
    for (const { from, to } of windows) {
      let next = to - 1;
      let why = TIME;
      for (let lane = to - 2; lane >= from; lane--) {
        const wanted = choices[POSITIONS * lane + position] + FLAT;
        if (wanted !== position && lane + 1 < to - 1) {
          next = lane + 1;
          why = wanted === FLAT ? DECISION : REVERSAL;
        }
        exit[lane] = next;
        how[lane] = why;
      }
    }
    return { exit, how, last: none, price: none };
  };
  const exits: LaneExits = {
    long: side(LONG),
    short: side(SHORT),
    agent: new Uint8Array(market.stake.length).fill(1),
  };
  return { ...market, exits };
}
