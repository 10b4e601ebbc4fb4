import { Alert, Button } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type {
  TrainingDto,
  TrainingNameDto,
  TrainingNameSummaryDto,
} from '../../../engine/contract/dto/index.ts';
import { GatePanel } from '../../gate/index.ts';
import { call, go, useCall, useQueues } from '../../state/index.ts';
import { trainingHash } from '../../state/train-link.ts';
import { formatHash } from '../../state/ui.ts';
import {
  attempt,
  Badge,
  ErrorState,
  formatDuration,
  formatProgress,
  formatTime,
  LoadingRows,
  Page,
  Panel,
  type Tone,
} from '../../ui/index.ts';
import classes from './production.module.css';
import { STAGE_TITLES, STAGE_TONES, STAGE_WORDS } from './stages.ts';

const STATES: Readonly<Record<TrainingDto['state'], { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: 'Waiting', tone: 'neutral' },
  running: { word: 'At work', tone: 'running' },
  completed: { word: 'Completed', tone: 'gain' },
  interrupted: { word: 'Interrupted', tone: 'warning' },
  failed: { word: 'Failed', tone: 'loss' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
};

/** A production training: its stages as they go, and what the gate said at its end. */
export function TrainingPage({ id }: { readonly id: string }) {
  const { data: training, error, refresh } = useCall('production.training', { id });
  const back = (
    <Button
      component="a"
      href={formatHash('queue')}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
    >
      Back to queue
    </Button>
  );
  if (training === undefined) {
    return (
      <Page title="Production training" actions={back}>
        {error !== undefined ? <ErrorState error={error} retry={refresh} /> : <LoadingRows rows={6} />}
      </Page>
    );
  }
  const { title, state, names } = training;
  return (
    <Page
      title={`Production training of ${title}`}
      subtitle={whenText(training)}
      actions={
        <>
          <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
          {state === 'pending' || state === 'running' ? (
            <Button variant="default" onClick={() => void attempt(() => call('jobs.cancel', { jobId: id }))}>
              Cancel training
            </Button>
          ) : null}
          {back}
        </>
      }
    >
      <Failure training={training} />
      {names.map((name) => (
        <NameStages key={name.name} of={name} />
      ))}
    </Page>
  );
}

/** `Asked for by the window, began 12:00, took 3 min`. */
function whenText({ origin, createdAt, startedAt, endedAt, waitingFor }: TrainingDto): string {
  const by = `Asked for ${ORIGIN_TEXT[origin]}`;
  if (startedAt === null) return `${by} ${formatTime(createdAt)}. ${waitingFor ?? ''}`;
  const began = `${by}, began ${formatTime(startedAt)}`;
  if (endedAt === null) return waitingFor === null ? began : `${began}. ${waitingFor}`;
  return `${began}, took ${formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)}`;
}

const ORIGIN_TEXT: Readonly<Record<TrainingDto['origin'], string>> = {
  window: 'in the window',
  server: 'in the browser',
  'command line': 'on the command line',
  request: 'by another program',
  schedule: 'by its schedule',
};

/** Why it came to nothing, and the way on. */
function Failure({ training: { state, error, asked } }: { readonly training: TrainingDto }) {
  if (error === null) return null;
  const again = async () => {
    const begun = await attempt(() => call('production.start', asked as RawInput<'production.start'>));
    if (begun !== undefined) go('queue', { training: begun.id });
  };
  return (
    <Alert
      color={state === 'failed' ? 'red' : 'yellow'}
      variant="light"
      icon={<IconInfoCircle aria-hidden />}
      title={state === 'failed' ? 'It failed' : 'It was interrupted'}
    >
      <p style={{ marginTop: 0 }}>{error}</p>
      <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => void again()}>
        Go on
      </Button>
    </Alert>
  );
}

function NameStages({ of: { name, stages, result } }: { readonly of: TrainingNameDto }) {
  return (
    <>
      <Panel
        title={name}
        note={result?.title ?? undefined}
        actions={
          result?.version == null ? null : (
            <Button component="a" size="xs" variant="default" href={formatHash('registry', { name })}>
              Open in Registry
            </Button>
          )
        }
      >
        <ol className={classes.stages} aria-label={`Stages of ${name}`}>
          {stages.map(({ stage, state, text, queueIds }) => (
            <li
              key={stage}
              data-out={state === 'left_out' || undefined}
              aria-current={state === 'running' ? 'step' : undefined}
            >
              <span className={classes.stageName}>{STAGE_TITLES[stage]}</span>
              <span>
                {text ??
                  (state === 'running' && queueIds.length === 0 ? 'Refitting up to the newest bar.' : '')}
                {queueIds.map((queueId) => (
                  <JobLink key={queueId} queueId={queueId} />
                ))}
              </span>
              <Badge tone={STAGE_TONES[state]}>{STAGE_WORDS[state]}</Badge>
            </li>
          ))}
        </ol>
      </Panel>
      {result?.report == null ? null : <GatePanel report={result.report} />}
    </>
  );
}

/** The job that works on a stage, and how far it is. */
function JobLink({ queueId }: { readonly queueId: number }) {
  const queue = useQueues((state) => state.queues?.find(({ id }) => id === queueId));
  if (queue === undefined) return null;
  return (
    <a className={classes.jobs} href={formatHash('queue', { queue: String(queueId) })}>
      {queue.name}: {formatProgress(queue.progress)}
      {queue.waitingFor === null ? '' : `. ${queue.waitingFor}`}
    </a>
  );
}

/** The last trainings, in front of the queue's jobs; nothing where there are none. */
export function TrainingList() {
  const { data } = useCall('production.trainings', {});
  if (data === undefined || data.length === 0) return null;
  return (
    <Panel title="Production trainings" flush>
      <ul className={classes.list}>
        {data.slice(0, 5).map(({ id, title, state, names, createdAt, startedAt }) => (
          <li key={id}>
            <a href={trainingHash(id)}>{title}</a>
            <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
            <span className={classes.about}>
              {formatTime(startedAt ?? createdAt)}
              {names.length === 1 && state === 'running' ? stageNow(names[0]!) : ''}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function stageNow({ stages }: TrainingNameSummaryDto): string {
  const now = stages.find(({ state }) => state === 'running');
  return now === undefined ? '' : `, ${STAGE_TITLES[now.stage].toLowerCase()}`;
}

/** At the head of a job's page: the training that it belongs to. */
export function PartOfTraining({ queueId }: { readonly queueId: number }) {
  const { data } = useCall('production.trainings', {});
  const training = data?.find(({ names }) =>
    names.some(({ stages }) => stages.some(({ queueIds }) => queueIds.includes(queueId))),
  );
  if (training === undefined) return null;
  return (
    <p className={classes.about}>
      Part of the <a href={trainingHash(training.id)}>production training of {training.title}</a>.
    </p>
  );
}
