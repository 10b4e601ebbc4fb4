import type { SearchDto, StudyDto, TrialDto } from '../../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../../engine/contract/objective-titles.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
import { LOWER_IS_BETTER } from '../../../engine/contract/search.ts';
import { ImportanceBars } from '../../charts/importance-bars.tsx';
import { IntermediateValues } from '../../charts/intermediate-values.tsx';
import { ParallelCoordinates } from '../../charts/parallel-coordinates.tsx';
import { TrialHistory } from '../../charts/trial-history.tsx';
import type { PlottedTrial } from '../../charts/trial-plot.tsx';
import { TrialSlices } from '../../charts/trial-slices.tsx';
import { TrialTimeline } from '../../charts/trial-timeline.tsx';
import { go } from '../../state/index.ts';
import { paramsText } from './params-text.ts';
import classes from './search.module.css';
import { texts } from './texts.ts';

interface PicturesProps {
  readonly search: SearchDto;
  readonly study: StudyDto;
  /** Of the study. */
  readonly trials: readonly TrialDto[];
  /** What a click on a trial does. */
  onPick(trial: number): void;
}

/** What a study's trials say, drawn. Loaded when it is needed. */
export default function Pictures({ search, study, trials, onPick }: PicturesProps) {
  const { objective, folds, queueId } = search;
  const showAxis = (axis: string) => go('history', { view: 'axes', job: String(queueId), axis });
  const lowerIsBetter = LOWER_IS_BETTER.has(objective);
  const points = trials.flatMap((trial): PlottedTrial[] => {
    const { value, state, intermediate } = trial;
    if (value === null) return [];
    const text = paramsText(trial.params);
    const params = Object.fromEntries(
      Object.entries(trial.params).map(([name, set]) => [parameterTitle(name), set]),
    );
    return [{ trial: trial.trial, value, isWhole: state === 'completed', params, intermediate, text }];
  });
  const parameters = study.parameters.map((one) => ({ ...one, name: parameterTitle(one.name) }));
  const importance = parameters.flatMap(({ name, importance: share }) =>
    share === null ? [] : [{ name, importance: share }],
  );
  const common = {
    objective: objectiveTitle(objective),
    lowerIsBetter,
    trials: points,
    onPick: ({ trial }: PlottedTrial) => onPick(trial),
  };
  const hasSpace = parameters.length > 0 && points.length > 0;
  return (
    <div className={classes.pictures}>
      <TrialHistory
        title={texts.optimizationHistory}
        objective={common.objective}
        lowerIsBetter={lowerIsBetter}
        total={study.total}
        points={points}
        onPick={onPick}
      />
      {importance.length === 0 ? null : <ImportanceBars parameters={importance} onPick={showAxis} />}
      {hasSpace ? <TrialSlices {...common} parameters={parameters} /> : null}
      {hasSpace ? <ParallelCoordinates {...common} parameters={parameters} /> : null}
      {folds > 1 && points.length > 0 ? <IntermediateValues {...common} folds={folds} /> : null}
      <TrialTimeline
        onPick={(name) => onPick(Number(name))}
        trials={trials.map(({ trial, state, endedAt, seconds }) => ({
          name: String(trial),
          state,
          isBest: trial === study.best?.trial,
          endedAt: Date.parse(endedAt),
          seconds,
        }))}
      />
    </div>
  );
}
