import { Alert, Button } from '@mantine/core';
import {
  IconArrowLeft,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type {
  QueueDto,
  QueueState,
  TrainingDto,
  TrainingNameDto,
  TrainingNameSummaryDto,
} from '../../../engine/contract/dto/index.ts';
import { GatePanel } from '../../gate/index.ts';
import { call, go, isActive, useCall, useQueues } from '../../state/index.ts';
import { trainingHash } from '../../state/train-link.ts';
import { formatHash } from '../../state/ui.ts';
import {
  attempt,
  Badge,
  ConfirmButton,
  ErrorState,
  formatDuration,
  formatProgress,
  formatTime,
  LoadingRows,
  Page,
  Panel,
  type Tone,
  useNameTitle,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { pauseQueue, resumeQueue } from '../actions.ts';
import { JobHead } from '../job-head.tsx';
import { LiveLog } from '../live-log.tsx';
import queueClasses from '../queue.module.css';
import { Threads } from '../threads.tsx';
import { useElapsed } from '../use-elapsed.ts';
import { WorkersPanel } from '../workers-panel.tsx';
import classes from './production.module.css';
import { STAGE_TITLES, STAGE_TONES, STAGE_WORDS } from './stages.ts';
import { texts } from './texts.ts';

const STATES: Readonly<Record<TrainingDto['state'], { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: texts.waiting, tone: 'neutral' },
  running: { word: texts.atWork, tone: 'running' },
  completed: { word: texts.completed, tone: 'gain' },
  interrupted: { word: texts.interrupted, tone: 'warning' },
  failed: { word: common.failed, tone: 'loss' },
  cancelled: { word: texts.cancelled, tone: 'neutral' },
};

/** A production training: its stages as they go, and what the gate said at its end. */
export function TrainingPage({ id }: { readonly id: string }) {
  const nameTitle = useNameTitle();
  const { data: training, error, refresh } = useCall('production.training', { id });
  const back = (
    <Button
      component="a"
      href={formatHash('queue')}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
    >
      {texts.backToQueue}
    </Button>
  );
  if (training === undefined) {
    return (
      <Page title={texts.productionTraining} actions={back}>
        {error !== undefined ? <ErrorState error={error} retry={refresh} /> : <LoadingRows rows={6} />}
      </Page>
    );
  }
  const jobs = training.names.flatMap(({ stages }) => stages.flatMap(({ queueIds }) => queueIds));
  return (
    <Page title={texts.productionTrainingOf({ training: nameTitle(training.title) })} actions={back}>
      <div className={queueClasses.detail}>
        <TrainingHead training={training} jobs={jobs} />
        <JobAtWork jobs={jobs} />
        <WorkersPanel />
        {training.names.map((name) => (
          <NameStages key={name.name} of={name} />
        ))}
      </div>
    </Page>
  );
}

interface TrainingPartsProps {
  /** Jobs of the queue that it consists of, in order. */
  readonly jobs: readonly number[];
}

/** Of its jobs, the one that is at work or that stopped on the way; undefined between two. */
function useJobAtWork(jobs: readonly number[]): QueueDto | undefined {
  const queues = useQueues((state) => state.queues);
  return queues?.find((queue) => jobs.includes(queue.id) && !ENDED.has(queue.state));
}

const ENDED: ReadonlySet<QueueState> = new Set(['completed', 'cancelled', 'failed']);

function TrainingHead({ training, jobs }: TrainingPartsProps & { readonly training: TrainingDto }) {
  const { id, state, names, startedAt } = training;
  const title = useNameTitle()(training.title);
  const { data: status } = useCall('jobs.status', { jobId: id });
  const job = useJobAtWork(jobs);
  const elapsed = useElapsed({
    state: job !== undefined && isActive(job) ? 'running' : 'completed',
    seconds: status?.elapsed ?? 0,
  });
  const stage = names.flatMap(stageAtWork)[0];
  return (
    <JobHead
      label={texts.productionTrainingOfTitle({ title })}
      name={title}
      badge={<Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>}
      controls={<TrainingControls id={id} state={state} job={job} />}
      about={<p className={classes.about}>{whenText(training)}</p>}
      progress={{
        headline: state !== 'running' || stage === undefined ? STATES[state].word : STAGE_TITLES[stage],
        share: (status?.progress_pct ?? 0) / 100,
        state: job?.state ?? (state === 'interrupted' ? 'crashed' : state),
        elapsed: startedAt === null ? 0 : elapsed,
        remaining: null,
      }}
    >
      <Failure training={training} />
    </JobHead>
  );
}

interface TrainingControlsProps {
  readonly id: string;
  readonly state: TrainingDto['state'];
  readonly job: QueueDto | undefined;
}

/** Its job is what pauses and goes on; cancelled is the whole. */
function TrainingControls({ id, state, job }: TrainingControlsProps) {
  if (state !== 'pending' && state !== 'running') return null;
  return (
    <>
      {job?.state === 'running' || job?.state === 'pausing' ? (
        <Button
          variant="default"
          disabled={job.state === 'pausing'}
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => void pauseQueue(job.id)}
        >
          {job.state === 'pausing' ? texts.pausing : texts.pause}
        </Button>
      ) : null}
      {job?.state === 'paused' || job?.state === 'crashed' ? (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => void resumeQueue(job.id)}
        >
          {texts.resume}
        </Button>
      ) : null}
      <ConfirmButton
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        question={texts.cancelThisProductionTraining}
        consequence={texts.namesThatAreDoneStay}
        confirm={texts.cancelTraining}
        keep={texts.keepIt}
        onConfirm={() => attempt(() => call('jobs.cancel', { jobId: id }))}
      >
        {common.cancel}
      </ConfirmButton>
    </>
  );
}

/** Threads and log, as every job has them. */
function JobAtWork({ jobs }: TrainingPartsProps) {
  const job = useJobAtWork(jobs);
  return (
    <div className={queueClasses.live}>
      <Threads queue={job} />
      <LiveLog queueIds={jobs} />
    </div>
  );
}

/** `Asked for by the window, began 12:00, took 3 min`. */
function whenText({ origin, createdAt, startedAt, endedAt, waitingFor }: TrainingDto): string {
  const by = texts.askedFor({ originText: ORIGIN_TEXT[origin] });
  if (startedAt === null) return `${by} ${formatTime(createdAt)}. ${waitingFor ?? ''}`;
  const began = texts.byBeganStartedAt({ by, startedAt: formatTime(startedAt) });
  if (endedAt === null) return waitingFor === null ? began : `${began}. ${waitingFor}`;
  return texts.beganTookEndedAt({
    began,
    endedAt: formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
  });
}

const ORIGIN_TEXT: Readonly<Record<TrainingDto['origin'], string>> = texts.originText;

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
      title={state === 'failed' ? texts.itFailed : texts.itWasInterrupted}
    >
      <p style={{ marginTop: 0 }}>{error}</p>
      <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => void again()}>
        {texts.goOn}
      </Button>
    </Alert>
  );
}

function NameStages({ of: { name, stages, result } }: { readonly of: TrainingNameDto }) {
  const nameTitle = useNameTitle();
  return (
    <>
      <Panel
        title={nameTitle(name)}
        note={result?.title ?? undefined}
        actions={
          result?.version == null ? null : (
            <Button component="a" size="xs" variant="default" href={formatHash('registry', { name })}>
              {texts.openInRegistry}
            </Button>
          )
        }
      >
        <ol className={classes.stages} aria-label={texts.stagesOf({ name })}>
          {stages.map(({ stage, state, text, queueIds }) => (
            <li
              key={stage}
              data-out={state === 'left_out' || undefined}
              aria-current={state === 'running' ? 'step' : undefined}
            >
              <span className={classes.stageName}>{STAGE_TITLES[stage]}</span>
              <span>
                {text ?? (state === 'running' && queueIds.length === 0 ? texts.refittingUpToNewestBar : '')}
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
  const nameTitle = useNameTitle();
  const { data } = useCall('production.trainings', {});
  if (data === undefined || data.length === 0) return null;
  return (
    <Panel title={texts.productionTrainings} flush>
      <ul className={classes.list}>
        {data.slice(0, 5).map(({ id, title, state, names, createdAt, startedAt }) => (
          <li key={id}>
            <a href={trainingHash(id)}>{nameTitle(title)}</a>
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

const stageAtWork = ({ stages }: Pick<TrainingNameSummaryDto, 'stages'>) =>
  stages.filter(({ state }) => state === 'running').map(({ stage }) => stage);

function stageNow(name: TrainingNameSummaryDto): string {
  const [stage] = stageAtWork(name);
  return stage === undefined ? '' : `, ${STAGE_TITLES[stage].toLowerCase()}`;
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
      {texts.partOfProductionTrainingOf({
        link: (words) => <a href={trainingHash(training.id)}>{words}</a>,
        training: training.title,
      })}
    </p>
  );
}
