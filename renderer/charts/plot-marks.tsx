import { memo } from 'react';

/** A point that stands out of a time plot. */
export interface PlotMark {
  /** It stands where the bar opens: on its left edge. */
  readonly bar: number;
  /** In the unit of the value axis. */
  readonly value: number;
  readonly shape: 'up' | 'down' | 'cross';
  readonly color: string;
  readonly hollow: boolean;
}

interface PlotMarksProps {
  readonly marks: readonly PlotMark[];
  x(bar: number): number;
  y(value: number): number;
}

/** All marks that look alike are one path, so that hundreds cost no more than a line. */
export const PlotMarks = memo(function PlotMarks({ marks, x, y }: PlotMarksProps) {
  const paths = new Map<string, { readonly mark: PlotMark; path: string }>();
  for (const mark of marks) {
    const look = `${mark.shape} ${mark.color} ${mark.hollow}`;
    const known = paths.get(look) ?? { mark, path: '' };
    known.path += outline(mark, x(mark.bar - 0.5), y(mark.value));
    paths.set(look, known);
  }
  return [...paths].map(([look, { mark, path }]) => {
    const isOutline = mark.hollow || mark.shape === 'cross';
    return (
      <path
        key={look}
        d={path}
        fill={isOutline ? 'var(--panel)' : mark.color}
        stroke={isOutline ? mark.color : 'var(--panel)'}
        strokeWidth={isOutline ? 1.5 : 1}
        strokeLinejoin="round"
      />
    );
  });
});

/** Triangles touch their price with the tip, so that the price itself stays in sight. */
function outline({ shape }: PlotMark, x: number, y: number): string {
  const at = (dx: number, dy: number) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  if (shape === 'up') return `M${at(0, 1)}L${at(4.5, 10)}L${at(-4.5, 10)}Z`;
  if (shape === 'down') return `M${at(0, -1)}L${at(4.5, -10)}L${at(-4.5, -10)}Z`;
  return `M${at(-3, -3)}L${at(3, 3)}M${at(3, -3)}L${at(-3, 3)}`;
}
