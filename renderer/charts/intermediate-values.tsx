import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { AXIS_TEXT } from './palette.ts';
import { dots } from './plot-shapes.ts';
import { linearScale, tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { BEST_TRIAL, bestTrial, type PlottedTrial, pickRow, TRIAL, TrialPlot } from './trial-plot.tsx';

interface IntermediateValuesProps {
  readonly objective: string;
  readonly lowerIsBetter: boolean;
  /** Of each whole trial. */
  readonly folds: number;
  readonly trials: readonly PlottedTrial[];
  /** What a click on a line does. */
  readonly onPick?: (trial: PlottedTrial) => void;
}

const LEFT = 60;
const RIGHT = 16;
const TOP = 10;
const BOTTOM = 42;
const HEIGHT = 260;

/** Value of each trial fold by fold, the mean so far: where those that were given up stood. */
export function IntermediateValues(props: IntermediateValuesProps) {
  const { objective, lowerIsBetter, folds, trials, onPick } = props;
  const best = bestTrial(trials, lowerIsBetter);
  const pruned = trials.filter(({ isWhole }) => !isWhole);
  const whole = trials.filter((trial) => trial.isWhole && trial !== best);
  const ticks = valueTicks(
    trials.flatMap(({ intermediate }) => intermediate),
    5,
  );
  const digits = tickDigits(ticks);
  const y = linearScale(ticks[0]!, ticks.at(-1)!, HEIGHT - BOTTOM, TOP);
  const numbers = Array.from({ length: folds }, (_, fold) => fold + 1);
  return (
    <ChartFigure
      title={texts.intermediateValues}
      note={texts.afterEachFold({ objective, lowerIsBetter })}
      summary={texts.trialOfThemGivenUp({ trials: trials.length, pruned: formatCount(pruned.length) })}
      legend={[
        { name: texts.triedOnAllFolds, color: TRIAL, shape: 'line' },
        { name: texts.givenUpEarly, color: TRIAL, shape: 'dashed' },
        { name: texts.best, color: BEST_TRIAL, shape: 'line' },
      ]}
      table={{
        ...pickRow(trials, onPick),
        columns: [
          common.trial,
          texts.tried,
          ...numbers.map((fold) => (fold === 1 ? texts.of1Fold : texts.fold({ fold }))),
        ],
        rows: trials.map(({ trial, isWhole, intermediate }) => [
          formatCount(trial),
          isWhole ? texts.onAllFolds : texts.givenUpEarlyWord,
          ...numbers.map((fold) => formatNumber(intermediate[fold - 1] ?? null, 4)),
        ]),
      }}
    >
      <TrialPlot
        objective={objective}
        height={() => HEIGHT}
        onPick={onPick}
        highlight={(trial, width) => (
          <path
            d={pathOf(trial, xOf(folds, width), y)}
            fill="none"
            stroke="var(--mantine-color-text)"
            strokeWidth={2}
          />
        )}
        draw={(width) => {
          const x = xOf(folds, width);
          const marks = trials.flatMap((trial) =>
            trial.intermediate.map((value, fold) => ({ x: x(fold + 1), y: y(value), trial })),
          );
          const paths = (those: readonly PlottedTrial[]) =>
            those.map((trial) => pathOf(trial, x, y)).join('');
          const ends = pruned.map(({ intermediate }) => ({
            x: x(intermediate.length),
            y: y(intermediate.at(-1) ?? 0),
          }));
          const picture = (
            <>
              {ticks.map((tick) => (
                <g key={tick}>
                  <path d={`M${LEFT} ${y(tick)}H${width - RIGHT}`} stroke="var(--line)" />
                  <text {...AXIS_TEXT} x={LEFT - 8} y={y(tick)} textAnchor="end" dominantBaseline="central">
                    {formatNumber(tick, digits)}
                  </text>
                </g>
              ))}
              {numbers.map((fold) => (
                <text key={fold} {...AXIS_TEXT} x={x(fold)} y={HEIGHT - BOTTOM + 18} textAnchor="middle">
                  {fold}
                </text>
              ))}
              <text {...AXIS_TEXT} x={(LEFT + width - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
                {texts.foldsTried}
              </text>
              <path
                d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${width - RIGHT}`}
                fill="none"
                stroke="var(--line-strong)"
              />
              <path d={paths(whole)} fill="none" stroke={TRIAL} strokeOpacity={0.45} />
              <path d={paths(pruned)} fill="none" stroke={TRIAL} strokeOpacity={0.8} strokeDasharray="4 3" />
              <path d={dots(ends, 3)} fill="var(--panel)" stroke={TRIAL} />
              {best === undefined ? null : (
                <path d={pathOf(best, x, y)} fill="none" stroke={BEST_TRIAL} strokeWidth={3} />
              )}
            </>
          );
          return { picture, marks };
        }}
      />
    </ChartFigure>
  );
}

function xOf(folds: number, width: number) {
  return linearScale(1, folds, LEFT + 16, width - RIGHT - 8);
}

function pathOf(
  { intermediate }: PlottedTrial,
  x: (fold: number) => number,
  y: (value: number) => number,
): string {
  return intermediate
    .map((value, fold) => `${fold === 0 ? 'M' : 'L'}${x(fold + 1).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}
