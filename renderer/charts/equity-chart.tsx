import { useMemo } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatPercent, formatTime } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { regimeColor } from './palette.ts';
import { texts } from './texts.ts';
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
  const { trace, title = common.equity, height, regime, regimeTitle } = props;
  const { time, equity, drawdown, holdoutFrom, trades } = trace;
  const lines = useMemo(
    () =>
      tradeWindows(holdoutFrom, equity.length).map(({ part, name, from, to }) => ({
        name,
        color: WINDOW_COLORS[part],
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
      axes={{ left: texts.equityStart1 }}
      title={title}
      note={texts.afterCostsWithoutLeverage({ equity: <Term term="equity" />, windows: windows.length })}
      summary={windows
        .map(({ name, last, trades: count }) =>
          texts.endsAtAfterTrade({ name, last: formatNumber(last, 4), trades: count }),
        )
        .join('; ')}
      legend={[
        { name: common.selectionWindow, color: WINDOW_COLORS.selection, shape: 'line' },
        ...(windows.length === 1
          ? []
          : [{ name: common.holdout, color: WINDOW_COLORS.holdout, shape: 'line' as const }]),
        ...(bands === undefined ? [] : [{ name: regimeTitle(trace.regimes[shownRegime]!), color }]),
      ]}
      table={{
        columns: [common.window, texts.equityAtItsEnd, common.returnWord, common.trades],
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
        axis={texts.equityStart1}
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatTime(time[bar]!)}
            figures={[
              [common.window, bar < holdoutFrom ? common.selection : common.holdout],
              [common.equity, formatNumber(equity[bar], 4)],
              [texts.sinceItsStart, formatPercent(equity[bar]! - 1)],
              [common.drawdown, formatPercent(drawdown[bar])],
              [common.regime, regimeTitle(trace.regimes[trace.regime[bar]!]!)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
