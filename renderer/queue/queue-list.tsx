import { memo } from 'react';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { formatHash } from '../state/ui.ts';
import { formatProgress, jobWords, Panel, plural, StatusBadge } from '../ui/index.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';

interface QueueListProps {
  readonly queues: readonly QueueDto[];
  readonly selected: number;
}

/** All queues, newest first. */
export function QueueList({ queues, selected }: QueueListProps) {
  return (
    <Panel title={texts.queues} flush>
      <ul className={classes.queues}>
        {queues.map((queue) => (
          <QueueItem key={queue.id} queue={queue} selected={queue.id === selected} />
        ))}
      </ul>
    </Panel>
  );
}

const QueueItem = memo(function QueueItem({
  queue,
  selected,
}: {
  readonly queue: QueueDto;
  readonly selected: boolean;
}) {
  return (
    <li className={classes.queueItem}>
      <a
        href={formatHash('queue', { queue: String(queue.id) })}
        className={classes.queueLink}
        aria-current={selected ? 'true' : undefined}
      >
        <span className={classes.queueTop}>
          <span className={`${classes.queueName} two-lines`} title={queue.name}>
            {queue.name}
          </span>
          <span>{formatProgress(queue.progress)}</span>
        </span>
        <span className={classes.bar} aria-hidden>
          <span style={{ width: `${queue.progress * 100}%` }} data-state={queue.state} />
        </span>
        <span className={classes.queueBottom}>
          <StatusBadge status={queue.state} />
          <span>{plural(queue.totalConfigs - queue.skipped, jobWords(queue.kind).unit)}</span>
        </span>
      </a>
    </li>
  );
});
