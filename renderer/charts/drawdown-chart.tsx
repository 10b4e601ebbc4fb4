import { useMemo } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { formatPercent, formatTime } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { TimePlot } from './time-plot.tsx';
import { tradeWindows, WINDOW_COLORS, windowSections } from './trade-windows.ts';

interface DrawdownChartProps {
  readonly trace: Pick<TraceDto, 'time' | 'drawdown' | 'holdoutFrom'>;
  readonly title?: string;
  readonly height?: number;
}

/** How far one strategy was below its best so far, in both windows: the equity chart's lower half. */
export function DrawdownChart({ trace, title = 'Drawdown', height = 170 }: DrawdownChartProps) {
  const { time, drawdown, holdoutFrom } = trace;
  const below = useMemo(() => drawdown.map((share) => -100 * share), [drawdown]);
  const lines = useMemo(
    () =>
      tradeWindows(holdoutFrom, below.length).map(({ name, from, to }) => ({
        name,
        color: WINDOW_COLORS[name],
        values: below,
        from,
        to,
        filled: true,
      })),
    [below, holdoutFrom],
  );
  const sections = useMemo(() => windowSections(holdoutFrom, below.length), [below.length, holdoutFrom]);
  const deepest = tradeWindows(holdoutFrom, drawdown.length).map(({ name, from, to }) => ({
    name,
    share: drawdown.slice(from, to).reduce((most, share) => Math.max(most, share), 0),
  }));
  return (
    <ChartFigure
      axes={{ left: 'Drawdown, %' }}
      title={title}
      note={
        <>
          <Term term="drawdown">Distance</Term> of the equity from its highest value of the window so far.
        </>
      }
      summary={deepest.map(({ name, share }) => `${name}: at most ${formatPercent(share)}`).join('; ')}
      table={{
        columns: ['Window', 'Max drawdown'],
        rows: deepest.map(({ name, share }) => [name, formatPercent(share)]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        sections={sections}
        baseline={0}
        axis="Drawdown, %"
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatTime(time[bar]!)}
            figures={[
              ['Window', bar < holdoutFrom ? 'Selection' : 'Holdout'],
              ['Drawdown', formatPercent(drawdown[bar], 2)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
