import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { pickRow } from './trial-plot.tsx';

export interface TrialPoint {
  /** From 1. */
  readonly trial: number;
  readonly value: number;
  /** Tried on all folds. */
  readonly isWhole: boolean;
  /** Its parameters, in words. */
  readonly text: string;
}

const POINT = 'var(--figure)';
const BEST = 'var(--accent)';

/** How far a study came: the value of every trial, and the best until then as a line of steps. */
export function TrialHistory({
  title,
  objective,
  lowerIsBetter,
  total,
  points,
  onPick,
}: {
  readonly title: string;
  readonly objective: string;
  readonly lowerIsBetter: boolean;
  /** Trials that there will be at most. */
  readonly total: number;
  readonly points: readonly TrialPoint[];
  /** What a click on a trial does, and near it: the one that the tooltip tells of. */
  readonly onPick?: (trial: number) => void;
}) {
  const ticks = valueTicks(
    points.map(({ value }) => value),
    5,
  );
  const digits = tickDigits(ticks);
  const best = bestSoFar(points, lowerIsBetter);
  const last = best.at(-1);
  const end = Math.max(2, total);
  const trialTicks = valueTicks([0, end], 6).filter((tick) => tick >= 1 && tick <= end);
  return (
    <ChartFigure
      title={title}
      note={texts.overFoldsInsideTrainingWindow({ objective, lowerIsBetter })}
      summary={
        last === undefined
          ? texts.noTrialHasBeenTried
          : texts.trialBestTrialHas({
              trials: points.length,
              trial: last.trial,
              last: formatNumber(last.value, 4),
            })
      }
      legend={[
        { name: texts.triedOnAllFolds, color: POINT, glyph: '●' },
        { name: texts.givenUpEarly, color: POINT, glyph: '○' },
        { name: texts.bestSoFar, color: BEST, shape: 'line' },
      ]}
      table={{
        columns: [common.trial, objective, texts.tried, texts.parameters],
        ...pickRow(points, onPick === undefined ? undefined : ({ trial }: TrialPoint) => onPick(trial)),
        rows: points.map(({ trial, value, isWhole, text }) => [
          formatCount(trial),
          formatNumber(value, 4),
          isWhole ? texts.onAllFolds : texts.givenUpEarlyWord,
          text,
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <ComposedChart
          data={rowsOf(points, best, end)}
          margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
          accessibilityLayer={false}
          {...(onPick === undefined
            ? {}
            : {
                style: { cursor: 'pointer' },
                onClick: ({ activeLabel }) => {
                  const trial = Number(activeLabel);
                  if (points.some((point) => point.trial === trial)) onPick(trial);
                },
              })}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="trial"
            domain={[1, end]}
            ticks={trialTicks}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{ value: common.trial, position: 'insideBottom', offset: -14, ...AXIS_TEXT }}
          />
          <YAxis
            type="number"
            domain={[ticks[0]!, ticks.at(-1)!]}
            ticks={ticks}
            tickFormatter={(tick: number) => formatNumber(tick, digits)}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            width={60}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '3 3' }}
            content={({ active, payload }) => {
              const point = (payload?.[0]?.payload as Row | undefined)?.point;
              return active !== true || point === undefined ? null : (
                <ChartTooltip
                  title={texts.trialGivenUpEarly({ trial: formatCount(point.trial), isWhole: point.isWhole })}
                  figures={[[objective, formatNumber(point.value, 4)]]}
                />
              );
            }}
          />
          <Line
            dataKey="best"
            type="stepAfter"
            stroke={BEST}
            strokeWidth={2}
            dot={false}
            activeDot={false}
            connectNulls
            isAnimationActive={false}
          />
          <Line
            dataKey="value"
            stroke="none"
            activeDot={false}
            isAnimationActive={false}
            dot={({ cx, cy, payload }: { cx?: number; cy?: number; payload: Row }) => (
              <circle
                key={payload.trial}
                cx={cx}
                cy={cy}
                r={payload.point === undefined ? 0 : 3.5}
                fill={payload.point?.isWhole === true ? POINT : 'none'}
                stroke={POINT}
              />
            )}
          />
        </ComposedChart>
      </ResponsiveContainer>
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

interface Row {
  readonly trial: number;
  readonly value: number | null;
  /** Only where it changes, and at the end. */
  readonly best: number | null;
  readonly point?: TrialPoint;
}

function rowsOf(points: readonly TrialPoint[], best: readonly TrialPoint[], end: number): Row[] {
  const bests = new Set(best);
  const rows = points
    .toSorted((a, b) => a.trial - b.trial)
    .map((point): Row => {
      const { trial, value } = point;
      return { trial, value, best: bests.has(point) ? value : null, point };
    });
  return [...rows, { trial: end, value: null, best: best.at(-1)?.value ?? null }];
}
