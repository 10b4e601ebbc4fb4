import { Alert, Button, Group, Switch } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { DEFAULT_SCHEDULE } from '../../engine/contract/api/schedules.ts';
import type { ScheduleDto, TrainingSummaryDto } from '../../engine/contract/dto/index.ts';
import { call, go, useCall } from '../state/index.ts';
import { trainingHash } from '../state/train-link.ts';
import { attempt, Badge, formatTime, Panel, type Tone } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Dialog, DialogButton, ReasonField, reasonOf } from './dialog.tsx';
import classes from './schedule.module.css';
import { ChangeScheduleDialog, NewScheduleDialog, RemoveScheduleDialog } from './schedule-dialog.tsx';
import { type TrainingManner, TrainingMannerFields } from './schedule-fields.tsx';
import { TimesFields, useTimes } from './schedule-times.tsx';
import { texts } from './texts.ts';

/** When production trainings begin by themselves; a panel for each schedule. */
export function SchedulePanels() {
  const { data } = useCall('schedule.list', {});
  if (data === undefined) return null;
  return (
    <>
      {data.map((schedule) => (
        <SchedulePanel key={schedule.name} schedule={schedule} />
      ))}
      <Group>
        <DialogButton
          leftSection={<IconCalendarPlus size={16} aria-hidden />}
          dialog={(dialog) => <NewScheduleDialog {...dialog} names={data.map(({ name }) => name)} />}
        >
          {texts.newSchedule}
        </DialogButton>
      </Group>
    </>
  );
}

function SchedulePanel({ schedule }: { readonly schedule: ScheduleDto }) {
  const { name, enabled, title, sentence, missed, runs } = schedule;
  return (
    <Panel
      title={texts.scheduleName({ name })}
      note={texts.trainedValidatedCompared({ title })}
      actions={
        <Group gap="sm">
          <Switch
            label={enabled ? texts.on : texts.off}
            aria-label={texts.nameIsOn({ name })}
            checked={enabled}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              void attempt(() => call('schedule.set', { name, enabled: on }));
            }}
          />
          <DialogButton
            size="xs"
            aria-label={texts.changeWhatTrains({ name })}
            dialog={(dialog) => <ChangeScheduleDialog {...dialog} schedule={schedule} />}
          >
            {texts.change}
          </DialogButton>
          {name === DEFAULT_SCHEDULE ? null : (
            <DialogButton
              size="xs"
              aria-label={texts.removeNameLabel({ name })}
              dialog={(dialog) => <RemoveScheduleDialog {...dialog} schedule={schedule} />}
            >
              {texts.remove}
            </DialogButton>
          )}
          <DialogButton
            size="xs"
            aria-label={texts.runNowName({ name })}
            dialog={(dialog) => <RunDialog {...dialog} schedule={schedule} />}
          >
            {texts.runNow}
          </DialogButton>
        </Group>
      }
      flush
    >
      <div className={classes.body}>
        <p className={classes.text}>
          {texts.sentenceInWindow({ sentence: <strong>{sentence}</strong>, enabled })}
        </p>
        {missed === null ? null : (
          <Alert color="yellow" variant="light">
            {texts.missedWasItIsMade({ missed: formatTime(missed) })}
          </Alert>
        )}
        <TimesForm key={`${schedule.cron} ${schedule.zone}`} schedule={schedule} />
        {runs.length === 0 ? null : (
          <div>
            <h3 className={classes.head}>{texts.lastRuns}</h3>
            <ul className={classes.runs} aria-label={texts.lastRunsOf({ name })}>
              {runs.map((run) => (
                <Run key={run.id} run={run} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}

/** Of a schedule that is there. */
function TimesForm({ schedule: { name, cron, zone } }: { readonly schedule: ScheduleDto }) {
  const [draft, setDraft] = useState({ cron, zone });
  const times = useTimes(draft);
  const isChanged = draft.cron !== cron || draft.zone !== zone;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (times.canSave) void attempt(() => call('schedule.set', { name, ...draft }));
      }}
    >
      <TimesFields value={draft} times={times} of={name} saved={{ cron, zone }} onChange={setDraft} />
      {isChanged ? (
        <Group mt="sm" gap="xs">
          <Button type="submit" size="xs" disabled={!times.canSave}>
            {texts.saveTimes}
          </Button>
          <Button size="xs" variant="default" onClick={() => setDraft({ cron, zone })}>
            {common.discard}
          </Button>
        </Group>
      ) : null}
    </form>
  );
}

const TONES: Readonly<Record<TrainingSummaryDto['state'], Tone>> = {
  pending: 'neutral',
  running: 'running',
  completed: 'gain',
  failed: 'loss',
  cancelled: 'neutral',
  interrupted: 'warning',
};

function Run({ run: { id, createdAt, state, names, error } }: { readonly run: TrainingSummaryDto }) {
  const results = names.flatMap(({ result }) => result ?? []);
  const count = (status: string) => results.filter((one) => one.status === status).length;
  const [promoted, refused, failed] = [count('promoted'), count('refused'), count('failed')];
  const came = [
    promoted > 0 ? texts.promotedOf({ promoted }) : '',
    refused > 0 ? texts.refusedByGate({ refused }) : '',
    failed > 0 ? texts.failed({ failed }) : '',
  ].filter((text) => text !== '');
  return (
    <li>
      <a href={trainingHash(id)}>{formatTime(createdAt)}</a>
      <Badge tone={state === 'completed' && promoted === 0 ? 'neutral' : TONES[state]}>{state}</Badge>
      <span>{came.length > 0 ? came.join(', ') : error}</span>
    </li>
  );
}

/** Its training, at once, and otherwise than it says where that is wanted; the schedule stays as it is. */
const AS_SCHEDULED: TrainingManner = { trials: null, force: false, skipValidation: false };

function RunDialog({
  schedule: { name, title },
  ...dialog
}: {
  readonly schedule: ScheduleDto;
  readonly opened: boolean;
  onClose(): void;
}) {
  const [manner, setManner] = useState(AS_SCHEDULED);
  const { trials, force, skipValidation } = manner;
  const [reason, setReason] = useState('');
  const run = async () => {
    const begun = await attempt(() =>
      call('schedule.start', {
        name,
        ...(force && { force }),
        ...(skipValidation && { skipValidation }),
        ...(trials !== null && { trials }),
        ...reasonOf(reason),
      }),
    );
    if (begun !== undefined) go('queue', { training: begun.id });
  };
  return (
    <Dialog
      {...dialog}
      title={texts.runNameNow({ name })}
      consequence={texts.trainedOnNewestBarsValidated({ title })}
      confirm={force || skipValidation ? texts.runWithThatLeftOut : texts.runNow}
      grave={force || skipValidation}
      onConfirm={() => void run()}
    >
      <TrainingMannerFields
        value={manner}
        placeholder={texts.asScheduleSays}
        onChange={(changes) => setManner({ ...manner, ...changes })}
      />
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}
