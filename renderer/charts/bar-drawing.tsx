import { LuckMark, OutOfSampleMark } from './bar-marks.tsx';
import type { BarRow, RegimeBar } from './bar-rows.ts';
import { figuresOf, NameAbove, namesOf, TwoLines } from './bar-texts.tsx';
import type { PlotPlace } from './value-plot.tsx';

/** Of whiskers. */
export const LINE = 'var(--mantine-color-text)';

interface BarRowsProps {
  readonly rows: readonly BarRow[];
  readonly place: PlotPlace;
  /** Names stand above their bars. */
  readonly isNarrow: boolean;
  /** Color around the holdout's bars. */
  readonly outline: string;
  fillOf(bar: RegimeBar): string;
  strokeOf(bar: RegimeBar): string;
}

/** Height of a bar and where it begins, from the middle of its row: pixels. */
const SELECTION = { height: 16, top: -12.5 };
const HOLDOUT = { height: 8, top: 4.5 };
/** Between the plot and the text beside it. */
const GAP = 8;

/** Of each regime its two bars with their whiskers, its marks, its name on the left and its figures on the right. */
export function BarRows({ rows, place, isNarrow, outline, fillOf, strokeOf }: BarRowsProps) {
  const { x, width } = place;
  return rows.map((row, index) => {
    const { bar, regime, selection, selectionError, holdout, holdoutError } = row;
    const y = place.y(index + 0.5);
    const chosen = whisker(selection, selectionError, y + SELECTION.top + SELECTION.height / 2);
    const held = whisker(holdout, holdoutError, y + HOLDOUT.top + HOLDOUT.height / 2);
    return (
      <g key={regime}>
        <Rect {...SELECTION} {...{ x, y }} value={selection} fill={fillOf(bar)} stroke={strokeOf(bar)} />
        {/* On a rim of the panel's color, so that it is seen on the bar, too. */}
        <path d={chosen(x, 6)} stroke="var(--panel)" strokeWidth={4} />
        <path d={chosen(x, 5)} stroke={LINE} strokeWidth={1.5} />
        <Rect
          {...HOLDOUT}
          {...{ x, y }}
          value={holdout}
          fill="transparent"
          stroke={outline}
          strokeWidth={1.5}
        />
        <path d={held(x, 3)} stroke={LINE} />
        {bar.champion === null ? null : (
          <>
            <LuckMark champion={bar.champion} x={x} y={y} />
            <OutOfSampleMark champion={bar.champion} x={x} y={y} />
          </>
        )}
        {isNarrow ? (
          <NameAbove x={-GAP} y={y} index={index} rows={rows} />
        ) : (
          <TwoLines x={-GAP} y={y} index={index} rows={rows} lines={namesOf} anchor="end" />
        )}
        <TwoLines x={width + GAP} y={y} index={index} rows={rows} lines={figuresOf} anchor="start" />
      </g>
    );
  });
}

interface RectProps {
  readonly value: number;
  /** The middle of its row. */
  readonly y: number;
  readonly top: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth?: number;
  x(value: number): number;
}

/** From zero to a value; none without a length. */
function Rect({ value, x, y, top, ...looks }: RectProps) {
  if (value === 0) return null;
  const [from, to] = [x(0), x(value)];
  return <rect x={Math.min(from, to)} y={y + top} width={Math.abs(to - from)} {...looks} />;
}

/** A stroke of one error on either side of a value, with ends so many pixels long. */
function whisker(value: number, error: number | null, y: number) {
  return (x: (value: number) => number, end: number): string => {
    if (error === null) return '';
    const [low, high] = [x(value - error), x(value + error)];
    return `M${low} ${y}H${high}M${low} ${y - end}v${2 * end}M${high} ${y - end}v${2 * end}`;
  };
}
