import { compiledLoops } from './compiled.ts';
import type { LaneLoops } from './lane-loops.ts';
import { plainLoops } from './plain.ts';

/**
 * Makes something of the faster loops that this machine has. It is made for one lane and for two before, to see how much
 * memory it takes: every lane takes as much.
 */
export function withLoops<T>(lanes: number, make: (loops: LaneLoops, lanes: number) => T): T {
  const one = demandOf((loops) => make(loops, 1));
  const two = lanes === 1 ? one : demandOf((loops) => make(loops, 2));
  const floats = one.floats + (two.floats - one.floats) * (lanes - 1);
  return make(compiledLoops(one.arrays, floats) ?? plainLoops(), lanes);
}

/** How many arrays of how many numbers in all `make` asks for. */
function demandOf(make: (loops: LaneLoops) => void): { arrays: number; floats: number } {
  const demand = { arrays: 0, floats: 0 };
  const loops = plainLoops();
  make({
    ...loops,
    floats(length) {
      demand.arrays++;
      demand.floats += length;
      return loops.floats(length);
    },
  });
  return demand;
}
