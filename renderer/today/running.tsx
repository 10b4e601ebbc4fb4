import { Anchor, Button, Progress } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JobDto, OverviewDto } from '../../engine/contract/dto/index.ts';
import { go, useQueues } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { formatCount, formatProgress, Panel, StatusBadge } from '../ui/index.ts';
import { texts } from './texts.ts';
import classes from './today.module.css';

/** What is trained now, and what waits its turn. */
export function Running({ running, waiting }: Pick<OverviewDto, 'running' | 'waiting'>) {
  return (
    <Panel
      title={texts.runsNow}
      note={waiting === 0 ? undefined : texts.jobWaitsInQueue({ waiting })}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => go('queue', { new: '1' })}
        >
          {texts.newJob}
        </Button>
      }
      flush
    >
      {running.length === 0 ? (
        <p className={classes.nothing}>{texts.nothingIsTraining}</p>
      ) : (
        <ul className={classes.list}>
          {running.map((job) => (
            <RunningJob key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Progress comes with every result; the rest of the page need not be asked for that often. */
function RunningJob({ job }: { readonly job: JobDto }) {
  const queue = useQueues((state) => state.queues?.find(({ id }) => id === job.id));
  const live = useQueues((state) => state.progress.get(job.id));
  const share = queue?.progress ?? job.progress_pct / 100;
  const left = live?.remainingSeconds ?? job.remaining;
  return (
    <li>
      <div>
        <p className={classes.subject}>
          <Anchor href={formatHash('queue', { queue: String(job.id) })} title={job.name}>
            {job.name}
          </Anchor>{' '}
          <StatusBadge status={queue?.state ?? job.state} />
        </p>
        <Progress value={share * 100} my={6} aria-label={texts.progressOf({ name: job.name })} />
        <p className={classes.text}>
          {texts.shareOfTotalUnitLeft({
            share: formatProgress(share),
            total: formatCount(job.total),
            unit: job.unit,
            left,
          })}
        </p>
      </div>
    </li>
  );
}
