import { useMemo } from 'react';
import { formatNumber, formatPercent, formatTime } from '../../ui/format.ts';
import { common } from '../../ui/texts/common.ts';
import { ChartFigure, type LegendItem } from '../chart-figure.tsx';
import { regimeColor } from '../palette.ts';
import { priceDigits } from '../price-chart.tsx';
import { type CandleBars, type CandleSpan, type CandleTrade, placeTrades } from './candle-data.ts';
import { CandlePlotBox, type PlotLook } from './candle-plot-box.tsx';
import type { PlotPane } from './plot.ts';
import { texts } from './texts.ts';

interface CandleChartProps {
  /** `Candles of EURUSD H1`. */
  readonly title: string;
  readonly note?: React.ReactNode;
  readonly bars: CandleBars;
  /** Index of the regime of each bar into `regimes`; without it no ground is colored. */
  readonly label?: readonly number[];
  readonly regimes?: readonly string[];
  /** What a regime is called. */
  readonly regimeTitle: (name: string) => string;
  readonly trades?: readonly CandleTrade[];
  /** Number of the trade that is looked at from near; undefined: none. */
  readonly chosen?: number | undefined;
  readonly spans?: readonly CandleSpan[];
  readonly panes?: readonly PlotPane[];
  /** Asks for bars before the first, where there are any. */
  onEarlier?(): void;
}

const NONE: readonly never[] = [];

/** Newest bars of the table that stands for the chart. */
const TABLE_BARS = 500;

/** Candles to zoom, drag and point at, on a ground of regimes, with trades on them and further figures below. */
export function CandleChart(props: CandleChartProps) {
  const { title, note, bars, regimeTitle, chosen, onEarlier } = props;
  const { label = NONE, regimes = NONE, trades = NONE, spans = NONE, panes = NONE } = props;
  const digits = priceDigits(bars.close);
  const placed = useMemo(() => placeTrades(trades, bars.time), [trades, bars.time]);
  const regimeColors = useMemo(() => regimes.map((name) => regimeColor(regimes, name)), [regimes]);
  const content = useMemo(
    () => ({ bars, digits, label, regimeColors, spans, trades: placed, chosen, panes }),
    [bars, digits, label, regimeColors, spans, placed, chosen, panes],
  );
  const look = useMemo((): PlotLook | undefined => {
    const trade = placed.find(({ number }) => number === chosen);
    if (trade === undefined) return undefined;
    const margin = Math.max(20, 3 * (trade.exit - trade.entry));
    return { from: trade.entry - margin, to: trade.exit + margin };
  }, [placed, chosen]);
  const shares = useMemo(() => regimeShares(label, regimes.length), [label, regimes.length]);
  const readout = (bar: number): [string, string][] => [
    [texts.open, formatNumber(bars.open[bar], digits)],
    [texts.high, formatNumber(bars.high[bar], digits)],
    [texts.low, formatNumber(bars.low[bar], digits)],
    [common.closingPrice, formatNumber(bars.close[bar], digits)],
    ...(regimes.length === 0
      ? []
      : [[common.regime, regimeTitle(regimes[label[bar]!] ?? '')] as [string, string]]),
    ...panes.map(({ title: name, values, digits: d }) => {
      return [name, formatNumber(values[bar], d)] as [string, string];
    }),
  ];
  const prices = useMemo(() => summaryOf(bars, digits), [bars, digits]);
  const summary = `${prices}${regimes
    .map((name, i) => ` ${regimeTitle(name)} ${formatPercent(shares[i])}.`)
    .join('')}${trades.length === 0 ? '' : texts.tradeDrawn({ trades: placed.length })}`;
  const table = () => candleTable({ bars, digits, label, regimes, regimeTitle, panes });
  return (
    <ChartFigure
      title={title}
      note={note}
      summary={summary}
      hasControls
      legend={legendOf({ regimes, regimeColors, regimeTitle, trades })}
      table={table}
    >
      <CandlePlotBox
        label={`${title}. ${summary}`}
        content={content}
        look={look}
        readout={readout}
        onEarlier={onEarlier}
      />
    </ChartFigure>
  );
}

function regimeShares(label: readonly number[], regimes: number): number[] {
  const counts = new Array<number>(regimes).fill(0);
  for (const regime of label) counts[regime] = (counts[regime] ?? 0) + 1;
  return counts.map((bars) => (label.length === 0 ? 0 : bars / label.length));
}

function summaryOf({ time, high, low, close }: CandleBars, digits: number): string {
  if (time.length === 0) return texts.noBars;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (const value of high) highest = Math.max(highest, value);
  for (const value of low) lowest = Math.min(lowest, value);
  return texts.barFromToLowestHighest({
    bars: time.length,
    first: formatTime(time[0]!),
    last: formatTime(time.at(-1)!),
    lowest: formatNumber(lowest, digits),
    highest: formatNumber(highest, digits),
    close: formatNumber(close.at(-1), digits),
  });
}

function legendOf({
  regimes,
  regimeColors,
  regimeTitle,
  trades,
}: Required<Pick<CandleChartProps, 'regimes' | 'regimeTitle' | 'trades'>> & {
  readonly regimeColors: readonly string[];
}): LegendItem[] {
  const text = 'var(--mantine-color-text)';
  return [
    ...regimes.map((name, i) => ({ name: regimeTitle(name), color: regimeColors[i]! })),
    ...(trades.length === 0
      ? []
      : [
          { name: texts.longFromItsTip, color: text, glyph: '▲' },
          { name: texts.shortFromItsTip, color: text, glyph: '▼' },
          { name: texts.tradeThatGained, color: 'var(--gain)', shape: 'line' as const },
          { name: texts.tradeThatLost, color: 'var(--loss)', shape: 'line' as const },
        ]),
    ...(trades.some(({ stop }) => stop !== null)
      ? [{ name: texts.stopAndTarget, color: text, shape: 'dashed' as const }]
      : []),
    ...(trades.some(({ holdout }) => holdout)
      ? [{ name: texts.hollowHoldout, color: text, glyph: '△' }]
      : []),
  ];
}

function candleTable({
  bars,
  digits,
  label,
  regimes,
  regimeTitle,
  panes,
}: Required<Pick<CandleChartProps, 'bars' | 'label' | 'regimes' | 'regimeTitle' | 'panes'>> & {
  readonly digits: number;
}) {
  const newest = Array.from(
    { length: Math.min(TABLE_BARS, bars.time.length) },
    (_, i) => bars.time.length - 1 - i,
  );
  return {
    columns: [
      texts.time,
      texts.open,
      texts.high,
      texts.low,
      common.closingPrice,
      ...(regimes.length === 0 ? [] : [common.regime]),
      ...panes.map((pane) => pane.title),
    ],
    rows: newest.map((bar) => [
      formatTime(bars.time[bar]!),
      ...[bars.open, bars.high, bars.low, bars.close].map((values) => formatNumber(values[bar], digits)),
      ...(regimes.length === 0 ? [] : [regimeTitle(regimes[label[bar]!] ?? '')]),
      ...panes.map(({ values, digits: d }) => formatNumber(values[bar], d)),
    ]),
  };
}
