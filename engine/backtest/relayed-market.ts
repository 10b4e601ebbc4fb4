import { type LaneExits, type SideLanes, timedExits } from './lane-exits.ts';
import type { SimulationMarket } from './simulator.ts';

/** One of several that trade in turn, each with exits of its own or none. */
export interface RelayedMarket {
  /** What it trades in where its trades have exits. */
  readonly market: SimulationMarket | undefined;
  /** Bars that its positions are held at most. */
  readonly horizon: number;
  /** Whether a position entered at the open of a lane is its own. */
  hasWord(lane: number): boolean;
}

/**
 * What several trade in together: each position has the exits and the stake of whoever opened it. The market itself where none of them
 * has exits.
 */
export function relayedMarket(market: SimulationMarket, of: readonly RelayedMarket[]): SimulationMarket {
  if (of.every((one) => one.market?.exits === undefined)) return market;
  const lanes = market.stake.length;
  const stake = market.stake.slice();
  const exits = { long: emptySide(lanes), short: emptySide(lanes), agent: new Uint8Array(lanes) };
  for (const [k, { market: own, horizon, hasWord }] of of.entries()) {
    const source: LaneExits = own?.exits ?? timedExits(lanes, horizon);
    for (let lane = 0; lane < lanes; lane++) {
      if (!hasWord(lane)) continue;
      stake[lane] = (own ?? market).stake[lane]!;
      copyLane(source.long, exits.long, lane);
      copyLane(source.short, exits.short, lane);
      if (source.agent?.[lane] === 1) exits.agent[lane] = 1 + k;
    }
  }
  return { ...market, stake, exits };
}

function emptySide(lanes: number): SideLanes {
  const numbers = () => new Float64Array(lanes);
  return { exit: new Int32Array(lanes), last: numbers(), price: numbers(), how: new Uint8Array(lanes) };
}

function copyLane(from: SideLanes, to: SideLanes, lane: number): void {
  to.exit[lane] = from.exit[lane]!;
  to.last[lane] = from.last[lane]!;
  to.price[lane] = from.price[lane]!;
  to.how[lane] = from.how[lane]!;
}
