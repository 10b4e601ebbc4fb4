import { useMemo } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { formatPercent, formatTime } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';
import { TimePlot } from './time-plot.tsx';
import { tradeWindows, WINDOW_COLORS, windowSections } from './trade-windows.ts';

interface DrawdownChartProps {
  readonly trace: Pick<TraceDto, 'time' | 'drawdown' | 'holdoutFrom'>;
  readonly title?: string;
  readonly height?: number;
}

/** How far one strategy was below its best so far, in both windows: the equity chart's lower half. */
export function DrawdownChart({ trace, title = common.drawdown, height = 170 }: DrawdownChartProps) {
  const { time, drawdown, holdoutFrom } = trace;
  const below = useMemo(() => drawdown.map((share) => -100 * share), [drawdown]);
  const lines = useMemo(
    () =>
      tradeWindows(holdoutFrom, below.length).map(({ part, name, from, to }) => ({
        name,
        color: WINDOW_COLORS[part],
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
      axes={{ left: texts.drawdownPercent }}
      title={title}
      note={texts.distanceOfEquity({ drawdown: (words) => <Term term="drawdown">{words}</Term> })}
      summary={deepest
        .map(({ name, share }) => texts.nameAtMostShare({ name, share: formatPercent(share) }))
        .join('; ')}
      table={{
        columns: [common.window, common.maxDrawdown],
        rows: deepest.map(({ name, share }) => [name, formatPercent(share)]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        sections={sections}
        baseline={0}
        axis={texts.drawdownPercent}
        height={height}
        readout={(bar) => (
          <ChartTooltip
            title={formatTime(time[bar]!)}
            figures={[
              [common.window, bar < holdoutFrom ? common.selection : common.holdout],
              [common.drawdown, formatPercent(drawdown[bar], 2)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
