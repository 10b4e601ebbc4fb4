import { formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { AXIS_TEXT } from './palette.ts';
import { linearScale, tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { type ParameterRange, type TrialAxis, trialAxis } from './trial-axis.ts';
import { BEST_TRIAL, bestTrial, type PlottedTrial, TRIAL, TrialPlot, trialTable } from './trial-plot.tsx';

interface ParallelCoordinatesProps {
  readonly objective: string;
  readonly lowerIsBetter: boolean;
  readonly parameters: readonly ParameterRange[];
  readonly trials: readonly PlottedTrial[];
  /** What a line is: `Trial`. */
  readonly noun?: string;
  /** Which of them are drawn. */
  readonly note?: string;
  /** What a click on a line does. */
  readonly onPick?: (trial: PlottedTrial) => void;
}

/** Pixels that an upright axis needs for its name and figures; where there are fewer the axes lie, one below the other. */
const AXIS_WIDTH = 96;
const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 14;
const SIDE = 52;
const ROW = 58;
/** Trials by rank, worst first: how strongly each fifth is drawn. */
const STRENGTHS = [0.12, 0.18, 0.26, 0.4, 0.7] as const;

/** A line per trial through its value and its hyper-parameters: what good trials have in common. */
export function ParallelCoordinates(props: ParallelCoordinatesProps) {
  const { objective, lowerIsBetter, parameters, trials, noun = common.trial, onPick } = props;
  const { note = texts.trialsThatWereTried } = props;
  const whole = trials.filter(({ isWhole }) => isWhole);
  const best = bestTrial(whole, lowerIsBetter);
  const axes = [valueAxis(objective, whole), ...parameters.map((parameter) => trialAxis(parameter, 4))];
  const placesOf = (trial: PlottedTrial) =>
    axes.map((axis, a) => axis.place(a === 0 ? trial.value : trial.params[axis.name]));
  const worstFirst = whole.toSorted((a, b) => (lowerIsBetter ? b.value - a.value : a.value - b.value));
  return (
    <ChartFigure
      title={texts.parallelCoordinates}
      note={texts.eachLine({ note, lowerIsBetter })}
      summary={
        best === undefined
          ? texts.noTrialHasBeenTried
          : texts.bestHasWith({
              name: best.name,
              trial: best.trial,
              objective,
              best: formatNumber(best.value, 4),
              parameters: best.text,
            })
      }
      legend={[
        { name: noun, color: TRIAL, shape: 'line' },
        { name: texts.best, color: BEST_TRIAL, shape: 'line' },
      ]}
      table={trialTable(worstFirst.toReversed(), {
        names: parameters.map(({ name }) => name),
        objective,
        noun,
        onPick,
      })}
    >
      <TrialPlot
        objective={objective}
        onPick={onPick}
        height={(width) => layoutOf(axes.length, width).height}
        highlight={(trial, width) => (
          <path
            d={lineOf(placesOf(trial), layoutOf(axes.length, width))}
            fill="none"
            stroke="var(--mantine-color-text)"
            strokeWidth={2}
          />
        )}
        draw={(width) => {
          const layout = layoutOf(axes.length, width);
          const fifths = STRENGTHS.map((strength, fifth) => ({
            strength,
            path: worstFirst
              .filter((_, rank) => Math.floor((rank / worstFirst.length) * STRENGTHS.length) === fifth)
              .map((trial) => lineOf(placesOf(trial), layout))
              .join(''),
          }));
          const picture = (
            <>
              {fifths.map(({ strength, path }) => (
                <path
                  key={strength}
                  d={path}
                  fill="none"
                  stroke={TRIAL}
                  strokeOpacity={strength}
                  strokeWidth={1.25}
                />
              ))}
              {best === undefined ? null : (
                <path d={lineOf(placesOf(best), layout)} fill="none" stroke={BEST_TRIAL} strokeWidth={3} />
              )}
              {axes.map((axis, a) => (
                <Axis key={a === 0 ? '' : axis.name} axis={axis} at={a} layout={layout} />
              ))}
            </>
          );
          const marks = whole.flatMap((trial) =>
            placesOf(trial).flatMap((place, a) => {
              if (place === null) return [];
              const [x, y] = layout.point(a, place);
              return [{ x, y, trial }];
            }),
          );
          return { picture, marks };
        }}
      />
    </ChartFigure>
  );
}

function valueAxis(name: string, trials: readonly PlottedTrial[]): TrialAxis {
  const ticks = valueTicks(
    trials.map(({ value }) => value),
    4,
  );
  const digits = tickDigits(ticks);
  const place = linearScale(ticks[0]!, ticks.at(-1)!, 0, 1);
  return {
    name,
    ticks: ticks.map((tick) => ({ at: place(tick), text: formatNumber(tick, digits) })),
    place: (value) => (typeof value === 'number' ? place(value) : null),
  };
}

interface Layout {
  readonly height: number;
  readonly isUpright: boolean;
  readonly width: number;
  point(axis: number, place: number): readonly [x: number, y: number];
}

/** Exported for its test. */
export function layoutOf(axes: number, width: number): Layout {
  const isUpright = axes > 1 && (width - 2 * SIDE) / (axes - 1) >= AXIS_WIDTH;
  if (isUpright) {
    const x = linearScale(0, axes - 1, SIDE, width - SIDE);
    const y = linearScale(0, 1, HEIGHT - BOTTOM, TOP);
    return { height: HEIGHT, width, isUpright, point: (axis, place) => [x(axis), y(place)] };
  }
  const x = linearScale(0, 1, 16, width - 24);
  return {
    height: axes * ROW,
    width,
    isUpright,
    point: (axis, place) => [x(place), axis * ROW + 24],
  };
}

/** A line is interrupted where a trial does not have a hyper-parameter. */
function lineOf(places: readonly (number | null)[], layout: Layout): string {
  let path = '';
  let isDown = false;
  places.forEach((place, axis) => {
    if (place === null) {
      isDown = false;
      return;
    }
    const [x, y] = layout.point(axis, place);
    path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  });
  return path;
}

/** Pixels of a letter of the ticks, about; capitals are wider. */
const LETTER = 6.5;
const CAPITAL = 8;

const widthOf = (text: string) =>
  [...text].reduce((width, letter) => width + (/[A-Z_]/.test(letter) ? CAPITAL : LETTER), 0);

/** On an axis that lies, the ticks whose texts don't run into the one before. */
function readable({ ticks }: TrialAxis, axis: number, layout: Layout): TrialAxis['ticks'] {
  if (layout.isUpright) return ticks;
  let end = Number.NEGATIVE_INFINITY;
  return ticks.filter(({ at, text }) => {
    const [x] = layout.point(axis, at);
    const half = widthOf(text) / 2;
    if (x - half < end + LETTER) return false;
    end = x + half;
    return true;
  });
}

interface AxisProps {
  readonly axis: TrialAxis;
  readonly at: number;
  readonly layout: Layout;
}

/** Figures with a rim of the panel's color: lines that pass behind them leave them readable. */
const RIM = {
  stroke: 'var(--panel)',
  strokeWidth: 8,
  strokeLinejoin: 'round',
  paintOrder: 'stroke',
} as const;

function Axis({ axis, at, layout }: AxisProps) {
  const [x0, y0] = layout.point(at, 0);
  const [x1, y1] = layout.point(at, 1);
  const { isUpright } = layout;
  return (
    <g>
      <path d={`M${x0} ${y0}L${x1} ${y1}`} stroke="var(--line-strong)" strokeWidth={1.5} />
      <text
        {...AXIS_TEXT}
        {...RIM}
        fill="var(--mantine-color-text)"
        x={isUpright ? x0 : 8}
        y={isUpright ? 14 : y0 - 10}
        textAnchor={isUpright ? 'middle' : 'start'}
      >
        {axis.name}
      </text>
      {readable(axis, at, layout).map(({ at: place, text }) => {
        const [x, y] = layout.point(at, place);
        return (
          <text
            key={text}
            {...AXIS_TEXT}
            {...RIM}
            fontSize={11}
            x={isUpright ? x - 6 : x}
            y={isUpright ? y : y + 15}
            textAnchor={isUpright ? 'end' : 'middle'}
            dominantBaseline={isUpright ? 'central' : undefined}
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}
