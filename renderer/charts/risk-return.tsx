import {
  CartesianGrid,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { type Verdict, verdictText } from '../../engine/contract/verdict.ts';
import { formatPercent } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT, verdictColor, verdictColors } from './palette.ts';
import { formatShareTick } from './regime-bars.tsx';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';

export interface RiskReturnPoint {
  /** Unique: `Bull trending, Random forest EURUSD H1`. */
  readonly label: string;
  /** Points of one group share their shape. */
  readonly group: string;
  /** Its color. */
  readonly verdict: Verdict;
  /** Fraction of peak equity. */
  readonly maxDrawdown: number;
  /** Fraction. */
  readonly totalReturn: number;
}

const MARKS = [
  { shape: 'circle', glyph: '●' },
  { shape: 'square', glyph: '■' },
  { shape: 'triangle', glyph: '▲' },
  { shape: 'diamond', glyph: '◆' },
  { shape: 'star', glyph: '★' },
  { shape: 'cross', glyph: '✚' },
] as const;

/** Return of each champion against its drawdown: up and to the left is better. */
export function RiskReturn({ points }: { readonly points: readonly RiskReturnPoint[] }) {
  const groups = [...new Set(points.map(({ group }) => group))];
  return (
    <ChartFigure
      axes={{ left: texts.returnPercent, bottom: texts.maxDrawdownPercentOfPeak }}
      title={texts.riskAgainstReturn}
      note={texts.againstOnSelectionWindow({
        totalReturn: <Term term="totalReturn" />,
        maxDrawdown: <Term term="maxDrawdown" />,
      })}
      summary={points
        .map((p) =>
          texts.returnMaxDrawdown({
            label: p.label,
            totalReturn: formatPercent(p.totalReturn),
            maxDrawdown: formatPercent(p.maxDrawdown),
          }),
        )
        .join('; ')}
      legend={[
        ...groups.map((name, g) => ({
          name,
          color: 'var(--mantine-color-dimmed)',
          glyph: MARKS[g % MARKS.length]!.glyph,
        })),
        ...verdictColors(points.map(({ verdict }) => verdict)),
      ]}
      table={{
        columns: [common.champion, common.verdict, common.maxDrawdown, common.returnWord],
        rows: points.map((p) => [
          p.label,
          verdictText(p.verdict),
          formatPercent(p.maxDrawdown),
          formatPercent(p.totalReturn),
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={290}>
        <ScatterChart margin={{ top: 8, right: 20, bottom: 20, left: 12 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="maxDrawdown"
            {...axisOf(points.map((point) => point.maxDrawdown))}
            tickFormatter={formatShareTick}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{
              value: texts.maxDrawdownPercentOfPeak,
              position: 'insideBottom',
              offset: -14,
              ...AXIS_TEXT,
            }}
          />
          <YAxis
            type="number"
            dataKey="totalReturn"
            {...axisOf(points.map((point) => point.totalReturn))}
            width={66}
            tickFormatter={formatShareTick}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{
              value: texts.returnPercent,
              angle: -90,
              position: 'insideLeft',
              offset: -4,
              ...AXIS_TEXT,
            }}
          />
          <ReferenceLine y={0} stroke="var(--mantine-color-text)" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '3 3' }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as RiskReturnPoint | undefined;
              if (active !== true || point === undefined) return null;
              return (
                <ChartTooltip
                  title={point.label}
                  figures={[
                    [common.verdict, verdictText(point.verdict)],
                    [common.returnWord, formatPercent(point.totalReturn)],
                    [common.maxDrawdown, formatPercent(point.maxDrawdown)],
                  ]}
                />
              );
            }}
          />
          {groups.map((name, g) => {
            const data = points.filter((point) => point.group === name);
            return (
              <Scatter
                key={name}
                name={name}
                data={data}
                shape={MARKS[g % MARKS.length]!.shape}
                isAnimationActive={false}
              >
                {data.map(({ label, verdict }) => (
                  <Cell key={label} fill={verdictColor(verdict)} />
                ))}
              </Scatter>
            );
          })}
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

/** Round ticks that enclose all values and zero. */
function axisOf(values: readonly number[]) {
  const ticks = valueTicks([0, ...values], 5);
  return { ticks, domain: [ticks[0]!, ticks[ticks.length - 1]!] };
}
