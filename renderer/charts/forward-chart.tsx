import { useMemo } from 'react';
import type { ForwardDetailDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatPercent } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';
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
    const own = { name: common.onPaper, color: NET, values: drawn(net), bold: true };
    if (band === null) return [own];
    const first = low.findIndex((value) => value !== null);
    const end = low.findLastIndex((value) => value !== null) + 1;
    return [
      { name: texts.promised, color: PROMISED, values: drawn(promised), dashed: true },
      ...(first < 0
        ? []
        : [{ name: texts.band, color: LOW, values: drawn(low), from: first, to: end, dashed: true }]),
      own,
    ];
  }, [net, promised, low, band]);
  return (
    <ChartFigure
      axes={{ left: texts.summedNetPercent }}
      title={texts.onPaperDayBy}
      note={texts.netLogReturnAfterCosts}
      summary={texts.marketDaysEndAt({
        days: formatCount(days.length),
        net: percent(net.at(-1)),
        promised: percent(promised.at(-1)),
        low: percent(low.at(-1)),
      })}
      legend={[
        { name: common.onPaper, color: NET, shape: 'line' },
        ...(band === null
          ? []
          : [
              {
                name: texts.promisedByValidation({ validation: band.validation }),
                color: PROMISED,
                shape: 'line' as const,
              },
              {
                name: texts.where95Of100Healthy,
                color: LOW,
                shape: 'line' as const,
              },
            ]),
      ]}
      table={{
        columns: [texts.day, common.onPaper, texts.promised, texts.band],
        rows: days.map((day, i) => [day, percent(net[i]), percent(promised[i]), percent(low[i])]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={0}
        axis={texts.summedNetPercent}
        timeAxis={texts.daysOfMarket}
        isByDay
        height={260}
        readout={(bar) => (
          <ChartTooltip
            title={days[bar] ?? ''}
            figures={[
              [common.onPaper, percent(net[bar])],
              ...(band === null
                ? []
                : ([
                    [texts.promised, percent(promised[bar])],
                    [texts.band, percent(low[bar])],
                  ] as const)),
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
