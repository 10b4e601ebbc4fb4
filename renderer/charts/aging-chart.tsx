import { formatCount, formatNumber } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { LinePlot } from './line-plot.tsx';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis } from './value-plot.tsx';

export interface AgePoint {
  /** Mean age of the model in the window, days. */
  readonly days: number;
  readonly value: number;
  readonly error: number | null;
}

interface AgingChartProps {
  readonly title: string;
  /** What the figure is called: `Sharpe`. */
  readonly figure: string;
  readonly points: readonly AgePoint[];
  /** What is lost in 30 days; below zero it is gained. */
  readonly perMonth: number | null;
  readonly digits: number;
}

const LINE = 'var(--accent)';

/** What the first model of a validation is still worth as it ages. */
export function AgingChart({ title, figure, points, perMonth, digits }: AgingChartProps) {
  const text = (value: number | null) => formatNumber(value, digits);
  const decay =
    perMonth === null
      ? texts.tooFewWindowsForRate
      : perMonth >= 0
        ? texts.itLosesIn30Days({ perMonth: text(perMonth) })
        : texts.itGainsIn30Days({ perMonth: text(-perMonth) });
  const written = ({ value, error }: AgePoint) =>
    error === null ? text(value) : `${text(value)} ± ${text(error)}`;
  const ticks = valueTicks(
    points.flatMap(({ value, error }) => [0, value - (error ?? 0), value + (error ?? 0)]),
    4,
  );
  const ages = valueTicks([0, ...points.map(({ days }) => days)], 4);
  return (
    <ChartFigure
      title={title}
      note={texts.whiskersAreOneStandardError({ decay })}
      summary={`${points.map((point) => `${texts.countOfDays({ days: point.days })}: ${written(point)}`).join('; ')}. ${decay}`}
      table={{
        columns: [texts.meanAgeDays, figure, texts.error],
        rows: points.map(({ days, value, error }) => [formatCount(days), text(value), text(error)]),
      }}
    >
      <LinePlot
        height={190}
        room={ROOM}
        x={numberAxis(ages, { name: texts.meanAgeOfModelDays, hasMarks: true })}
        y={numberAxis(ticks, { hasGrid: true, hasMarks: true })}
        points={points.map(({ days, value, error }) => ({ x: days, y: value, error }))}
        color={LINE}
        behind={({ width, y }) => (
          <line x2={width} y1={y(0)} y2={y(0)} stroke="var(--mantine-color-dimmed)" />
        )}
        readout={(index) => {
          const point = points[index];
          return point === undefined ? null : (
            <ChartTooltip title={texts.dayOld({ days: point.days })} figures={[[figure, written(point)]]} />
          );
        }}
      />
    </ChartFigure>
  );
}

const ROOM = { left: 56, right: 16, top: 8, bottom: NAMED_AXIS };
