import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';
import { type PlotLine, TimePlot } from './time-plot.tsx';

interface ComparedEquityProps {
  /** Of each curve. */
  readonly names: readonly string[];
  /** ISO dates. */
  readonly days: readonly string[];
  /** Equity at the end of each day, of each curve, beginning with 1; null outside its window. */
  readonly equity: readonly (readonly (number | null)[])[];
}

/** Told apart by color and dashes, so that no pair depends on color alone. */
const COLORS = ['var(--accent)', 'var(--running)', 'var(--figure)', 'var(--gain)'];

const lookOf = (curve: number) => ({
  color: COLORS[curve % COLORS.length]!,
  dashed: curve >= COLORS.length,
});

/** Equity of several over each other, on the same days. */
export function ComparedEquity({ names, days, equity }: ComparedEquityProps) {
  const time = useMemo(() => days.map((day) => Date.parse(day)), [days]);
  const lines = useMemo(
    () =>
      equity.flatMap((values, curve): PlotLine[] => {
        const from = values.findIndex((value) => value !== null);
        if (from === -1) return [];
        const to = values.findLastIndex((value) => value !== null) + 1;
        return [
          { name: names[curve]!, ...lookOf(curve), values: values.map((value) => value ?? 1), from, to },
        ];
      }),
    [equity, names],
  );
  const ends = equity.map((values) => values.findLast((value) => value !== null) ?? null);
  return (
    <ChartFigure
      axes={{ left: texts.equityStart1 }}
      title={texts.equityOverEachOther}
      note={texts.atEndOfDaysUtc}
      summary={names
        .map(
          (name, curve) =>
            `${name}: ${ends[curve] === null ? texts.none : texts.endsAt({ ends: formatNumber(ends[curve], 4) })}`,
        )
        .join('; ')}
      legend={names.flatMap((name, curve) => {
        const { color, dashed } = lookOf(curve);
        return ends[curve] === null ? [] : [{ name, color, shape: dashed ? 'dashed' : 'line' }];
      })}
      table={{
        columns: [texts.day, ...names],
        rows: days.map((day, at) => [day, ...equity.map((values) => formatNumber(values[at], 4))]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={1}
        axis={texts.equityStart1}
        timeAxis={texts.daysOfMarket}
        isByDay
        readout={(at) => (
          <ChartTooltip
            title={days[at] ?? ''}
            figures={names.flatMap((name, curve) => {
              const value = equity[curve]?.[at];
              if (value === null || value === undefined) return [];
              return [[name, `${formatNumber(value, 4)}, ${formatPercent(value - 1)}`] as const];
            })}
          />
        )}
      />
    </ChartFigure>
  );
}
