import { useElementSize } from '@mantine/hooks';
import { formatCount, formatDuration, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { AXIS_TEXT } from './palette.ts';
import { PointedArea } from './pointed-area.tsx';
import { linearScale, tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { type TimedTrial, type TrialBar, trialLanes } from './trial-lanes.ts';
import { BEST_TRIAL, pickRow, TRIAL } from './trial-plot.tsx';

const LEFT = 74;
const RIGHT = 24;
const LANE = 26;
const BAR = 18;
const BOTTOM = 40;
const TOP = 6;
const FIRST_WIDTH = 600;
const FAILED = 'var(--loss)';

/** Trials as bars over time, one lane a worker. */
export function TrialTimeline({
  trials,
  onPick,
}: {
  readonly trials: readonly TimedTrial[];
  /** What a click on a bar does, by the trial's name. */
  readonly onPick?: (name: string) => void;
}) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured > 0 ? Math.floor(measured) : FIRST_WIDTH;
  const bars = trialLanes(trials);
  const lanes = Math.max(1, ...bars.map(({ lane }) => lane + 1));
  const start = Math.min(...bars.map(({ startedAt }) => startedAt));
  const end = Math.max(...bars.map(({ endedAt }) => endedAt));
  const seconds = bars.length === 0 ? 0 : (end - start) / 1000;
  const ticks = valueTicks([0, seconds], width < 500 ? 3 : 6).filter((tick) => tick <= seconds);
  const digits = tickDigits(ticks);
  const x = linearScale(0, Math.max(seconds, 1e-3), LEFT, width - RIGHT);
  const height = TOP + lanes * LANE + BOTTOM;
  const rest = trials.length - bars.length;
  const place = ({ startedAt, endedAt, lane }: TrialBar) => {
    const left = x((startedAt - start) / 1000);
    return { left, wide: Math.max(1, x((endedAt - start) / 1000) - left - 0.75), top: TOP + lane * LANE };
  };
  /** The bar at a place of the drawing, which is as tall as its lane for whoever points at it. */
  const barAt = (across: number, down: number) =>
    bars.find((bar) => {
      const { left, wide, top } = place(bar);
      return across >= left && across <= left + wide && down >= top && down < top + LANE;
    });
  const pathOf = (pick: (bar: TrialBar) => boolean) =>
    bars
      .filter(pick)
      .map((bar) => {
        const { left, wide, top } = place(bar);
        return `M${left.toFixed(1)} ${top + (LANE - BAR) / 2}h${wide.toFixed(1)}v${BAR}h${(-wide).toFixed(1)}z`;
      })
      .join('');
  return (
    <ChartFigure
      title={texts.timeline}
      note={texts.trialsOverTimeSinceFirst({ rest })}
      summary={texts.trialInUp({
        trials: bars.length,
        seconds: formatDuration(seconds),
        lanes: formatCount(lanes),
      })}
      legend={[
        { name: texts.allFolds, color: TRIAL },
        { name: texts.givenUpEarly, color: TRIAL, shape: 'outline' },
        { name: common.failed, color: FAILED },
        { name: texts.best, color: BEST_TRIAL },
      ]}
      table={{
        columns: [common.trial, texts.tried, texts.worker, texts.beganAfter, common.took],
        ...pickRow(bars, onPick === undefined ? undefined : ({ name }: TrialBar) => onPick(name)),
        rows: bars.map(({ name, state, isBest, lane, startedAt, seconds: took }) => [
          `${name}${isBest ? ' (best)' : ''}`,
          STATE_TEXT[state],
          formatCount(lane + 1),
          formatDuration((startedAt - start) / 1000),
          formatDuration(took),
        ]),
      }}
    >
      <PointedArea
        ref={ref}
        find={(px, py) => barAt(px, py) ?? null}
        onPick={onPick && (({ name }) => onPick(name))}
        isPickable={onPick !== undefined}
      >
        <svg width={width} height={height} aria-hidden>
          {ticks.map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} ${TOP}V${height - BOTTOM}`} stroke="var(--line)" />
              <text {...AXIS_TEXT} x={x(tick)} y={height - BOTTOM + 18} textAnchor="middle">
                {seconds < 60 ? texts.tickS({ tick: formatNumber(tick, digits) }) : formatDuration(tick)}
              </text>
            </g>
          ))}
          {Array.from({ length: lanes }, (_, i) => i).map((lane) => (
            <text
              key={lane}
              {...AXIS_TEXT}
              x={LEFT - 10}
              y={TOP + (lane + 0.5) * LANE}
              textAnchor="end"
              dominantBaseline="central"
            >
              {texts.workerLane({ lane: lane + 1 })}
            </text>
          ))}
          <path d={`M${LEFT} ${height - BOTTOM}H${width - RIGHT}`} stroke="var(--line-strong)" />
          <path d={pathOf(({ state, isBest }) => state === 'completed' && !isBest)} fill={TRIAL} />
          <path
            d={pathOf(({ state }) => state === 'pruned')}
            fill="var(--panel)"
            stroke={TRIAL}
            strokeWidth={1}
          />
          <path d={pathOf(({ state }) => state === 'failed')} fill={FAILED} />
          <path d={pathOf(({ isBest }) => isBest)} fill={BEST_TRIAL} />
        </svg>
      </PointedArea>
    </ChartFigure>
  );
}

const STATE_TEXT = texts.stateText;
