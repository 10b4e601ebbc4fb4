import { type Verdict, verdictText } from '../../engine/contract/verdict.ts';
import { formatPercent } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { verdictColor, verdictColors } from './palette.ts';
import { nearest, shapes } from './plot-shapes.ts';
import { formatShareTick } from './regime-bars.tsx';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis, ValuePlot } from './value-plot.tsx';

export interface RiskReturnPoint {
  /** Unique: `Bull trending, Random forest EURUSD H1`. */
  readonly label: string;
  /** Points of one group share their shape. */
  readonly group: string;
  /** Its color. */
  readonly verdict: Verdict;
  /** Fraction of peak equity. */
  readonly maxDrawdown: number;
  /** Fraction. */
  readonly totalReturn: number;
}

const MARKS = [
  { shape: 'circle', glyph: '●' },
  { shape: 'square', glyph: '■' },
  { shape: 'triangle', glyph: '▲' },
  { shape: 'diamond', glyph: '◆' },
  { shape: 'star', glyph: '★' },
  { shape: 'cross', glyph: '✚' },
] as const;

/** Return of each champion against its drawdown: up and to the left is better. */
export function RiskReturn({ points }: { readonly points: readonly RiskReturnPoint[] }) {
  const groups = [...new Set(points.map(({ group }) => group))];
  return (
    <ChartFigure
      axes={{ left: texts.returnPercent, bottom: texts.maxDrawdownPercentOfPeak }}
      title={texts.riskAgainstReturn}
      note={texts.againstOnSelectionWindow({
        totalReturn: <Term term="totalReturn" />,
        maxDrawdown: <Term term="maxDrawdown" />,
      })}
      summary={points
        .map((p) =>
          texts.returnMaxDrawdown({
            label: p.label,
            totalReturn: formatPercent(p.totalReturn),
            maxDrawdown: formatPercent(p.maxDrawdown),
          }),
        )
        .join('; ')}
      legend={[
        ...groups.map((name, g) => ({
          name,
          color: 'var(--mantine-color-dimmed)',
          glyph: MARKS[g % MARKS.length]!.glyph,
        })),
        ...verdictColors(points.map(({ verdict }) => verdict)),
      ]}
      table={{
        columns: [common.champion, common.verdict, common.maxDrawdown, common.returnWord],
        rows: points.map((p) => [
          p.label,
          verdictText(p.verdict),
          formatPercent(p.maxDrawdown),
          formatPercent(p.totalReturn),
        ]),
      }}
    >
      <ValuePlot
        height={290}
        room={ROOM}
        x={axisOf(
          points.map(({ maxDrawdown }) => maxDrawdown),
          texts.maxDrawdownPercentOfPeak,
        )}
        y={axisOf(
          points.map(({ totalReturn }) => totalReturn),
          texts.returnPercent,
        )}
        draw={({ width, x, y }) => (
          <>
            <line x2={width} y1={y(0)} y2={y(0)} stroke="var(--mantine-color-text)" />
            {points.map(({ label, group, verdict, maxDrawdown, totalReturn }) => (
              <path
                key={label}
                d={shapes(
                  [{ x: x(maxDrawdown), y: y(totalReturn) }],
                  MARKS[groups.indexOf(group) % MARKS.length]!.shape,
                )}
                fill={verdictColor(verdict)}
              />
            ))}
          </>
        )}
        find={(px, py, { x, y }) =>
          nearest(
            points.map(({ maxDrawdown, totalReturn }, index) => ({
              index,
              x: x(maxDrawdown),
              y: y(totalReturn),
            })),
            px,
            py,
          )?.index ?? null
        }
        readout={(index) => {
          const point = points[index];
          return point === undefined ? null : (
            <ChartTooltip
              title={point.label}
              figures={[
                [common.verdict, verdictText(point.verdict)],
                [common.returnWord, formatPercent(point.totalReturn)],
                [common.maxDrawdown, formatPercent(point.maxDrawdown)],
              ]}
            />
          );
        }}
      />
    </ChartFigure>
  );
}

const ROOM = { left: 78, right: 20, top: 8, bottom: NAMED_AXIS };

/** Round ticks that enclose all values and zero. */
function axisOf(values: readonly number[], name: string) {
  return numberAxis(valueTicks([0, ...values], 5), { name, hasGrid: true, format: formatShareTick });
}
