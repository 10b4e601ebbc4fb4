import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { WorkerDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import {
  attempt,
  Badge,
  formatCount,
  formatDuration,
  formatNumber,
  Panel,
  plural,
  type Tone,
} from '../ui/index.ts';
import classes from './workers.module.css';

/** Workers show themselves every two seconds. */
const LOOK_MS = 3000;

const STATES: Readonly<Record<WorkerDto['state'], { readonly word: string; readonly tone: Tone }>> = {
  running: { word: 'Running', tone: 'running' },
  paused: { word: 'Paused', tone: 'neutral' },
  draining: { word: 'Draining', tone: 'warning' },
  refused: { word: 'Refused', tone: 'loss' },
  gone: { word: 'Gone', tone: 'loss' },
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
    <Panel title="Workers" note={`Met at ${redis}`}>
      {problem !== null ? (
        <p className={classes.problem}>{problem}</p>
      ) : workers.length === 0 ? (
        <p className={classes.problem}>
          None is connected. On each machine: <code>regimen worker --redis {redis}</code>
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
      <span>
        {plural(threads, 'thread')} on {host}, pipeline {pipeline}
      </span>
      <span>
        {formatCount(busy)} in training, {formatCount(done)} done, {formatNumber(perSecond, 1)} a second, seen{' '}
        {formatDuration(seenSeconds)} ago
      </span>
      {reason === null ? null : <span className={classes.problem}>{reason}</span>}
      {state === 'running' || state === 'paused' ? (
        <span className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${state === 'running' ? 'Pause' : 'Resume'} ${name}`}
            onClick={ask(state === 'running' ? 'workers.pause' : 'workers.resume')}
          >
            {state === 'running' ? 'Pause' : 'Resume'}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Drain ${name}: it finishes what it has in training, and ends`}
            onClick={ask('workers.drain')}
          >
            Drain
          </Button>
        </span>
      ) : null}
    </li>
  );
}
