import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useMemo, useState } from 'react';
import { formatNumber, wallTime, zoneLabel } from '../ui/format.ts';
import classes from './charts.module.css';
import { downSample, type LinePoints } from './down-sample.ts';
import { bandPaths } from './episodes.ts';
import { AXIS_TEXT } from './palette.ts';
import { type PlotArea, type PlotGround, PlotGrounds } from './plot-grounds.tsx';
import { type PlotMark, PlotMarks } from './plot-marks.tsx';
import { linearScale, tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { timeTicks } from './time-ticks.ts';

export interface PlotLine {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
  /** Bars that are drawn; all by default. */
  readonly from?: number;
  readonly to?: number;
  readonly dashed?: boolean;
  /** The ground between the line and the baseline. */
  readonly filled?: boolean;
  readonly bold?: boolean;
}

export interface PlotBands {
  /** Label of each bar. */
  readonly labels: readonly number[];
  /** Color of each label. */
  readonly colors: readonly string[];
}

/** A stretch of bars with a name at its head, divided from the one before by a vertical line. */
export interface PlotSection {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Ground of the section; none by default. */
  readonly fill?: string;
}

interface TimePlotProps {
  /** Ms since 1970-01-01 UTC, ascending. */
  readonly time: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly bands?: PlotBands | undefined;
  readonly sections?: readonly PlotSection[] | undefined;
  /** Behind everything else, ascending. */
  readonly grounds?: readonly PlotGround[] | undefined;
  /** Behind the lines, included in the axis. */
  readonly area?: PlotArea | undefined;
  /** On top of the lines. */
  readonly marks?: readonly PlotMark[] | undefined;
  /** A horizontal line, included in the axis. */
  readonly baseline?: number;
  readonly axis: string;
  /** What the times are, below their axis: of bars by default. */
  readonly timeAxis?: string;
  /** Times are the days of a market, which are no instants: no zone moves them. */
  readonly isByDay?: boolean;
  readonly height?: number | undefined;
  /** What stands at the pointer, for the bar with this index. */
  readout(bar: number): React.ReactNode;
}

const LEFT = 68;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 40;

/**
 * Lines over bars, on an axis where every bar is as wide as the next (nights and weekends take no room). What is drawn
 * depends on the width in pixels, not on the number of bars; the pointer moves without drawing any of it again.
 */
export function TimePlot({ readout, height = 280, ...plot }: TimePlotProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [bar, setBar] = useState<number | null>(null);
  const inner = Math.max(0, Math.floor(width) - LEFT - RIGHT);
  const bars = plot.time.length;
  const x = bar === null ? 0 : LEFT + ((bar + 0.5) / bars) * inner;

  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / inner;
    setBar(share < 0 || share > 1 ? null : Math.min(bars - 1, Math.floor(share * bars)));
  };

  return (
    <div
      ref={ref}
      className={classes.plot}
      style={{ height }}
      onPointerMove={point}
      onPointerLeave={() => setBar(null)}
    >
      {inner === 0 ? null : (
        <svg width={LEFT + inner + RIGHT} height={height} aria-hidden>
          <g transform={`translate(${LEFT} ${TOP})`}>
            <Drawing {...plot} width={inner} height={height - TOP - BOTTOM} />
          </g>
          {bar === null || bar >= bars ? null : (
            <line
              x1={x}
              x2={x}
              y1={TOP}
              y2={height - BOTTOM}
              stroke="var(--mantine-color-text)"
              strokeDasharray="2 3"
            />
          )}
        </svg>
      )}
      {bar === null || bar >= bars ? null : (
        <div className={classes.readout} style={x > width / 2 ? { right: width - x + 10 } : { left: x + 10 }}>
          {readout(bar)}
        </div>
      )}
    </div>
  );
}

interface DrawingProps extends Omit<TimePlotProps, 'readout' | 'height'> {
  readonly width: number;
  readonly height: number;
}

const Drawing = memo(function Drawing({
  time,
  lines,
  bands,
  sections,
  grounds,
  area,
  marks,
  baseline,
  axis,
  timeAxis = texts.timeOfBar,
  isByDay = false,
  width,
  height,
}: DrawingProps) {
  const thin = useMemo(
    () => lines.map(({ values, from, to }) => downSample(values, width, from, to)),
    [lines, width],
  );
  const borders = useMemo(
    () => area && [downSample(area.high, width), downSample(area.low, width)],
    [area, width],
  );
  const yTicks = useMemo(() => {
    const shown = [
      ...[...thin, ...(borders ?? [])].flatMap(({ value }) => value),
      ...(marks ?? []).map(({ value }) => value),
    ];
    const count = Math.max(2, Math.min(5, Math.floor(height / 32)));
    return valueTicks(baseline === undefined ? shown : [...shown, baseline], count);
  }, [thin, borders, marks, baseline, height]);
  const xTicks = useMemo(
    () => timeTicks(isByDay ? time : time.map(wallTime), Math.max(2, Math.floor(width / 96))),
    [time, isByDay, width],
  );
  const ground = useMemo(
    () =>
      bands === undefined
        ? []
        : bandPaths(bands.labels, bands.colors.length, width, height).map((path, label) => ({
            label,
            path,
            color: bands.colors[label],
          })),
    [bands, width, height],
  );

  const x = useCallback((bar: number) => ((bar + 0.5) / time.length) * width, [time, width]);
  const y = useMemo(() => linearScale(yTicks[0]!, yTicks[yTicks.length - 1]!, height, 0), [yTicks, height]);
  const digits = tickDigits(yTicks);

  return (
    <>
      {grounds === undefined ? null : (
        <PlotGrounds grounds={grounds} bars={time.length} width={width} height={height} />
      )}
      {sections?.map(({ name, from, to, fill = 'none' }) => (
        <rect
          key={name}
          x={(from / time.length) * width}
          width={((to - from) / time.length) * width}
          height={height}
          fill={fill}
        />
      ))}
      {ground.map(({ label, path, color }) => (
        <path key={label} d={path} fill={color} opacity={0.24} />
      ))}
      {yTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line x2={width} stroke="var(--line)" />
          <text x={-8} dy="0.32em" textAnchor="end" {...AXIS_TEXT}>
            {formatNumber(tick, digits)}
          </text>
        </g>
      ))}
      {xTicks.map(({ index, label }) => (
        <g key={index} transform={`translate(${(index / time.length) * width} ${height})`}>
          <line y2={5} stroke="var(--line-strong)" />
          <text y={18} textAnchor="middle" {...AXIS_TEXT}>
            {label}
          </text>
        </g>
      ))}
      <path d={`M0 0V${height}H${width}`} fill="none" stroke="var(--line-strong)" />
      {area === undefined || borders === undefined ? null : (
        <path d={areaPath(borders, x, y)} fill={area.color} opacity={0.2} />
      )}
      {baseline === undefined ? null : (
        <line x2={width} y1={y(baseline)} y2={y(baseline)} stroke="var(--mantine-color-dimmed)" />
      )}
      {baseline === undefined
        ? null
        : lines.map(({ name, color, filled }, l) =>
            filled === true && thin[l]!.index.length > 0 ? (
              <path
                key={name}
                d={`${linePath(thin[l]!.index, thin[l]!.value, x, y)}V${y(baseline)}H${x(thin[l]!.index[0]!)}Z`}
                fill={color}
                opacity={0.18}
              />
            ) : null,
          )}
      {lines.map(({ name, color, dashed, bold }, l) => (
        <path
          key={name}
          d={linePath(thin[l]!.index, thin[l]!.value, x, y)}
          fill="none"
          stroke={color}
          strokeWidth={bold === true ? 3 : 1.5}
          strokeLinejoin="round"
          strokeDasharray={dashed === true ? '5 3' : undefined}
        />
      ))}
      {marks === undefined ? null : <PlotMarks marks={marks} x={x} y={y} />}
      {sections?.map(({ name, from, to }, s) => (
        <g key={name}>
          {s === 0 ? null : (
            <line
              x1={(from / time.length) * width}
              x2={(from / time.length) * width}
              y1={-16}
              y2={height}
              stroke="var(--mantine-color-text)"
              strokeDasharray="6 4"
            />
          )}
          <text
            {...sectionName((from / time.length) * width, (to / time.length) * width)}
            y={-8}
            fill="var(--mantine-color-text)"
            fontSize={12}
            fontWeight={600}
          >
            {name}
          </text>
        </g>
      ))}
      <text x={width / 2} y={height + 36} textAnchor="middle" {...AXIS_TEXT}>
        {isByDay ? timeAxis : `${timeAxis}, ${zoneLabel()}`}
      </text>
      <text
        transform={`translate(${8 - LEFT} ${height / 2}) rotate(-90)`}
        dy="0.32em"
        textAnchor="middle"
        {...AXIS_TEXT}
      >
        {axis}
      </text>
    </>
  );
});

/** In the middle of its section, or from its beginning on where the section is narrower than a name. */
function sectionName(from: number, to: number) {
  return to - from < 64
    ? { x: from + 4, textAnchor: 'start' as const }
    : { x: (from + to) / 2, textAnchor: 'middle' as const };
}

/** From left to right above, and back below. */
function areaPath(
  [above, below]: readonly LinePoints[],
  x: (bar: number) => number,
  y: (value: number) => number,
): string {
  if (above === undefined || below === undefined || above.index.length === 0) return '';
  const back = linePath([...below.index].reverse(), [...below.value].reverse(), x, y);
  return `${linePath(above.index, above.value, x, y)}L${back.slice(1)}Z`;
}

function linePath(
  index: readonly number[],
  value: readonly number[],
  x: (bar: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  for (let i = 0; i < index.length; i++) {
    path += `${i === 0 ? 'M' : 'L'}${x(index[i]!).toFixed(1)} ${y(value[i]!).toFixed(1)}`;
  }
  return path;
}
