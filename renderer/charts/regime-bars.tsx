import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { DASH, formatNumber, formatPercent } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { valueTicks } from './scale.ts';

/** One regime: figures of its champion, or none without one. */
export interface RegimeBar {
  readonly regime: string;
  readonly champion: {
    /** `Random forest EURUSD H1`. */
    readonly label: string;
    /** Null where it is not defined. */
    readonly selection: number | null;
    readonly holdout: number | null;
    /** What luck alone is expected to reach, where the chart shows it. */
    readonly luck?: number | undefined;
  } | null;
}

interface Reference {
  readonly value: number;
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
}

interface BarsProps {
  readonly bars: readonly RegimeBar[];
}

export function SharpeBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Sharpe ratio per regime"
      note={
        <>
          <Term term="sharpe">Sharpe ratio</Term>, annualized, after costs. Below the mark it may be{' '}
          <Term term="luck">luck</Term>.
        </>
      }
      axis="Sharpe ratio"
      bars={bars}
      format={(value) => formatNumber(value, 2)}
      formatTick={(value) => formatNumber(value, Number.isInteger(value) ? 0 : 1)}
      reference={{ value: 0, name: 'Baseline 0', color: 'var(--mantine-color-text)', dashed: false }}
    />
  );
}

export function DrawdownBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Max drawdown per regime"
      note={
        <>
          <Term term="maxDrawdown" />: largest fall from a peak of the equity. Lower is better.
        </>
      }
      axis="Max drawdown, % of peak equity"
      bars={bars}
      format={(value) => formatPercent(value, 1)}
      formatTick={formatShareTick}
    />
  );
}

export function WinRateBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Win rate per regime"
      note={
        <>
          <Term term="winRate" />: share of trades that made money after costs. Higher is better.
        </>
      }
      axis="Win rate, % of trades"
      bars={bars}
      ticks={[0, 0.25, 0.5, 0.75, 1]}
      format={(value) => formatPercent(value, 1)}
      formatTick={formatShareTick}
      reference={{ value: 0.5, name: '50 %', color: 'var(--loss)', dashed: true }}
    />
  );
}

/** Whole percents, tenths between them. */
export function formatShareTick(value: number): string {
  return formatPercent(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 ? 0 : 1);
}

interface Props extends BarsProps {
  readonly title: string;
  readonly note: React.ReactNode;
  readonly axis: string;
  readonly ticks?: readonly number[];
  readonly reference?: Reference;
  /** A dash for what is not defined. */
  format(value: number | null): string;
  formatTick(value: number): string;
}

const NO_MODEL = 'no model';
const ROW_HEIGHT = 46;

/** Pixels that the bars of so many regimes take, axis included; a chart beside them is as tall. */
export function barsHeight(regimes: number): number {
  return Math.max(264, regimes * ROW_HEIGHT + 52);
}

function Bars({ title, note, axis, bars, ticks, reference, format, formatTick }: Props) {
  const data = bars.map(({ regime, champion }) => ({
    regime,
    champion,
    selection: champion?.selection ?? 0,
    holdout: champion?.holdout ?? 0,
    label: champion === null ? NO_MODEL : format(champion.selection),
  }));
  const axisTicks = [
    ...(ticks ??
      valueTicks([0, ...data.flatMap((row) => [row.selection, row.holdout, row.champion?.luck ?? 0])], 5)),
  ];
  const lucky = bars.flatMap(({ regime, champion }) =>
    champion?.luck === undefined ? [] : [{ regime, luck: champion.luck }],
  );
  const summary = bars
    .map(({ regime, champion }) => `${regime}: ${champion === null ? NO_MODEL : format(champion.selection)}`)
    .join('; ');
  return (
    <ChartFigure
      title={title}
      note={note}
      summary={summary}
      legend={[
        { name: 'With model, selection window', color: 'var(--gain)' },
        { name: 'Same model, holdout', color: 'var(--gain)', shape: 'outline' },
        ...(bars.some(({ champion }) => champion === null)
          ? [{ name: 'Without model', color: 'var(--neutral)' }]
          : []),
        ...(lucky.length === 0
          ? []
          : [{ name: 'Best by luck', color: 'var(--mantine-color-text)', glyph: '|' }]),
        ...(reference?.dashed === true
          ? [{ name: reference.name, color: reference.color, shape: 'dashed' as const }]
          : []),
      ]}
      table={{
        columns: ['Regime', 'Model', 'Selection', 'Holdout', ...(lucky.length === 0 ? [] : ['Best by luck'])],
        rows: bars.map(({ regime, champion }) => [
          regime,
          champion?.label ?? NO_MODEL,
          champion === null ? DASH : format(champion.selection),
          champion === null ? DASH : format(champion.holdout),
          ...(lucky.length === 0 ? [] : [champion?.luck === undefined ? DASH : format(champion.luck)]),
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={barsHeight(bars.length)}>
        <BarChart
          data={data}
          layout="vertical"
          margin={{ top: 4, right: 48, bottom: 20, left: 0 }}
          barGap={1}
          accessibilityLayer={false}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            domain={[axisTicks[0]!, axisTicks[axisTicks.length - 1]!]}
            ticks={axisTicks}
            tickFormatter={formatTick}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{ value: axis, position: 'insideBottom', offset: -14, ...AXIS_TEXT }}
          />
          <YAxis
            type="category"
            dataKey="regime"
            width={132}
            tick={{ ...AXIS_TEXT, fill: 'var(--mantine-color-text)' }}
            tickLine={false}
            stroke="var(--line-strong)"
            interval={0}
          />
          <Tooltip
            cursor={{ fill: 'var(--line)', fillOpacity: 0.35 }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as (typeof data)[number] | undefined;
              return active !== true || row === undefined ? null : <BarTooltip bar={row} format={format} />;
            }}
          />
          <Bar dataKey="selection" barSize={16} minPointSize={3} isAnimationActive={false}>
            {data.map(({ regime, champion }) => (
              <Cell key={regime} fill={champion === null ? 'var(--neutral)' : 'var(--gain)'} />
            ))}
            {/* Its halo keeps it readable across the mark of luck. */}
            <LabelList
              dataKey="label"
              position="right"
              fill="var(--mantine-color-text)"
              fontSize={12}
              stroke="var(--panel)"
              strokeWidth={5}
              style={{ paintOrder: 'stroke' }}
            />
          </Bar>
          <Bar
            dataKey="holdout"
            barSize={8}
            isAnimationActive={false}
            fill="transparent"
            stroke="var(--gain)"
            strokeWidth={1.5}
          />
          {lucky.map(({ regime, luck }) => (
            <ReferenceDot
              key={regime}
              x={luck}
              y={regime}
              shape={({ cx = 0, cy = 0 }) => (
                <line
                  x1={cx}
                  x2={cx}
                  y1={cy - 16}
                  y2={cy + 7}
                  stroke="var(--mantine-color-text)"
                  strokeWidth={2}
                />
              )}
            />
          ))}
          {reference === undefined ? null : (
            <ReferenceLine
              x={reference.value}
              stroke={reference.color}
              strokeWidth={1.5}
              strokeDasharray={reference.dashed ? '5 4' : undefined}
            />
          )}
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

interface BarTooltipProps extends Pick<Props, 'format'> {
  readonly bar: RegimeBar;
}

function BarTooltip({ bar: { regime, champion }, format }: BarTooltipProps) {
  if (champion === null) return <ChartTooltip title={regime} figures={[['Model', NO_MODEL]]} />;
  return (
    <ChartTooltip
      title={regime}
      figures={[
        ['Model', champion.label],
        ['Selection', format(champion.selection)],
        ['Holdout', format(champion.holdout)],
        ...(champion.luck === undefined ? [] : [['Best by luck', format(champion.luck)] as const]),
      ]}
    />
  );
}
