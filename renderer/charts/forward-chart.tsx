import { useMemo } from 'react';
import type { ForwardDetailDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatPercent } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { type PlotLine, TimePlot } from './time-plot.tsx';

const NET = 'var(--accent)';
const PROMISED = 'var(--running)';
const LOW = 'var(--mantine-color-dimmed)';

const percent = (value: number | null | undefined) => formatPercent(value, 2);
const drawn = (values: readonly (number | null)[]) =>
  values.map((value) => (value === null ? Number.NaN : 100 * value));

/** What a version earned on paper, day by day, beside what walk-forward promised and the band that a healthy model stays above. */
export function ForwardChart({ curve, band }: Pick<ForwardDetailDto, 'curve' | 'band'>) {
  const { days, net, promised, low } = curve;
  const time = useMemo(() => days.map((day) => Date.parse(day)), [days]);
  const lines = useMemo((): PlotLine[] => {
    const own = { name: 'On paper', color: NET, values: drawn(net), bold: true };
    if (band === null) return [own];
    const first = low.findIndex((value) => value !== null);
    const end = low.findLastIndex((value) => value !== null) + 1;
    return [
      { name: 'Promised', color: PROMISED, values: drawn(promised), dashed: true },
      ...(first < 0
        ? []
        : [{ name: 'Band', color: LOW, values: drawn(low), from: first, to: end, dashed: true }]),
      own,
    ];
  }, [net, promised, low, band]);
  return (
    <ChartFigure
      axes={{ left: 'Summed net, %' }}
      title="On paper, day by day"
      note="Net log return after costs, summed by market days that are over, percent."
      summary={`${formatCount(days.length)} market days end at ${percent(net.at(-1))}; promised were ${percent(promised.at(-1))}, the band ends at ${percent(low.at(-1))}`}
      legend={[
        { name: 'On paper', color: NET, shape: 'line' },
        ...(band === null
          ? []
          : [
              { name: `Promised by validation ${band.validation}`, color: PROMISED, shape: 'line' as const },
              {
                name: 'Where 95 of 100 healthy models stay above, all days at once, from day 20 on',
                color: LOW,
                shape: 'line' as const,
              },
            ]),
      ]}
      table={{
        columns: ['Day', 'On paper', 'Promised', 'Band'],
        rows: days.map((day, i) => [day, percent(net[i]), percent(promised[i]), percent(low[i])]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={0}
        axis="Summed net, %"
        timeAxis="Days of the market"
        isByDay
        height={260}
        readout={(bar) => (
          <ChartTooltip
            title={days[bar] ?? ''}
            figures={[
              ['On paper', percent(net[bar])],
              ...(band === null
                ? []
                : ([
                    ['Promised', percent(promised[bar])],
                    ['Band', percent(low[bar])],
                  ] as const)),
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
