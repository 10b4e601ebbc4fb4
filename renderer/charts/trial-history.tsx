import { formatCount, formatNumber } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { AXIS_TEXT } from './palette.ts';
import { linearScale, tickDigits, valueTicks } from './scale.ts';

export interface TrialPoint {
  /** From 1. */
  readonly trial: number;
  readonly value: number;
  /** Tried on all folds. */
  readonly isWhole: boolean;
  /** Its parameters, in words. */
  readonly text: string;
}

const WIDTH = 720;
const HEIGHT = 240;
const MARGIN = { left: 60, right: 12, top: 10, bottom: 34 };
const RADIUS = 3.5;

/** How far a study came: the value of every trial, and the best until then as a line of steps. */
export function TrialHistory({
  title,
  objective,
  lowerIsBetter,
  total,
  points,
}: {
  readonly title: string;
  readonly objective: string;
  readonly lowerIsBetter: boolean;
  /** Trials that there will be at most. */
  readonly total: number;
  readonly points: readonly TrialPoint[];
}) {
  const ticks = valueTicks(
    points.map(({ value }) => value),
    5,
  );
  const digits = tickDigits(ticks);
  const x = linearScale(1, Math.max(2, total), MARGIN.left + RADIUS, WIDTH - MARGIN.right - RADIUS);
  const y = linearScale(ticks[0]!, ticks.at(-1)!, HEIGHT - MARGIN.bottom, MARGIN.top);
  const best = bestSoFar(points, lowerIsBetter);
  const last = best.at(-1);
  const trialTicks = valueTicks([0, Math.max(2, total)], 6).filter((tick) => tick >= 1 && tick <= total);
  return (
    <ChartFigure
      title={title}
      note={`${objective} over the folds inside the training window; ${lowerIsBetter ? 'lower' : 'higher'} is better.`}
      summary={
        last === undefined
          ? 'No trial has been tried to its end yet.'
          : `${formatCount(points.length)} trials; the best, trial ${last.trial}, has ${formatNumber(last.value, 4)}.`
      }
      legend={[
        { name: 'Tried on all folds', color: 'var(--figure)', glyph: '●' },
        { name: 'Given up early', color: 'var(--figure)', glyph: '○' },
        { name: 'Best so far', color: 'var(--accent)', shape: 'line' },
      ]}
      table={{
        columns: ['Trial', objective, 'Tried', 'Parameters'],
        rows: points.map(({ trial, value, isWhole, text }) => [
          formatCount(trial),
          formatNumber(value, 4),
          isWhole ? 'on all folds' : 'given up early',
          text,
        ]),
      }}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end" {...AXIS_TEXT}>
              {formatNumber(tick, digits)}
            </text>
          </g>
        ))}
        {trialTicks.map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT - MARGIN.bottom + 16} textAnchor="middle" {...AXIS_TEXT}>
            {formatCount(tick)}
          </text>
        ))}
        <text x={(MARGIN.left + WIDTH) / 2} y={HEIGHT - 3} textAnchor="middle" {...AXIS_TEXT}>
          Trial
        </text>
        {points.map(({ trial, value, isWhole, text }) => (
          <circle
            key={trial}
            cx={x(trial)}
            cy={y(value)}
            r={RADIUS}
            fill={isWhole ? 'var(--figure)' : 'none'}
            stroke="var(--figure)"
          >
            <title>{`Trial ${trial}: ${formatNumber(value, 4)}${isWhole ? '' : ', given up early'}; ${text}`}</title>
          </circle>
        ))}
        <path d={stepsOf(best, total, x, y)} fill="none" stroke="var(--accent)" strokeWidth={2} />
      </svg>
    </ChartFigure>
  );
}

/** Each trial that was better than all whole ones before it. */
export function bestSoFar(points: readonly TrialPoint[], lowerIsBetter: boolean): TrialPoint[] {
  const best: TrialPoint[] = [];
  for (const point of points.toSorted((a, b) => a.trial - b.trial)) {
    const before = best.at(-1);
    if (!point.isWhole) continue;
    if (before === undefined || (lowerIsBetter ? point.value < before.value : point.value > before.value))
      best.push(point);
  }
  return best;
}

function stepsOf(
  best: readonly TrialPoint[],
  total: number,
  x: (trial: number) => number,
  y: (value: number) => number,
): string {
  const [first] = best;
  if (first === undefined) return '';
  const steps = best.map(({ trial, value }) => `H${x(trial)} V${y(value)}`).join(' ');
  return `M${x(first.trial)} ${y(first.value)} ${steps} H${x(Math.max(2, total))}`;
}
