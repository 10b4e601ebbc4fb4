import { dots } from './plot-shapes.ts';
import { type PlotAxis, type PlotPlace, type PlotRoom, ValuePlot } from './value-plot.tsx';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Length of its whisker on either side; null: none. */
  readonly error: number | null;
}

interface LinePlotProps {
  readonly height: number;
  readonly room: PlotRoom;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** From left to right. */
  readonly points: readonly LinePoint[];
  readonly color: string;
  /** What the line stands before. */
  behind(place: PlotPlace): React.ReactNode;
  /** What stands at the pointer, for the point with this index. */
  readout(index: number): React.ReactNode;
}

/** Pixels of the stroke at the end of a whisker, on either side. */
const WHISKER = 6;

/** A line through points with their whiskers; the point that is next to the pointer from the left or right tells of itself. */
export function LinePlot({ points, color, behind, ...plot }: LinePlotProps) {
  return (
    <ValuePlot
      {...plot}
      draw={(place) => {
        const at = points.map(({ x, y }) => ({ x: place.x(x), y: place.y(y) }));
        return (
          <>
            {behind(place)}
            <path
              d={at.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
              fill="none"
              stroke={color}
              strokeWidth={2}
            />
            <path d={whiskers(points, place)} stroke="var(--mantine-color-text)" strokeWidth={1.5} />
            <path d={dots(at, 4)} fill={color} stroke="var(--panel)" />
          </>
        );
      }}
      find={(x, _, place) => nextTo(points, x, place)}
      cursor={(index, { x, height }) => {
        const point = points[index];
        return point === undefined ? null : (
          <line
            x1={x(point.x)}
            x2={x(point.x)}
            y2={height}
            stroke="var(--line-strong)"
            strokeDasharray="3 3"
          />
        );
      }}
    />
  );
}

function whiskers(points: readonly LinePoint[], place: PlotPlace): string {
  return points
    .map(({ x: at, y, error }) => {
      if (error === null) return '';
      const x = place.x(at);
      const ends = [place.y(y + error), place.y(y - error)];
      const strokes = ends.map((end) => `M${x - WHISKER} ${end}h${2 * WHISKER}`);
      return `M${x} ${ends[0]}V${ends[1]}${strokes.join('')}`;
    })
    .join('');
}

/** The point whose x is nearest; null outside of the plot, or without points. */
export function nextTo(points: readonly Pick<LinePoint, 'x'>[], x: number, place: PlotPlace): number | null {
  if (x < 0 || x > place.width || points.length === 0) return null;
  const distances = points.map((point) => Math.abs(place.x(point.x) - x));
  return distances.indexOf(Math.min(...distances));
}
