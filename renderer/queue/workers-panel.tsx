import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { WorkerDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, Badge, formatCount, formatDuration, formatNumber, Panel, type Tone } from '../ui/index.ts';
import { texts } from './texts/jobs.ts';
import classes from './workers.module.css';

/** Workers show themselves every two seconds. */
const LOOK_MS = 3000;

const STATES: Readonly<Record<WorkerDto['state'], { readonly word: string; readonly tone: Tone }>> = {
  running: { word: texts.running, tone: 'running' },
  paused: { word: texts.paused, tone: 'neutral' },
  draining: { word: texts.draining, tone: 'warning' },
  refused: { word: texts.refused, tone: 'loss' },
  gone: { word: texts.gone, tone: 'loss' },
};

/** Who trains on other machines; nothing where training stays on this one. */
export function WorkersPanel() {
  const { data, refresh } = useCall('workers.list', {});
  const isRemote = data !== undefined && data.redis !== null;
  useEffect(() => {
    if (!isRemote) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isRemote, refresh]);
  if (data === undefined || data.redis === null) return null;
  const { redis, problem, workers } = data;
  return (
    <Panel title={texts.workers} note={texts.metAt({ redis })}>
      {problem !== null ? (
        <p className={classes.problem}>{problem}</p>
      ) : workers.length === 0 ? (
        <p className={classes.problem}>
          {texts.noneIsConnected({ code: (words) => <code>{words}</code>, redis })}
        </p>
      ) : (
        <ul className={classes.workers}>
          {workers.map((worker) => (
            <Worker key={`${worker.name} ${worker.startedAt}`} worker={worker} refresh={refresh} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Worker({ worker, refresh }: { readonly worker: WorkerDto; readonly refresh: () => void }) {
  const { name, host, threads, busy, done, perSecond, state, reason, seenSeconds, pipeline } = worker;
  const ask = (method: 'workers.pause' | 'workers.resume' | 'workers.drain') => async () => {
    await attempt(() => call(method, { name }));
    refresh();
  };
  return (
    <li className={classes.worker}>
      <span className={classes.top}>
        <strong>{name}</strong>
        <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
      </span>
      <span>{texts.threadOnPipeline({ threads, host, pipeline })}</span>
      <span>
        {texts.busyInTraining({
          busy: formatCount(busy),
          done: formatCount(done),
          perSecond: formatNumber(perSecond, 1),
          seenSeconds: formatDuration(seenSeconds),
        })}
      </span>
      {reason === null ? null : <span className={classes.problem}>{reason}</span>}
      {state === 'running' || state === 'paused' ? (
        <span className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${state === 'running' ? texts.pause : texts.resume} ${name}`}
            onClick={ask(state === 'running' ? 'workers.pause' : 'workers.resume')}
          >
            {state === 'running' ? texts.pause : texts.resume}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={texts.drainItFinishesWhat({ name })}
            onClick={ask('workers.drain')}
          >
            {texts.drain}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
