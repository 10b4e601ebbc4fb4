import type { SearchPreviewDto, SearchSpaceDto } from '../../../engine/contract/dto/index.ts';
import { formatCount, formatDuration, Panel, plural } from '../../ui/index.ts';
import builder from '../builder.module.css';
import { exact } from './params-text.ts';
import classes from './search.module.css';

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
    <Panel title="What it will try" note="Nothing has begun yet.">
      <ul className={builder.plans} aria-busy={stale}>
        {studies.slice(0, MOST_LISTED).map(({ model, parameters, trials }, study) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: studies have no names of their own.
          <li key={study}>
            <strong>{model}</strong>: {plural(trials, 'trial')}
            {parameters.length === 0 ? ', for nothing is left to vary' : ''}
            <p className={classes.about}>{parameters.map(domainText).join(', ')}</p>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className={classes.about}>and {formatCount(more)} more</p> : null}
    </Panel>
  );
}

/** `learning_rate 0.01 to 0.3 (log)`. */
export function domainText({ name, low, high, log, choices }: SearchSpaceDto): string {
  if (low === null || high === null) return `${name} ${choices.map(String).join(' | ')}`;
  return `${name} ${exact(low)} to ${exact(high)}${log ? ' (log)' : ''}`;
}

/** `2 studies × 100 trials = 200 trials`. */
export function sizeText({ studies, trials }: SearchPreviewDto): readonly [string, string] {
  const [first] = studies;
  const same = studies.every((study) => study.trials === first?.trials);
  const total = plural(trials, 'trial');
  return same
    ? [`${plural(studies.length, 'study', 'studies')} × ${plural(first?.trials ?? 0, 'trial')} =`, total]
    : [`${plural(studies.length, 'study', 'studies')},`, total];
}

export function costText({ workers, estimate: { seconds, measuredTrials } }: SearchPreviewDto): string {
  const together = `${formatCount(workers)} of a study at a time`;
  if (seconds === null) {
    return `${together}. Time is estimated once this workspace has tried such models.`;
  }
  return `${together}, about ${formatDuration(seconds)} (measured on ${plural(measuredTrials, 'trial')} here)`;
}
