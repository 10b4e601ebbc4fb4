import {
  PolarAngleAxis,
  PolarGrid,
  PolarRadiusAxis,
  Radar,
  RadarChart,
  ResponsiveContainer,
  Tooltip,
} from 'recharts';
import { formatNumber } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { PROFILE_AXES, type ProfileFigures } from './profile.ts';

export interface Profile {
  /** Unique. */
  readonly name: string;
  readonly color: string;
  readonly figures: ProfileFigures;
}

interface ProfileRadarProps {
  readonly profiles: readonly Profile[];
  readonly title?: string;
  /** Pixels, without title and legend. */
  readonly height?: number;
}

/** Half-way between the first two axes, where no line of a profile ends. */
const SCALE_ANGLE = 54;

interface ScaleTickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

/** Upright, with a rim of the panel's color: lines that pass behind it leave it readable. */
function ScaleTick({ x, y, payload }: ScaleTickProps) {
  return (
    <text
      x={x}
      y={y}
      fontSize={10}
      fill="var(--mantine-color-dimmed)"
      stroke="var(--panel)"
      strokeWidth={4}
      strokeLinejoin="round"
      paintOrder="stroke"
      textAnchor="middle"
      dominantBaseline="central"
    >
      {payload.value}
    </text>
  );
}

const DASHES = [undefined, '7 3', '2 3', '9 3 2 3'];

/** Five figures of each profile on fixed scales from 0 (center) to 1 (rim). */
export function ProfileRadar({ profiles, title = 'Profile', height = 290 }: ProfileRadarProps) {
  const data = PROFILE_AXES.map((axis) => ({
    axis,
    name: axis.name,
    positions: profiles.map(({ figures }) => axis.position(figures)),
  }));
  const summary = profiles
    .map(
      ({ name }, p) =>
        `${name}: ${data.map((row) => `${row.name} ${formatNumber(row.positions[p], 2)}`).join(', ')}`,
    )
    .join('; ');
  return (
    <ChartFigure
      title={title}
      note="Each axis from 0 (center) to 1 (rim, best). The table tells the scales."
      summary={summary}
      legend={profiles.map(({ name, color }) => ({ name, color, shape: 'line' }))}
      table={{
        columns: ['Axis', ...profiles.map(({ name }) => name), 'Scale'],
        rows: data.map(({ axis, positions }) => [
          axis.name,
          ...positions.map((position) => formatNumber(position, 2)),
          axis.scale,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={height}>
        <RadarChart data={data} outerRadius="80%" cy="54%" accessibilityLayer={false}>
          <PolarGrid stroke="var(--line-strong)" />
          <PolarAngleAxis dataKey="name" tick={{ ...AXIS_TEXT, fill: 'var(--mantine-color-text)' }} />
          <PolarRadiusAxis
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            angle={SCALE_ANGLE}
            axisLine={false}
            tick={ScaleTick}
          />
          <Tooltip
            isAnimationActive={false}
            wrapperStyle={{ maxWidth: 320 }}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as (typeof data)[number] | undefined;
              if (active !== true || row === undefined) return null;
              return (
                <ChartTooltip
                  title={`${row.name}: ${row.axis.scale}`}
                  figures={profiles.map(({ name }, p) => [name, formatNumber(row.positions[p], 2)])}
                />
              );
            }}
          />
          {profiles.map(({ name, color }, p) => (
            <Radar
              key={name}
              name={name}
              dataKey={(row: (typeof data)[number]) => row.positions[p]}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={DASHES[p % DASHES.length]}
              fill={color}
              fillOpacity={profiles.length > 1 ? 0.06 : 0.2}
              isAnimationActive={false}
            />
          ))}
        </RadarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
