import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';

export interface AgePoint {
  /** Mean age of the model in the window, days. */
  readonly days: number;
  readonly value: number;
  readonly error: number | null;
}

interface AgingChartProps {
  readonly title: string;
  /** What the figure is called: `Sharpe`. */
  readonly figure: string;
  readonly points: readonly AgePoint[];
  /** What is lost in 30 days; below zero it is gained. */
  readonly perMonth: number | null;
  readonly digits: number;
}

const LINE = 'var(--accent)';

/** What the first model of a validation is still worth as it ages. */
export function AgingChart({ title, figure, points, perMonth, digits }: AgingChartProps) {
  const text = (value: number | null) => formatNumber(value, digits);
  const decay =
    perMonth === null
      ? texts.tooFewWindowsForRate
      : perMonth >= 0
        ? texts.itLosesIn30Days({ perMonth: text(perMonth) })
        : texts.itGainsIn30Days({ perMonth: text(-perMonth) });
  const written = ({ value, error }: AgePoint) =>
    error === null ? text(value) : `${text(value)} ± ${text(error)}`;
  const ticks = valueTicks(
    points.flatMap(({ value, error }) => [0, value - (error ?? 0), value + (error ?? 0)]),
    4,
  );
  const ages = valueTicks([0, ...points.map(({ days }) => days)], 4);
  return (
    <ChartFigure
      title={title}
      note={texts.whiskersAreOneStandardError({ decay })}
      summary={`${points.map((point) => `${texts.countOfDays({ days: point.days })}: ${written(point)}`).join('; ')}. ${decay}`}
      table={{
        columns: [texts.meanAgeDays, figure, texts.error],
        rows: points.map(({ days, value, error }) => [formatCount(days), text(value), text(error)]),
      }}
    >
      <ResponsiveContainer width="100%" height={190}>
        <LineChart
          data={[...points]}
          margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="days"
            domain={[0, ages.at(-1)!]}
            ticks={ages}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{
              value: texts.meanAgeOfModelDays,
              position: 'insideBottom',
              offset: -14,
              ...AXIS_TEXT,
            }}
          />
          <YAxis
            type="number"
            domain={[ticks[0]!, ticks.at(-1)!]}
            ticks={ticks}
            tickFormatter={(tick: number) => formatNumber(tick, tickDigits(ticks))}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            width={52}
          />
          <ReferenceLine y={0} stroke="var(--mantine-color-dimmed)" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '3 3' }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as AgePoint | undefined;
              return active !== true || point === undefined ? null : (
                <ChartTooltip
                  title={texts.dayOld({ days: point.days })}
                  figures={[[figure, written(point)]]}
                />
              );
            }}
          />
          <Line
            dataKey="value"
            type="linear"
            stroke={LINE}
            strokeWidth={2}
            dot={{ r: 4, fill: LINE, stroke: 'var(--panel)' }}
            isAnimationActive={false}
          >
            <ErrorBar dataKey="error" direction="y" width={6} stroke="var(--mantine-color-text)" />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
