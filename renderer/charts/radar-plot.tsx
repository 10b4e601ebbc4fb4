import { useState } from 'react';
import classes from './charts.module.css';
import { AXIS_TEXT } from './palette.ts';

export interface RadarLine {
  /** Unique. */
  readonly name: string;
  /** Of each axis, 0 (center) to 1 (rim). */
  readonly values: readonly number[];
  readonly color: string;
  readonly width: number;
  readonly dashes?: string | undefined;
  readonly fillOpacity: number;
}

interface RadarPlotProps {
  /** Pixels; nothing is drawn on no width. */
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Names of the axes, clockwise from the top. */
  readonly axes: readonly string[];
  /** The last on top. */
  readonly lines: readonly RadarLine[];
  /** What stands at the pointer, for the axis with this index. */
  readout(axis: number): React.ReactNode;
}

const RINGS = [0.25, 0.5, 0.75, 1];
/** From the rim to the name of an axis, pixels. */
const TO_NAME = 10;
/** The center stands this share of the height below the top: there is a name above it, and none below. */
const CENTER = 0.53;

/** Lines around a center over axes that go out from it, and the scale half-way between the first two of them, where no line ends. */
export function RadarPlot({ width, height, radius, axes, lines, readout }: RadarPlotProps) {
  const [near, setNear] = useState<number | null>(null);
  const [cx, cy] = [width / 2, CENTER * height];
  const angle = (axis: number) => (2 * Math.PI * axis) / axes.length;
  const at = (axis: number, value: number) => ({
    x: cx + value * radius * Math.sin(angle(axis)),
    y: cy - value * radius * Math.cos(angle(axis)),
  });
  const outline = (values: readonly number[]) =>
    `M${values.map((value, axis) => pair(at(axis, value))).join('L')}Z`;
  const ray = (axis: number) => `M${cx} ${cy}L${pair(at(axis, 1))}`;

  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [dx, dy] = [event.clientX - box.left - cx, event.clientY - box.top - cy];
    const turn = (Math.atan2(dx, -dy) / (2 * Math.PI)) * axes.length;
    setNear(Math.hypot(dx, dy) > radius ? null : (Math.round(turn) + axes.length) % axes.length);
  };

  return (
    <div
      className={classes.plot}
      style={{ height }}
      onPointerMove={point}
      onPointerLeave={() => setNear(null)}
    >
      {width === 0 ? null : (
        <svg width={width} height={height} aria-hidden>
          <path
            d={[
              ...RINGS.map((ring) => outline(axes.map(() => ring))),
              ...axes.map((_, axis) => ray(axis)),
            ].join('')}
            fill="none"
            stroke="var(--line-strong)"
          />
          {axes.map((name, axis) => (
            <text key={name} {...nameAt(angle(axis), cx, cy, radius + TO_NAME)} {...NAME}>
              {name}
            </text>
          ))}
          {lines.map(({ name, values, color, width: strokeWidth, dashes, fillOpacity }) => (
            <path
              key={name}
              d={outline(values)}
              stroke={color}
              strokeWidth={strokeWidth}
              strokeDasharray={dashes}
              fill={fillOpacity === 0 ? 'none' : color}
              fillOpacity={fillOpacity}
            />
          ))}
          {near === null ? null : (
            <path d={ray(near)} stroke="var(--mantine-color-text)" strokeDasharray="2 3" />
          )}
          {[0, ...RINGS].map((ring) => (
            // Upright, with a rim of the panel's color: lines that pass behind it leave it readable.
            <text
              key={ring}
              {...at(0.5, ring)}
              fontSize={10}
              fill="var(--mantine-color-dimmed)"
              stroke="var(--panel)"
              strokeWidth={4}
              strokeLinejoin="round"
              paintOrder="stroke"
              textAnchor="middle"
              dominantBaseline="central"
            >
              {ring}
            </text>
          ))}
        </svg>
      )}
      {near === null ? null : (
        <div
          className={classes.readout}
          style={{ maxWidth: 320, ...(near > axes.length / 2 ? { left: cx } : { right: cx }) }}
        >
          {readout(near)}
        </div>
      )}
    </div>
  );
}

const NAME = { ...AXIS_TEXT, fill: 'var(--mantine-color-text)' };

const pair = ({ x, y }: { readonly x: number; readonly y: number }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** On the side of the rim that its axis points to: above it, below it, left or right of it. */
function nameAt(angle: number, cx: number, cy: number, distance: number) {
  const [right, up] = [Math.sin(angle), Math.cos(angle)];
  const side = Math.abs(right) < 0.01 ? 'middle' : right > 0 ? 'start' : 'end';
  const dy = up > 0.01 ? '0em' : up < -0.01 ? '0.71em' : '0.355em';
  return {
    x: cx + distance * right,
    y: cy - distance * up,
    dy,
    textAnchor: side as 'start' | 'middle' | 'end',
  };
}
