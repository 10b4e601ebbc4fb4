import type { SearchPreviewDto, SearchSpaceDto } from '../../../engine/contract/dto/index.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
import { formatCount, formatDuration, Panel } from '../../ui/index.ts';
import builder from '../builder.module.css';
import { exact } from './params-text.ts';
import classes from './search.module.css';
import { texts } from './texts.ts';

/** Studies of one search that are listed; of more there is only the count. */
const MOST_LISTED = 12;

/** What would be tried: the studies and what each varies. */
export function PlanView({
  preview: { studies },
  stale,
}: {
  readonly preview: SearchPreviewDto;
  readonly stale: boolean;
}) {
  const more = studies.length - MOST_LISTED;
  return (
    <Panel title={texts.whatItWillTry} note={texts.nothingHasBegunYet}>
      <ul className={builder.plans} aria-busy={stale}>
        {studies.slice(0, MOST_LISTED).map(({ model, parameters, trials }, study) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: studies have no names of their own.
          <li key={study}>
            {texts.trialForNothing({
              model: <strong>{model}</strong>,
              trials,
              parameters: parameters.length,
            })}
            <p className={classes.about}>{parameters.map(domainText).join(', ')}</p>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className={classes.about}>{texts.andMore({ more: formatCount(more) })}</p> : null}
    </Panel>
  );
}

/** `Learning rate 0.01 to 0.3 (log)`. */
export function domainText({ name: key, low, high, log, choices }: SearchSpaceDto): string {
  const name = parameterTitle(key);
  if (low === null || high === null) return `${name} ${choices.map(String).join(' | ')}`;
  return texts.nameLowToHighLog({ name, low: exact(low), high: exact(high), log });
}

/** `2 studies × 100 trials = 200 trials`. */
export function sizeText({ studies, trials }: SearchPreviewDto): readonly [string, string] {
  const [first] = studies;
  const same = studies.every((study) => study.trials === first?.trials);
  const total = texts.countOfTrials({ trials });
  return same
    ? [
        `${texts.countOfStudies({ studies: studies.length })} × ${texts.countOfTrials({ trials: first?.trials ?? 0 })} =`,
        total,
      ]
    : [`${texts.countOfStudies({ studies: studies.length })},`, total];
}

export function costText({ workers, estimate: { seconds, measuredTrials } }: SearchPreviewDto): string {
  const together = texts.workersOfStudyAtTime({ workers: formatCount(workers) });
  if (seconds === null) {
    return texts.timeIsEstimatedOnceThis({ together });
  }
  return texts.aboutMeasuredOnTrialHere({ together, seconds: formatDuration(seconds), measuredTrials });
}
