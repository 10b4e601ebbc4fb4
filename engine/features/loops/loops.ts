import { compiledLoops } from './compiled.ts';
import type { LaneLoops, LanesInLoops } from './lane-loops.ts';
import { plainLoops } from './plain.ts';

/** Arrays and numbers that something made of loops takes, by its number of lanes: every lane takes as much. */
export interface LaneDemand {
  readonly arrays: number;
  floats(lanes: number): number;
}

/** What `make` asks for: it makes the same of one lane and of two. */
export function demandOf(make: (space: LanesInLoops) => void): LaneDemand {
  const one = counted(make, 1);
  const two = counted(make, 2);
  const perLane = two.floats - one.floats;
  return { arrays: one.arrays, floats: (lanes) => one.floats + perLane * (lanes - 1) };
}

function counted(make: (space: LanesInLoops) => void, count: number): { arrays: number; floats: number } {
  const demand = { arrays: 0, floats: 0 };
  const loops = plainLoops();
  make({
    lanes: { first: 0, count },
    loops: {
      ...loops,
      floats(length) {
        demand.arrays++;
        demand.floats += length;
        return loops.floats(length);
      },
    },
  });
  return demand;
}

/** The faster loops that this machine has, with memory for the demand of so many lanes. */
export function fastestLoops(lanes: number, demand: LaneDemand): LaneLoops {
  return compiledLoops(demand.arrays, demand.floats(lanes)) ?? plainLoops();
}
