/** A stretch of bars with a ground of its own; without a fill only its border is drawn. */
export interface PlotGround {
  readonly from: number;
  readonly to: number;
  readonly fill?: string;
}

interface PlotGroundsProps {
  readonly grounds: readonly PlotGround[];
  readonly bars: number;
  readonly width: number;
  readonly height: number;
}

/** Borders nearer to each other than this would be a wall of lines, pixels; up to three times as near they are faint. */
const LEAST_GAP = 4;

/** Grounds, and thin lines where one ends and the next begins, as far as there is room for them. */
export function PlotGrounds({ grounds, bars, width, height }: PlotGroundsProps) {
  const at = (bar: number) => ((bar / bars) * width).toFixed(1);
  const gap = width / grounds.length;
  return (
    <>
      {grounds.map(({ from, to, fill }) =>
        fill === undefined ? null : (
          <rect key={from} x={at(from)} width={((to - from) / bars) * width} height={height} fill={fill} />
        ),
      )}
      {gap < LEAST_GAP ? null : (
        <path
          d={grounds.map(({ from }) => (from === 0 ? '' : `M${at(from)} 0V${height}`)).join('')}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth={1}
          opacity={gap < 3 * LEAST_GAP ? 0.45 : 1}
        />
      )}
    </>
  );
}

/** What lies between two lines. */
export interface PlotArea {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly color: string;
}
