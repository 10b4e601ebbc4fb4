import { useMemo } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatPercent, formatTime, plural } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { regimeColor } from './palette.ts';
import { TimePlot } from './time-plot.tsx';
import { tradeWindows, WINDOW_COLORS, windowSections } from './trade-windows.ts';

interface EquityChartProps {
  readonly trace: TraceDto;
  readonly title?: string;
  readonly height?: number;
  /** Regime whose bars get a colored ground. */
  readonly regime?: string | undefined;
  /** What a regime is called. */
  readonly regimeTitle: (name: string) => string;
}

/** Equity of one strategy: the window it was chosen by and the holdout, each beginning with 1. */
export function EquityChart(props: EquityChartProps) {
  const { trace, title = 'Equity', height, regime, regimeTitle } = props;
  const { time, equity, drawdown, holdoutFrom, trades } = trace;
  const lines = useMemo(
    () =>
      tradeWindows(holdoutFrom, equity.length).map(({ name, from, to }) => ({
        name,
        color: WINDOW_COLORS[name],
        values: equity,
        from,
        to,
      })),
    [equity, holdoutFrom],
  );
  const sections = useMemo(() => windowSections(holdoutFrom, equity.length), [equity.length, holdoutFrom]);
  const shownRegime = regime === undefined ? -1 : trace.regimes.indexOf(regime);
  const color = regimeColor(trace.regimes, regime ?? '');
  const bands = useMemo(
    () =>
      shownRegime === -1
        ? undefined
        : {
            labels: trace.regime.map((label) => (label === shownRegime ? 1 : 0)),
            colors: ['transparent', color],
          },
    [trace.regime, shownRegime, color],
  );
  const windows = tradeWindows(holdoutFrom, equity.length).map(({ name, from, to }) => ({
    name,
    // Without a bar it is where it began.
    last: from === to ? 1 : equity[to - 1]!,
    trades: trades.filter((trade) => trade.holdout === (name === 'Holdout')).length,
  }));

  return (
    <ChartFigure
      axes={{ left: 'Equity, start = 1' }}
      title={title}
      note={
        <>
          <Term term="equity" /> after costs, without leverage. Begins with 1{' '}
          {windows.length === 1
            ? 'where the selection window does; the holdout is hidden.'
            : 'in each window; the holdout was never used to choose anything.'}
        </>
      }
      summary={windows
        .map(
          ({ name, last, trades: count }) =>
            `${name}: ends at ${formatNumber(last, 4)} after ${plural(count, 'trade')}`,
        )
        .join('; ')}
      legend={[
        { name: 'Selection window', color: WINDOW_COLORS.Selection, shape: 'line' },
        ...(windows.length === 1
          ? []
          : [{ name: 'Holdout', color: WINDOW_COLORS.Holdout, shape: 'line' as const }]),
        ...(bands === undefined ? [] : [{ name: regimeTitle(trace.regimes[shownRegime]!), color }]),
      ]}
      table={{
        columns: ['Window', 'Equity at its end', 'Return', 'Trades'],
        rows: windows.map(({ name, last, trades: count }) => [
          name,
          formatNumber(last, 4),
          formatPercent(last - 1),
          String(count),
        ]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        sections={sections}
        bands={bands}
        baseline={1}
        axis="Equity, start = 1"
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatTime(time[bar]!)}
            figures={[
              ['Window', bar < holdoutFrom ? 'Selection' : 'Holdout'],
              ['Equity', formatNumber(equity[bar], 4)],
              ['Since its start', formatPercent(equity[bar]! - 1)],
              ['Drawdown', formatPercent(drawdown[bar])],
              ['Regime', regimeTitle(trace.regimes[trace.regime[bar]!]!)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
