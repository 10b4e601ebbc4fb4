import { useElementSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { formatNumber } from '../ui/format.ts';
import classes from './charts.module.css';
import { AXIS_TEXT } from './palette.ts';
import { PointedArea } from './pointed-area.tsx';
import { linearScale, tickDigits } from './scale.ts';

export interface PlotTick {
  readonly at: number;
  readonly text: string;
}

export interface PlotAxis {
  /** Value at its left or lower end. */
  readonly low: number;
  /** Value at its right or upper end. */
  readonly high: number;
  /** What stands along it, by the pixels it has. */
  ticks(pixels: number): readonly PlotTick[];
  readonly name?: string | undefined;
  /** A line across the plot at each tick. */
  readonly hasGrid?: boolean;
  /** A stroke at each tick. */
  readonly hasMarks?: boolean;
}

/** Where values are: pixels from the upper left corner of the plot. */
export interface PlotPlace {
  readonly width: number;
  readonly height: number;
  x(value: number): number;
  y(value: number): number;
}

/** Pixels around the plot, for what stands beside it. */
export interface PlotRoom {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface ValuePlotProps {
  readonly height: number;
  readonly room: PlotRoom;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  draw(place: PlotPlace): React.ReactNode;
  /** Which of what is drawn a place means, by its number; null: none. */
  find(x: number, y: number, place: PlotPlace): number | null;
  /** What shows, behind the others, which one the pointer means. */
  cursor?(index: number, place: PlotPlace): React.ReactNode;
  /** What a click does with what it means. */
  readonly onPick?: ((index: number) => void) | undefined;
  /** What stands at the pointer. */
  readout(index: number): React.ReactNode;
}

/** Below an axis with ticks and a name. */
export const NAMED_AXIS = 50;

/** An axis of numbers between the first and the last of these ticks. */
export function numberAxis(
  ticks: readonly number[],
  options: Partial<Pick<PlotAxis, 'name' | 'hasGrid' | 'hasMarks'>> & { format?(value: number): string } = {},
): PlotAxis {
  const digits = tickDigits(ticks);
  const { format = (value: number) => formatNumber(value, digits), ...more } = options;
  const named = ticks.map((at) => ({ at, text: format(at) }));
  return { low: ticks[0]!, high: ticks[ticks.length - 1]!, ticks: () => named, ...more };
}

/**
 * What stands over two axes, as wide as its place. It is drawn once for each width: what follows the pointer leaves it as it is. No text
 * is measured: a page that does so for each tick lays itself out as often.
 */
export function ValuePlot({ height, room, x, y, draw, find, cursor, onPick, readout }: ValuePlotProps) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<{ readonly index: number; readonly x: number; readonly y: number } | null>(
    null,
  );
  const width = Math.floor(measured);
  const place = useMemo((): PlotPlace => {
    const wide = Math.max(0, width - room.left - room.right);
    const tall = height - room.top - room.bottom;
    return {
      width: wide,
      height: tall,
      x: linearScale(x.low, x.high, 0, wide),
      y: linearScale(y.low, y.high, tall, 0),
    };
  }, [width, height, room, x.low, x.high, y.low, y.high]);
  const isThere = place.width > 0;
  const frame = useMemo(
    () => (isThere ? <Frame x={x} y={y} left={room.left} place={place} /> : null),
    [isThere, x, y, room, place],
  );
  const picture = useMemo(() => (isThere ? draw(place) : null), [isThere, draw, place]);

  const pointed = (px: number, py: number) => {
    const index = find(px - room.left, py - room.top, place);
    return index === null ? null : { index, x: px, y: py };
  };

  return (
    <PointedArea
      ref={ref}
      height={height}
      find={pointed}
      onPoint={(found) => setAt(found)}
      onPick={onPick && (({ index }) => onPick(index))}
      isPickable={onPick !== undefined && at !== null}
    >
      {isThere ? (
        <svg width={width} height={height} aria-hidden>
          <g transform={`translate(${room.left} ${room.top})`}>
            {frame}
            {at === null ? null : cursor?.(at.index, place)}
            {picture}
          </g>
        </svg>
      ) : null}
      {at === null ? null : (
        <div
          className={classes.readout}
          style={{
            ...(at.x > width / 2 ? { right: width - at.x + 12 } : { left: at.x + 12 }),
            ...(at.y > height / 2 ? { top: 'auto', bottom: height - at.y + 8 } : { top: at.y + 8 }),
          }}
        >
          {readout(at.index)}
        </div>
      )}
    </PointedArea>
  );
}

interface FrameProps extends Pick<ValuePlotProps, 'x' | 'y'> {
  /** Pixels on the left of the plot. */
  readonly left: number;
  readonly place: PlotPlace;
}

/** Both axes with what stands along them. */
function Frame({ x, y, left, place }: FrameProps) {
  const { width, height } = place;
  return (
    <>
      {y.ticks(height).map(({ at, text }) => (
        <g key={at} transform={`translate(0 ${place.y(at)})`}>
          {y.hasGrid === true ? <line x2={width} stroke="var(--line)" /> : null}
          {y.hasMarks === true ? <line x2={-5} stroke="var(--line-strong)" /> : null}
          <text x={-8} dy="0.32em" textAnchor="end" {...AXIS_TEXT}>
            {text}
          </text>
        </g>
      ))}
      {x.ticks(width).map(({ at, text }) => (
        <g key={at} transform={`translate(${place.x(at)} ${height})`}>
          {x.hasGrid === true ? <line y2={-height} stroke="var(--line)" /> : null}
          {x.hasMarks === true ? <line y2={5} stroke="var(--line-strong)" /> : null}
          <text y={18} textAnchor="middle" {...AXIS_TEXT}>
            {text}
          </text>
        </g>
      ))}
      <path d={`M0 0V${height}H${width}`} fill="none" stroke="var(--line-strong)" />
      {x.name === undefined ? null : (
        <text x={width / 2} y={height + 40} textAnchor="middle" {...AXIS_TEXT}>
          {x.name}
        </text>
      )}
      {y.name === undefined ? null : (
        <text
          transform={`translate(${8 - left} ${height / 2}) rotate(-90)`}
          dy="0.32em"
          textAnchor="middle"
          {...AXIS_TEXT}
        >
          {y.name}
        </text>
      )}
    </>
  );
}
