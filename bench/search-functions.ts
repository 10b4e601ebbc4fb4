import type { Parameters, SearchSpace } from '../engine/search/space.ts';

/** Functions with known minima that samplers are compared on; `search.py` has the same. */
export interface TestFunction {
  readonly name: string;
  readonly space: SearchSpace;
  readonly value: (x: Parameters) => number;
}

const float = (name: string, low: number, high: number, log = false) =>
  ({ name, domain: { type: 'float', low, high, log } }) as const;
const int = (name: string, low: number, high: number) =>
  ({ name, domain: { type: 'int', low, high } }) as const;

const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];
const HARTMANN_C = [1, 1.2, 3, 3.2];

const vector = (x: Parameters, n: number) => Array.from({ length: n }, (_, i) => x[`x${i}`] as number);

export const TEST_FUNCTIONS: readonly TestFunction[] = [
  {
    name: 'Branin',
    space: [float('x0', -5, 10), float('x1', 0, 15)],
    value(at) {
      const [x, y] = vector(at, 2) as [number, number];
      const bowl = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
  },
  {
    name: 'Hartmann-6',
    space: Array.from({ length: 6 }, (_, i) => float(`x${i}`, 0, 1)),
    value(at) {
      const x = vector(at, 6);
      return -HARTMANN_C.reduce((sum, c, i) => {
        const distance = x.reduce(
          (d, xj, j) => d + HARTMANN_A[i]![j]! * (xj - 1e-4 * HARTMANN_P[i]![j]!) ** 2,
          0,
        );
        return sum + c * Math.exp(-distance);
      }, 0);
    },
  },
  {
    name: 'Rosenbrock-4',
    space: Array.from({ length: 4 }, (_, i) => float(`x${i}`, -2, 2)),
    value(at) {
      const x = vector(at, 4);
      return [0, 1, 2].reduce((sum, i) => sum + 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0);
    },
  },
  {
    name: 'mixed',
    space: [
      int('depth', 1, 20),
      float('rate', 1e-4, 1, true),
      { name: 'kind', domain: { type: 'categorical', choices: ['a', 'b', 'c'] } },
      int('trees', 50, 300),
    ],
    value({ depth, rate, kind, trees }) {
      const place = ['a', 'b', 'c'].indexOf(kind as string);
      return (
        ((depth as number) - 7) ** 2 / 25 +
        (Math.log10(rate as number) + 2) ** 2 +
        [0.5, 0, 1][place]! +
        (((trees as number) - 180) / 100) ** 2
      );
    },
  },
  {
    name: 'conditional',
    space: [
      { name: 'kind', domain: { type: 'categorical', choices: ['line', 'bowl'] } },
      { ...float('slope', -3, 3), when: { name: 'kind', values: ['line'] } },
      { ...float('x', -5, 5), when: { name: 'kind', values: ['bowl'] } },
      { ...float('y', -5, 5), when: { name: 'kind', values: ['bowl'] } },
      int('steps', 1, 10),
    ],
    value({ kind, slope, x, y, steps }) {
      const offset = ((steps as number) - 4) ** 2 / 10;
      if (kind === 'line') return 1 + Math.abs(slope as number) + offset;
      return ((x as number) - 1.5) ** 2 + ((y as number) + 2) ** 2 / 2 + offset;
    },
  },
];
