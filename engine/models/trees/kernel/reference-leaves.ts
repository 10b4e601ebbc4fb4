import type { Kernel } from './kernel.ts';
import type { Memory } from './memory.ts';

type Leaves = Pick<Kernel, 'leafSums' | 'addLeaves' | 'routeRows' | 'bootstrap'>;

/** What a round does with a grown tree, in plain TypeScript. */
export function referenceOfLeaves(memory: () => Memory, partition: Kernel['partition']): Leaves {
  /** Calls back for every leaf and place of its rows. */
  const eachLeaf = (
    [feature, from, to]: readonly [number, number, number],
    nodeCount: number,
    visit: (node: number, first: number, end: number) => void,
  ) => {
    const { i32 } = memory();
    for (let node = 0; node < nodeCount; node++) {
      if (i32[(feature >> 2) + node] < 0) visit(node, i32[(from >> 2) + node], i32[(to >> 2) + node]);
    }
  };

  return {
    leafSums(feature, from, to, nodeCount, rows, gradients, hessians, sums) {
      const { u32, f64 } = memory();
      eachLeaf([feature, from, to], nodeCount, (node, first, end) => {
        let gradient = 0;
        let hessian = 0;
        for (let i = first; i < end; i++) {
          const row = u32[(rows >> 2) + i];
          gradient += f64[(gradients >> 3) + row];
          if (hessians !== 0) hessian += f64[(hessians >> 3) + row];
        }
        f64[(sums >> 3) + 2 * node] = gradient;
        f64[(sums >> 3) + 2 * node + 1] = hessian;
      });
    },

    addLeaves(feature, from, to, nodeCount, rows, values, scores) {
      const { u32, f64 } = memory();
      eachLeaf([feature, from, to], nodeCount, (node, first, end) => {
        for (let i = first; i < end; i++) {
          f64[(scores >> 3) + u32[(rows >> 2) + i]] += f64[(values >> 3) + node];
        }
      });
    },

    routeRows(feature, bin, missingLeft, left, nodeCount, columns, stride, rows, count, from, to, scratch) {
      const { u8, i32 } = memory();
      i32[from >> 2] = 0;
      i32[to >> 2] = count;
      for (let node = 0; node < nodeCount; node++) {
        const own = i32[(feature >> 2) + node];
        if (own < 0) continue;
        const first = i32[(from >> 2) + node];
        const end = i32[(to >> 2) + node];
        const goesLeft = u8[missingLeft + node];
        const column = columns + own * stride;
        const ofLeft = partition(
          column,
          rows + 4 * first,
          end - first,
          i32[(bin >> 2) + node],
          goesLeft,
          scratch,
        );
        const child = i32[(left >> 2) + node];
        i32[(from >> 2) + child] = first;
        i32[(to >> 2) + child] = first + ofLeft;
        i32[(from >> 2) + child + 1] = first + ofLeft;
        i32[(to >> 2) + child + 1] = end;
      }
    },

    bootstrap(draws, labels, count, base, scale, gradients, rows, others) {
      const { u32, f64 } = memory();
      let drawn = 0;
      for (let row = 0; row < count; row++) {
        const times = f64[(draws >> 3) + row];
        f64[(gradients >> 3) + row] = (times * (base - f64[(labels >> 3) + row])) / scale;
        if (times > 0) u32[(rows >> 2) + drawn++] = row;
        else u32[(others >> 2) + row - drawn] = row;
      }
      return drawn;
    },
  };
}
