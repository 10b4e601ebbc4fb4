import { Alert } from '@mantine/core';
import { IconClockPause, IconDeviceDesktop, IconInfoCircle } from '@tabler/icons-react';
import type { OwnerDto, QueueDto } from '../../engine/contract/dto/index.ts';
import { isActive, useQueues } from '../state/index.ts';
import {
  formatDuration,
  formatProgress,
  formatTime,
  jobWords,
  keepsModels,
  Marks,
  Metric,
  Metrics,
  plural,
  StatusBadge,
} from '../ui/index.ts';
import { LiveLog } from './live-log.tsx';
import { PartOfTraining } from './production/training-page.tsx';
import classes from './queue.module.css';
import { QueueControls } from './queue-controls.tsx';
import { QueueResults } from './queue-results.tsx';
import { SearchTrials } from './search-trials.tsx';
import { Threads } from './threads.tsx';
import { useElapsed } from './use-elapsed.ts';
import { ValidationResults } from './validation-results.tsx';

/** One queue: how far it is, what it does now, what it has found. */
export function QueueDetail({ queue }: { readonly queue: QueueDto }) {
  return (
    <div className={classes.detail}>
      <section className={classes.hero} aria-label={`Queue ${queue.name}`}>
        <div className={classes.heroHead}>
          <div className={classes.heroTitle}>
            <h2 title={queue.name}>{queue.name}</h2>
            <StatusBadge status={queue.state} />
          </div>
          <div className={classes.heroActions}>
            <QueueControls queue={queue} />
          </div>
        </div>
        <Marks of={{ jobId: queue.id }} what={`job ${queue.id}`} />
        <PartOfTraining queueId={queue.id} />
        <Progress queue={queue} />
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
        <Counts queue={queue} />
      </section>
      <div className={classes.live}>
        <Threads queue={queue} />
        <LiveLog queueId={queue.id} />
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
    <Metrics label="Results summary">
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
  const where = kind === null ? '' : ` (${kind})`;
  const when = since === null ? '' : `, since ${formatTime(since)}`;
  return `Trained by another process: ${pid} on ${host}${where}${when}.`;
}

function Progress({ queue }: { readonly queue: QueueDto }) {
  const live = useQueues((state) => state.progress.get(queue.id));
  const toTrain = queue.totalConfigs - queue.skipped;
  const done = queue.completed + queue.failed;
  const percent = formatProgress(queue.progress);
  const elapsed = useElapsed(queue);
  return (
    <div>
      <div className={classes.progressText}>
        <span className={classes.progressTitle}>{headline(queue, done, toTrain)}</span>
        <span>
          {formatDuration(elapsed)} elapsed
          {isActive(queue) && live !== undefined
            ? `, about ${formatDuration(live.remainingSeconds)} remaining`
            : ''}
        </span>
        <strong>{percent}</strong>
      </div>
      <div
        className={classes.progress}
        role="progressbar"
        aria-label={`Progress of ${queue.name}`}
        aria-valuenow={Math.floor(queue.progress * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={percent}
      >
        <span style={{ transform: `scaleX(${queue.progress})` }} data-state={queue.state} />
      </div>
    </div>
  );
}

function headline(queue: QueueDto, done: number, toTrain: number): string {
  const { state, failed, completed } = queue;
  const { unit, verb, present, past } = jobWords(queue.kind);
  switch (state) {
    case 'pending':
      return `${plural(toTrain - done, unit)} to ${verb}`;
    case 'running':
      // The one in work, as the log counts.
      return `${present} ${unit} ${Math.min(done + 1, toTrain)} of ${toTrain}`;
    case 'pausing':
      return `Finishing the ${unit}s in work, then pausing`;
    case 'cancelling':
      return 'Cancelling';
    case 'completed':
      return `${plural(completed, unit)} ${past}${failed === 0 ? '' : `, ${failed} failed`}`;
    default:
      return `${done} of ${toTrain} ${unit}s done`;
  }
}
