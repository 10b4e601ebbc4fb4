import { useMemo } from 'react';
import { formatCount, formatPercent } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { regimeColor } from './palette.ts';
import { TimePlot } from './time-plot.tsx';
import { formatBarTime } from './time-ticks.ts';

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
  readonly height?: number;
}

/** Closing price on a ground that is colored by regime. */
export function PriceChart(props: PriceChartProps) {
  const { title, note, time, close, label, regimes, regimeTitle, height } = props;
  const colors = useMemo(() => regimes.map((name) => regimeColor(regimes, name)), [regimes]);
  const bands = useMemo(() => ({ labels: label, colors }), [label, colors]);
  const lines = useMemo(
    () => [{ name: 'Close', color: 'var(--mantine-color-text)', values: close }],
    [close],
  );
  const shares = useMemo(() => {
    const counts = regimes.map(() => 0);
    for (const regime of label) counts[regime]!++;
    return counts.map((bars) => ({ bars, share: label.length === 0 ? 0 : bars / label.length }));
  }, [label, regimes]);
  const digits = priceDigits(close);

  return (
    <ChartFigure
      title={title}
      note={note}
      summary={`${formatCount(close.length)} bars. ${regimes
        .map((name, i) => `${regimeTitle(name)} ${formatPercent(shares[i]!.share)}`)
        .join(', ')}.`}
      legend={regimes.map((name, i) => ({ name: regimeTitle(name), color: colors[i]! }))}
      table={{
        columns: ['Regime', 'Bars shown', 'Share'],
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
        axis="Close, quote currency"
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatBarTime(time[bar]!)}
            figures={[
              ['Close', close[bar]!.toFixed(digits)],
              ['Regime', regimeTitle(regimes[label[bar]!]!)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}

/** Five significant digits and a bit: 1.08452, 151.234, 2650.12. */
function priceDigits(close: readonly number[]): number {
  const price = Math.abs(close[0] ?? 1);
  return price >= 1000 ? 2 : price >= 20 ? 3 : 5;
}
