import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ErrorBar,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { common } from '../ui/texts/common.ts';
import { OUT_OF_SAMPLE, OutOfSampleMarks } from './bar-marks.tsx';
import {
  type BarRow,
  barRows,
  barSummary,
  barTable,
  barTicks,
  hasOutOfSample,
  type RegimeBar,
} from './bar-rows.ts';
import { BarTooltip, figuresOf, NameAbove, namesOf, TwoLines } from './bar-texts.tsx';
import { ChartFigure, type LegendItem } from './chart-figure.tsx';
import { AXIS_TEXT, verdictColor, verdictColors } from './palette.ts';
import { texts } from './texts.ts';

interface Reference {
  readonly value: number;
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
}

interface Props {
  readonly bars: readonly RegimeBar[];
  readonly title: string;
  readonly note: React.ReactNode;
  readonly axis: string;
  readonly ticks?: readonly number[];
  readonly reference?: Reference;
  format(value: number): string;
  formatTick(value: number): string;
}

const ROW_HEIGHT = 46;
/** Where names stand above their bars. */
const NARROW_ROW_HEIGHT = 64;
/** A chart that is less wide has no room for names beside its bars. */
const NARROW = 420;
const NAMES_WIDTH = 118;
const FIGURES_WIDTH = 74;
/** With a mark before the second figure. */
const MARKED_WIDTH = 92;
/** Where a color would say something that is not meant: of no champion, of all of them. */
const BAR = 'var(--figure)';
const HATCHED = `repeating-linear-gradient(135deg, ${BAR} 0 2px, transparent 2px 4px)`;
const LINE = 'var(--mantine-color-text)';

/** Pixels that the bars of so many regimes take, axis included; a chart beside them is as tall. */
export function barsHeight(regimes: number): number {
  return Math.max(264, regimes * ROW_HEIGHT + 52);
}

/**
 * Two bars per regime, of the window it was chosen on and of the holdout, with whiskers of one standard error; names with
 * their market on the left, figures on the right, clear of bars, whiskers and marks.
 */
export function Bars({ title, note, axis, bars, ticks, reference, format, formatTick }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const isNarrow = width > 0 && width < NARROW;
  const height = isNarrow ? bars.length * NARROW_ROW_HEIGHT + 52 : barsHeight(bars.length);
  const hatching = useId();
  const colors = verdictColors(bars.flatMap(({ champion }) => champion?.verdict ?? []));
  const colorOf = ({ champion }: RegimeBar) => (champion === null ? BAR : verdictColor(champion.verdict));
  /** Solid where a figure is more than luck, hatched where it is not; the color is the verdict's. */
  const fillOf = (bar: RegimeBar) =>
    bar.champion?.weight === 'above'
      ? colorOf(bar)
      : `url(#${hatching}${colors.findIndex(({ color }) => color === colorOf(bar))})`;
  const rows = barRows(bars);
  const axisTicks = [...(ticks ?? barTicks(rows))];
  const lucky = bars.flatMap(({ regime, champion }) =>
    champion?.luck === undefined ? [] : [{ regime, luck: champion.luck }],
  );
  return (
    <ChartFigure
      axes={isNarrow ? {} : { bottom: axis }}
      title={title}
      note={note}
      summary={barSummary(bars)}
      legend={legendOf(bars, lucky.length > 0, reference)}
      table={barTable(bars, format)}
    >
      <div ref={ref}>
        <ResponsiveContainer width="100%" height={height}>
          <BarChart
            data={rows}
            layout="vertical"
            margin={{ top: 4, right: 0, bottom: 20, left: 0 }}
            barGap={1}
            accessibilityLayer={false}
          >
            <Hatching id={hatching} colors={colors.map(({ color }) => color)} />
            <CartesianGrid horizontal={false} stroke="var(--line)" />
            <XAxis
              type="number"
              domain={[axisTicks[0]!, axisTicks[axisTicks.length - 1]!]}
              ticks={axisTicks}
              tickFormatter={formatTick}
              tick={AXIS_TEXT}
              stroke="var(--line-strong)"
              {...(isNarrow
                ? {}
                : { label: { value: axis, position: 'insideBottom', offset: -14, ...AXIS_TEXT } })}
            />
            <YAxis
              type="category"
              dataKey="regime"
              width={isNarrow ? 1 : NAMES_WIDTH}
              tick={(tick) =>
                isNarrow ? (
                  <NameAbove {...tick} rows={rows} />
                ) : (
                  <TwoLines {...tick} rows={rows} lines={namesOf} anchor="end" />
                )
              }
              tickLine={false}
              stroke="var(--line-strong)"
              interval={0}
            />
            <YAxis
              yAxisId="figures"
              orientation="right"
              type="category"
              dataKey="regime"
              width={hasOutOfSample(bars) ? MARKED_WIDTH : FIGURES_WIDTH}
              tick={(tick) => <TwoLines {...tick} rows={rows} lines={figuresOf} anchor="start" />}
              tickLine={false}
              axisLine={false}
              interval={0}
            />
            <Tooltip
              cursor={{ fill: 'var(--line)', fillOpacity: 0.35 }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const row = payload?.[0]?.payload as BarRow | undefined;
                return active !== true || row === undefined ? null : (
                  <BarTooltip bar={row.bar} format={format} />
                );
              }}
            />
            <Bar dataKey="selection" barSize={16} isAnimationActive={false}>
              {rows.map(({ regime, bar }) => (
                <Cell key={regime} fill={fillOf(bar)} stroke={colorOf(bar)} />
              ))}
              {/* On a rim of the panel's color, so that it is seen on the bar, too. */}
              <ErrorBar
                dataKey="selectionError"
                direction="x"
                width={6}
                strokeWidth={4}
                stroke="var(--panel)"
              />
              <ErrorBar dataKey="selectionError" direction="x" width={5} strokeWidth={1.5} stroke={LINE} />
            </Bar>
            <Bar
              dataKey="holdout"
              barSize={8}
              isAnimationActive={false}
              fill="transparent"
              stroke={BAR}
              strokeWidth={1.5}
            >
              <ErrorBar dataKey="holdoutError" direction="x" width={3} strokeWidth={1} stroke={LINE} />
            </Bar>
            <LuckMarks marks={lucky} />
            <OutOfSampleMarks bars={bars} />
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
      </div>
    </ChartFigure>
  );
}

function legendOf(
  bars: readonly RegimeBar[],
  withLuck: boolean,
  reference: Reference | undefined,
): LegendItem[] {
  const won = bars.flatMap(({ champion }) => champion ?? []);
  const has = (wanted: boolean) => won.some(({ weight }) => (weight === 'above') === wanted);
  return [
    ...verdictColors(won.map(({ verdict }) => verdict)),
    ...(has(true) ? [{ name: texts.selectionAboveLuck, color: BAR }] : []),
    ...(has(false) ? [{ name: texts.selectionNotAboveLuck, color: HATCHED }] : []),
    ...(hasOutOfSample(bars) ? [{ name: texts.outOfSample, color: OUT_OF_SAMPLE, glyph: '◆' }] : []),
    ...(won.some(({ holdout }) => holdout !== null)
      ? [{ name: common.holdout, color: BAR, shape: 'outline' as const }]
      : []),
    ...(won.some(({ selection }) => selection.error !== null)
      ? [{ name: texts.oneStandardError, color: LINE, glyph: '├─┤' }]
      : []),
    ...(withLuck ? [{ name: texts.bestByLuck, color: 'var(--accent)', glyph: '┃' }] : []),
    ...(reference?.dashed === true
      ? [{ name: reference.name, color: reference.color, shape: 'dashed' as const }]
      : []),
  ];
}

/** A pattern of each color, by its place. */
function Hatching({ id, colors }: { readonly id: string; readonly colors: readonly string[] }) {
  return (
    <defs>
      {colors.map((color, i) => (
        <pattern
          key={color}
          id={`${id}${i}`}
          width={5}
          height={5}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={5} height={5} fill="var(--panel)" />
          <rect width={2} height={5} fill={color} />
        </pattern>
      ))}
    </defs>
  );
}

interface LuckMarksProps {
  readonly marks: readonly { readonly regime: string; readonly luck: number }[];
}

/** A stroke across both bars of a regime, where the best of all tries would end by luck alone. */
function LuckMarks({ marks }: LuckMarksProps) {
  return marks.map(({ regime, luck }) => (
    <ReferenceDot
      key={regime}
      x={luck}
      y={regime}
      shape={({ cx = 0, cy = 0 }) => (
        <line x1={cx} x2={cx} y1={cy - 17} y2={cy + 8} stroke="var(--accent)" strokeWidth={3} />
      )}
    />
  ));
}
