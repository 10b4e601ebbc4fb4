import type { PlannedNameDto, TrainingPlanDto } from '../../../engine/contract/dto/index.ts';
import { Badge, formatDuration, Panel, useNameTitle } from '../../ui/index.ts';
import builder from '../builder.module.css';
import { PlanNotes } from '../plan-notes.tsx';
import classes from './production.module.css';
import { STAGE_TITLES } from './stages.ts';
import { texts } from './texts.ts';

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
    <Panel title={texts.whatItWillDo} note={texts.nothingHasBegunYet}>
      <div className={builder.fields} aria-busy={stale}>
        <ul className={builder.plans}>
          {names.slice(0, MOST_LISTED).map((name) => (
            <PlannedName key={name.name} planned={name} />
          ))}
        </ul>
        {more > 0 ? <p className={classes.about}>{texts.andNameMore({ more })}</p> : null}
        <PlanNotes notes={notes} />
      </div>
    </Panel>
  );
}

function PlannedName({ planned: { name, title, stages } }: { readonly planned: PlannedNameDto }) {
  const nameTitle = useNameTitle();
  return (
    <li>
      <strong>{nameTitle(name)}</strong>
      <p className={classes.about}>{title}</p>
      <ol className={classes.stages} aria-label={texts.stagesOf({ name })}>
        {stages.map(({ stage, leftOut, text }) => (
          <li key={stage} data-out={leftOut || undefined}>
            <span className={classes.stageName}>{STAGE_TITLES[stage]}</span>
            <span>{text}</span>
            {leftOut ? <Badge tone="neutral">{texts.leftOut}</Badge> : null}
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
  return texts.nameNoModel({ names: names.length, models });
}

export function costText({ estimate: { seconds } }: TrainingPlanDto): string {
  if (seconds === null) return texts.timeIsEstimatedOnceThis;
  return seconds < 1
    ? texts.allOfItWasComputed
    : texts.aboutMeasuredInThisWorkspace({ seconds: formatDuration(seconds) });
}
