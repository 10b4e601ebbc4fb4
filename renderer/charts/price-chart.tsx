import { useMemo } from 'react';
import { formatCount, formatNumber, formatPercent, formatTime } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure, type LegendItem } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { regimeColor } from './palette.ts';
import { texts } from './texts.ts';
import { TimePlot } from './time-plot.tsx';
import { barsHeld, type MarkedTrade, TRADE_COLORS, TRADE_GLYPHS, tradeMarks } from './trade-marks.ts';
import { windowSections } from './trade-windows.ts';

const TRADE_LEGEND: readonly LegendItem[] = [
  { name: texts.longEntered, color: TRADE_COLORS.long, glyph: TRADE_GLYPHS.long },
  { name: texts.shortEntered, color: TRADE_COLORS.short, glyph: TRADE_GLYPHS.short },
  { name: texts.left, color: 'var(--mantine-color-text)', glyph: TRADE_GLYPHS.exit },
  { name: texts.hollowHoldout, color: 'var(--mantine-color-text)', glyph: TRADE_GLYPHS.hollow },
];

/** Hollow marks are explained where there can be any. */
function legendOfTrades(holdoutFrom: number | undefined, bars: number): readonly LegendItem[] {
  return holdoutFrom !== undefined && holdoutFrom >= bars ? TRADE_LEGEND.slice(0, -1) : TRADE_LEGEND;
}

interface PriceChartProps {
  /** `Price and regimes, EURUSD H1`. */
  readonly title: string;
  readonly note?: React.ReactNode;
  /** Ms since 1970-01-01 UTC, ascending. */
  readonly time: readonly number[];
  readonly close: readonly number[];
  /** Index of the regime of each bar into `regimes`. */
  readonly label: readonly number[];
  readonly regimes: readonly string[];
  /** What a regime is called. */
  readonly regimeTitle: (name: string) => string;
  /** Drawn as marks where they were entered and left. */
  readonly trades?: readonly MarkedTrade[];
  /** One of them, whose way is drawn bold. */
  readonly trade?: MarkedTrade | undefined;
  /** Bars from this index on are the holdout; without it no window is told apart. */
  readonly holdoutFrom?: number;
  readonly height?: number;
}

/** Closing price on a ground that is colored by regime, with the trades of a strategy where they are given. */
export function PriceChart(props: PriceChartProps) {
  const { title, note, time, close, label, regimes, regimeTitle, trades, trade, holdoutFrom, height } = props;
  const colors = useMemo(() => regimes.map((name) => regimeColor(regimes, name)), [regimes]);
  const bands = useMemo(() => ({ labels: label, colors }), [label, colors]);
  const lines = useMemo(() => {
    const all = { name: common.closingPrice, color: 'var(--mantine-color-text)', values: close };
    const held = trade === undefined ? undefined : barsHeld(trade, time);
    if (trade === undefined || held === undefined) return [all];
    return [all, { name: texts.trade, color: TRADE_COLORS[trade.side], values: close, bold: true, ...held }];
  }, [close, time, trade]);
  const shares = useMemo(() => {
    const counts = regimes.map(() => 0);
    for (const regime of label) counts[regime]!++;
    return counts.map((bars) => ({ bars, share: label.length === 0 ? 0 : bars / label.length }));
  }, [label, regimes]);
  const digits = priceDigits(close);
  const marks = useMemo(() => (trades === undefined ? undefined : tradeMarks(trades, time)), [trades, time]);
  // Its ground belongs to the regimes.
  const sections = useMemo(
    () => (holdoutFrom === undefined ? undefined : windowSections(holdoutFrom, time.length, 'none')),
    [holdoutFrom, time.length],
  );

  return (
    <ChartFigure
      axes={{ left: texts.closeQuoteCurrency }}
      title={title}
      note={note}
      summary={`${texts.countOfBars({ bars: close.length })}. ${regimes
        .map((name, i) => `${regimeTitle(name)} ${formatPercent(shares[i]!.share)}`)
        .join(', ')}.${trades === undefined ? '' : texts.marksOfTrade({ trades: trades.length })}`}
      legend={[
        ...regimes.map((name, i) => ({ name: regimeTitle(name), color: colors[i]! })),
        ...(trades === undefined || trades.length === 0 ? [] : legendOfTrades(holdoutFrom, time.length)),
      ]}
      table={{
        columns: [common.regime, texts.barsShown, texts.share],
        rows: regimes.map((name, i) => [
          regimeTitle(name),
          formatCount(shares[i]!.bars),
          formatPercent(shares[i]!.share),
        ]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        bands={bands}
        sections={sections}
        marks={marks}
        axis={texts.closeQuoteCurrency}
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatTime(time[bar]!)}
            figures={[
              [common.closingPrice, formatNumber(close[bar], digits)],
              [common.regime, regimeTitle(regimes[label[bar]!]!)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}

/** Five significant digits and a bit: 1.08452, 151.234, 2650.12. */
export function priceDigits(close: readonly number[]): number {
  const price = Math.abs(close[0] ?? 1);
  return price >= 1000 ? 2 : price >= 20 ? 3 : 5;
}
