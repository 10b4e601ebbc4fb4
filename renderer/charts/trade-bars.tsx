import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';

export interface TradeBar {
  /** Unique: `Monday`. */
  readonly name: string;
  /** On the axis: `Mon`. */
  readonly tick: string;
  readonly value: number;
  /** What is said of it, with its value. */
  readonly figures: readonly (readonly [string, string])[];
  /** Its bar is in the color of a loss. */
  readonly isLoss: boolean;
}

interface TradeBarsProps {
  readonly title: string;
  readonly note: string;
  /** What the bars are: `Weekday`. */
  readonly first: string;
  readonly axis: string;
  readonly bars: readonly TradeBar[];
  formatTick(value: number): string;
}

/** Trades in groups, a bar of each, in the order in which they are given. */
export function TradeBars({ title, note, first, axis, bars, formatTick }: TradeBarsProps) {
  const named = bars.filter(({ figures }) => figures.length > 0);
  return (
    <ChartFigure
      axes={{ left: axis }}
      title={title}
      note={note}
      summary={named
        .map(({ name, figures }) => `${name}: ${figures.map((f) => f.join(' ')).join(', ')}`)
        .join('; ')}
      table={{
        columns: [first, ...(named[0]?.figures.map(([name]) => name) ?? [])],
        rows: named.map(({ name, figures }) => [name, ...figures.map(([, figure]) => figure)]),
      }}
    >
      <ResponsiveContainer width="100%" height={210}>
        <BarChart
          data={[...bars]}
          margin={{ top: 6, right: 4, bottom: 4, left: 4 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="tick" tick={AXIS_TEXT} stroke="var(--line-strong)" tickLine={false} />
          <YAxis
            width={58}
            tick={AXIS_TEXT}
            tickFormatter={formatTick}
            stroke="var(--line-strong)"
            label={{ value: axis, angle: -90, position: 'insideLeft', ...AXIS_TEXT }}
          />
          <ReferenceLine y={0} stroke="var(--line-strong)" />
          <Tooltip
            cursor={{ fill: 'var(--line)', fillOpacity: 0.35 }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const bar = payload?.[0]?.payload as TradeBar | undefined;
              return active !== true || bar === undefined ? null : (
                <ChartTooltip title={bar.name} figures={bar.figures} />
              );
            }}
          />
          <Bar dataKey="value" isAnimationActive={false}>
            {bars.map(({ name, isLoss }) => (
              <Cell key={name} fill={isLoss ? 'var(--loss)' : 'var(--gain)'} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
