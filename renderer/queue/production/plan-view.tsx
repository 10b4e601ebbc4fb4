import type { PlannedNameDto, TrainingPlanDto } from '../../../engine/contract/dto/index.ts';
import { Badge, formatDuration, Panel, plural } from '../../ui/index.ts';
import builder from '../builder.module.css';
import { PlanNotes } from '../plan-notes.tsx';
import classes from './production.module.css';
import { STAGE_TITLES } from './stages.ts';

/** Names whose stages are listed; of more there is only the count. */
const MOST_LISTED = 12;

/** What would be done, name by name and stage by stage. */
export function PlanView({
  plan: { names, notes },
  stale,
}: {
  readonly plan: TrainingPlanDto;
  readonly stale: boolean;
}) {
  if (names.length === 0) return null;
  const more = names.length - MOST_LISTED;
  return (
    <Panel title="What it will do" note="Nothing has begun yet.">
      <div className={builder.fields} aria-busy={stale}>
        <ul className={builder.plans}>
          {names.slice(0, MOST_LISTED).map((name) => (
            <PlannedName key={name.name} planned={name} />
          ))}
        </ul>
        {more > 0 ? <p className={classes.about}>and {plural(more, 'name')} more</p> : null}
        <PlanNotes notes={notes} />
      </div>
    </Panel>
  );
}

function PlannedName({ planned: { name, title, stages } }: { readonly planned: PlannedNameDto }) {
  return (
    <li>
      <strong>{name}</strong>
      <p className={classes.about}>{title}</p>
      <ol className={classes.stages} aria-label={`Stages of ${name}`}>
        {stages.map(({ stage, leftOut, text }) => (
          <li key={stage} data-out={leftOut || undefined}>
            <span className={classes.stageName}>{STAGE_TITLES[stage]}</span>
            <span>{text}</span>
            {leftOut ? <Badge tone="neutral">Left out</Badge> : null}
          </li>
        ))}
      </ol>
    </li>
  );
}

/** `1 name, 5 models to train after 20 trials`. */
export function sizeText({ names }: TrainingPlanDto): string {
  const models = names.reduce(
    (sum, { stages }) => sum + stages.reduce((all, { models: some }) => all + (some ?? 0), 0),
    0,
  );
  return `${plural(names.length, 'name')}, ${models === 0 ? 'no model' : plural(models, 'model')} to train`;
}

export function costText({ estimate: { seconds } }: TrainingPlanDto): string {
  if (seconds === null)
    return 'Time is estimated once this workspace has computed the like of all its stages.';
  return seconds < 1
    ? 'All of it was computed before: it takes a moment.'
    : `About ${formatDuration(seconds)} (measured in this workspace)`;
}
