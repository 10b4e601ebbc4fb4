import { Alert } from '@mantine/core';
import { IconClockPause, IconDeviceDesktop, IconInfoCircle } from '@tabler/icons-react';
import { adviceOfJob } from '../../engine/contract/advice.ts';
import type { OwnerDto, QueueDto } from '../../engine/contract/dto/index.ts';
import { isActive, useQueues } from '../state/index.ts';
import {
  AdviceList,
  formatTime,
  jobWords,
  keepsModels,
  Marks,
  Metric,
  Metrics,
  plural,
  StatusBadge,
} from '../ui/index.ts';
import { JobHead, type JobProgress } from './job-head.tsx';
import { LiveLog } from './live-log.tsx';
import { PartOfTraining } from './production/training-page.tsx';
import classes from './queue.module.css';
import { QueueControls } from './queue-controls.tsx';
import { QueueResults } from './queue-results.tsx';
import { SearchTrials } from './search-trials.tsx';
import { texts } from './texts/jobs.ts';
import { Threads } from './threads.tsx';
import { useElapsed } from './use-elapsed.ts';
import { ValidationResults } from './validation-results.tsx';

/** One queue: how far it is, what it does now, what it has found. */
export function QueueDetail({ queue }: { readonly queue: QueueDto }) {
  return (
    <div className={classes.detail}>
      <JobHead
        label={texts.queueName({ name: queue.name })}
        name={queue.name}
        badge={<StatusBadge status={queue.state} />}
        controls={<QueueControls queue={queue} />}
        about={
          <>
            <Marks of={{ jobId: queue.id }} what={texts.jobIdOf({ id: queue.id })} />
            <PartOfTraining queueId={queue.id} />
          </>
        }
        progress={useQueueProgress(queue)}
      >
        {queue.waitingFor === null ? null : (
          <p className={classes.waits} role="status">
            <IconClockPause size={16} aria-hidden /> {queue.waitingFor}
          </p>
        )}
        {queue.owner === null || queue.owner.isThis ? null : (
          <p className={classes.waits} role="status">
            <IconDeviceDesktop size={16} aria-hidden /> {trainedBy(queue.owner)}
          </p>
        )}
        {queue.message === null ? null : (
          <Alert
            color={queue.state === 'failed' ? 'red' : 'blue'}
            variant="light"
            icon={<IconInfoCircle aria-hidden />}
          >
            {queue.message}
          </Alert>
        )}
        <AdviceList of={adviceOfJob(queue)} />
        <Counts queue={queue} />
      </JobHead>
      <div className={classes.live}>
        <Threads queue={queue} />
        <LiveLog queueIds={[queue.id]} />
      </div>
      {queue.kind === 'search' ? <SearchTrials queue={queue} /> : null}
      {keepsModels(queue.kind) ? <QueueResults queue={queue} /> : <ValidationResults queue={queue} />}
    </div>
  );
}

/** What became of its cells; of one that keeps no models, without what becomes of models. */
function Counts({ queue }: { readonly queue: QueueDto }) {
  const models = keepsModels(queue.kind);
  return (
    <Metrics label={texts.resultsSummary}>
      <Metric term={models ? 'total' : 'totalFolds'} value={queue.totalConfigs} />
      <Metric term={models ? 'completed' : 'completedFolds'} value={queue.completed} />
      {models ? (
        <>
          <Metric term="crowned" value={queue.crowned} />
          <Metric term="pushedOut" value={queue.pushedOut} />
          <Metric term="kept" value={queue.kept} />
          <Metric term="deleted" value={queue.deleted} />
        </>
      ) : null}
      <Metric term={models ? 'failed' : 'failedFolds'} value={queue.failed} />
      {models ? <Metric term="skipped" value={queue.skipped} /> : null}
      {queue.impossible === 0 ? null : <Metric term="impossible" value={queue.impossible} />}
      {models ? <Metric term="currentIndex" value={queue.currentIndex} /> : null}
      <Metric term="memory" value={queue.memoryBytes} />
      <Metric term="disk" value={queue.diskBytes} />
    </Metrics>
  );
}

function trainedBy({ pid, host, kind, since }: OwnerDto): string {
  const when = since === null ? null : formatTime(since);
  return texts.trainedByAnotherProcess({ pid, host, kind, since: when });
}

function useQueueProgress(queue: QueueDto): JobProgress {
  const live = useQueues((state) => state.progress.get(queue.id));
  const elapsed = useElapsed(queue);
  return {
    headline: headline(queue, queue.completed + queue.failed, queue.totalConfigs - queue.skipped),
    share: queue.progress,
    state: queue.state,
    elapsed,
    remaining: isActive(queue) && live !== undefined ? live.remainingSeconds : null,
  };
}

function headline(queue: QueueDto, done: number, toTrain: number): string {
  const { state, failed, completed } = queue;
  const { unit, verb, present, past } = jobWords(queue.kind);
  switch (state) {
    case 'pending':
      return texts.toTrainToVerb({ toTrain: plural(toTrain - done, unit), verb });
    case 'running':
      // The one in work, as the log counts.
      return texts.presentUnitDoneOfToTrain({ present, unit, done: Math.min(done + 1, toTrain), toTrain });
    case 'pausing':
      return texts.finishingInWorkThenPausing({ unit });
    case 'cancelling':
      return texts.cancelling;
    case 'completed':
      return texts.doneAndFailed({ done: plural(completed, unit), past, failed });
    default:
      return texts.doneOfToTrainUnitS({ done, toTrain, unit });
  }
}
