import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { nextTo } from './line-plot.tsx';
import { dots } from './plot-shapes.ts';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { pickRow } from './trial-plot.tsx';
import { NAMED_AXIS, numberAxis, type PlotPlace, ValuePlot } from './value-plot.tsx';

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
  const best = bestSoFar(points, lowerIsBetter);
  const last = best.at(-1);
  const end = Math.max(2, total);
  const trialTicks = valueTicks([0, end], 6).filter(
    (tick) => tick >= 1 && tick <= end && Number.isInteger(tick),
  );
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
      <ValuePlot
        height={240}
        room={ROOM}
        x={{ ...numberAxis(trialTicks, { name: common.trial, hasMarks: true }), low: 1, high: end }}
        y={numberAxis(ticks, { hasGrid: true, hasMarks: true })}
        draw={(place) => <Drawing points={points} best={best} end={end} place={place} />}
        find={(x, _, place) =>
          nextTo(
            points.map(({ trial }) => ({ x: trial })),
            x,
            place,
          )
        }
        cursor={(index, { x, height }) => {
          const point = points[index];
          return point === undefined ? null : (
            <line
              x1={x(point.trial)}
              x2={x(point.trial)}
              y2={height}
              stroke="var(--line-strong)"
              strokeDasharray="3 3"
            />
          );
        }}
        onPick={
          onPick &&
          ((index) => {
            const point = points[index];
            if (point !== undefined) onPick(point.trial);
          })
        }
        readout={(index) => {
          const point = points[index];
          return point === undefined ? null : (
            <ChartTooltip
              title={texts.trialGivenUpEarly({ trial: formatCount(point.trial), isWhole: point.isWhole })}
              figures={[[objective, formatNumber(point.value, 4)]]}
            />
          );
        }}
      />
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

const ROOM = { left: 64, right: 16, top: 8, bottom: NAMED_AXIS };

interface DrawingProps {
  readonly points: readonly TrialPoint[];
  /** As `bestSoFar` has them. */
  readonly best: readonly TrialPoint[];
  /** The last trial that there will be. */
  readonly end: number;
  readonly place: PlotPlace;
}

function Drawing({ points, best, end, place: { x, y } }: DrawingProps) {
  const steps = best.map(({ trial, value }, i) =>
    i === 0 ? `M${x(trial)} ${y(value)}` : `H${x(trial)}V${y(value)}`,
  );
  const at = (isWhole: boolean) =>
    points
      .filter((point) => point.isWhole === isWhole)
      .map(({ trial, value }) => ({ x: x(trial), y: y(value) }));
  return (
    <>
      {steps.length === 0 ? null : (
        <path d={`${steps.join('')}H${x(end)}`} fill="none" stroke={BEST} strokeWidth={2} />
      )}
      <path d={dots(at(false), 3.5)} fill="none" stroke={POINT} />
      <path d={dots(at(true), 3.5)} fill={POINT} stroke={POINT} />
    </>
  );
}
