import { formatNumber } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import classes from './charts.module.css';
import { AXIS_TEXT } from './palette.ts';
import { dots } from './plot-shapes.ts';
import { linearScale, tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { type ParameterRange, trialAxis } from './trial-axis.ts';
import { BEST_TRIAL, bestTrial, type PlottedTrial, TRIAL, TrialPlot, trialTable } from './trial-plot.tsx';

interface TrialSlicesProps {
  readonly objective: string;
  readonly lowerIsBetter: boolean;
  readonly parameters: readonly ParameterRange[];
  readonly trials: readonly PlottedTrial[];
  /** What a click on a trial does. */
  readonly onPick?: (trial: PlottedTrial) => void;
}

const LEFT = 48;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 26;
const HEIGHT = 170;

/** Value of the trials over each hyper-parameter: where good ones lie. */
export function TrialSlices({ objective, lowerIsBetter, parameters, trials, onPick }: TrialSlicesProps) {
  const best = bestTrial(trials, lowerIsBetter);
  const names = parameters.map(({ name }) => name);
  return (
    <ChartFigure
      title={texts.slices}
      note={texts.overEachParameter({ objective, lowerIsBetter })}
      summary={
        best === undefined
          ? texts.noTrialHasBeenTried
          : texts.bestTrialHas({ trial: best.trial, best: best.text })
      }
      legend={LEGEND}
      table={trialTable(trials, { names, objective, onPick })}
    >
      <div className={classes.slices}>
        {parameters.map((parameter) => (
          <Slice
            key={parameter.name}
            parameter={parameter}
            objective={objective}
            trials={trials}
            best={best}
            onPick={onPick}
          />
        ))}
      </div>
    </ChartFigure>
  );
}

const LEGEND = [
  { name: texts.triedOnAllFolds, color: TRIAL, glyph: '●' },
  { name: texts.givenUpEarly, color: TRIAL, glyph: '○' },
  { name: texts.best, color: BEST_TRIAL, glyph: '◆' },
];

interface SliceProps {
  readonly parameter: ParameterRange;
  readonly objective: string;
  readonly trials: readonly PlottedTrial[];
  readonly best: PlottedTrial | undefined;
  readonly onPick: ((trial: PlottedTrial) => void) | undefined;
}

function Slice({ parameter, objective, trials, best, onPick }: SliceProps) {
  const axis = trialAxis(parameter, 3);
  const ticks = valueTicks(
    trials.map(({ value }) => value),
    4,
  );
  const digits = tickDigits(ticks);
  const y = linearScale(ticks[0]!, ticks.at(-1)!, HEIGHT - BOTTOM, TOP);
  return (
    <div>
      <p className={classes.sliceName}>{parameter.name}</p>
      <TrialPlot
        objective={objective}
        height={() => HEIGHT}
        onPick={onPick}
        draw={(width) => {
          const x = (place: number) => LEFT + 6 + place * (width - LEFT - RIGHT - 12);
          const marks = trials.flatMap((trial) => {
            const place = axis.place(trial.params[parameter.name]);
            return place === null ? [] : [{ x: x(place), y: y(trial.value), trial }];
          });
          const winner = marks.find(({ trial }) => trial === best);
          const picture = (
            <>
              {ticks.map((tick) => (
                <g key={tick}>
                  <path d={`M${LEFT} ${y(tick)}H${width - RIGHT}`} stroke="var(--line)" />
                  <text {...AXIS_TEXT} x={LEFT - 6} y={y(tick)} textAnchor="end" dominantBaseline="central">
                    {formatNumber(tick, digits)}
                  </text>
                </g>
              ))}
              <path
                d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${width - RIGHT}`}
                fill="none"
                stroke="var(--line-strong)"
              />
              {axis.ticks.map(({ at, text }) => (
                <g key={text}>
                  <path d={`M${x(at)} ${HEIGHT - BOTTOM}v4`} stroke="var(--line-strong)" />
                  <text {...AXIS_TEXT} x={x(at)} y={HEIGHT - 8} textAnchor="middle">
                    {text}
                  </text>
                </g>
              ))}
              <path
                d={dots(
                  marks.filter(({ trial }) => !trial.isWhole),
                  3,
                )}
                fill="var(--panel)"
                stroke={TRIAL}
              />
              <path
                d={dots(
                  marks.filter(({ trial }) => trial.isWhole),
                  3.5,
                )}
                fill={TRIAL}
                stroke="var(--panel)"
                strokeWidth={0.75}
              />
              {winner === undefined ? null : (
                <path
                  d={`M${winner.x} ${winner.y - 7}l7 7l-7 7l-7 -7z`}
                  fill={BEST_TRIAL}
                  stroke="var(--panel)"
                  strokeWidth={1.5}
                />
              )}
            </>
          );
          return { picture, marks };
        }}
      />
    </div>
  );
}
