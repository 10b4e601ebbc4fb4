/** Marks of scatter plots as paths: any number that look alike are one path, so that thousands cost no more than a line. */

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross';

/** Pixels from the pointer to the mark that it means. */
const REACH = 24;

/** Of the marks within reach of a place the one next to it; of equally near ones the last, which lies on top. */
export function nearest<P extends PlotPoint>(marks: readonly P[], x: number, y: number): P | null {
  let best: P | null = null;
  let least = REACH ** 2;
  for (const mark of marks) {
    const distance = (mark.x - x) ** 2 + (mark.y - y) ** 2;
    if (distance > least) continue;
    least = distance;
    best = mark;
  }
  return best;
}

/** Circles of a radius in pixels. */
export function dots(points: readonly PlotPoint[], r: number): string {
  return points
    .map(
      ({ x, y }) =>
        `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
    )
    .join('');
}

/** Corners about the middle; each shape has the ground of a square of 8 pixels. */
const CORNERS: Readonly<Record<Exclude<Shape, 'circle'>, readonly (readonly [number, number])[]>> = {
  square: [
    [-4, -4],
    [4, -4],
    [4, 4],
    [-4, 4],
  ],
  triangle: [
    [0, -7],
    [6.1, 3.5],
    [-6.1, 3.5],
  ],
  diamond: [
    [0, -7.4],
    [4.3, 0],
    [0, 7.4],
    [-4.3, 0],
  ],
  star: Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? 7.5 : 2.9;
    return [radius * Math.sin((Math.PI * i) / 5), -radius * Math.cos((Math.PI * i) / 5)] as const;
  }),
  cross: [
    [-5.4, -1.8],
    [-1.8, -1.8],
    [-1.8, -5.4],
    [1.8, -5.4],
    [1.8, -1.8],
    [5.4, -1.8],
    [5.4, 1.8],
    [1.8, 1.8],
    [1.8, 5.4],
    [-1.8, 5.4],
    [-1.8, 1.8],
    [-5.4, 1.8],
  ],
};

/** All of these points in one shape. */
export function shapes(points: readonly PlotPoint[], shape: Shape): string {
  if (shape === 'circle') return dots(points, 4.5);
  return points
    .map(({ x, y }) => {
      const corners = CORNERS[shape].map(([dx, dy]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`);
      return `M${corners.join('L')}Z`;
    })
    .join('');
}
