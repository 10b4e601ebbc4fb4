import { useEffect } from 'react';
import type { ChampionDto, QueueDto, VerifyDto } from '../../engine/contract/dto/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { trainingEndTitle } from '../../engine/contract/training-end.ts';
import { useCall, useModelTitle, useQueues, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { formatTime, jobWords, keepsModels, notify, notifyAgain, notifyError, plural } from '../ui/index.ts';

/** A queue goes on after a crash without having been asked to. Told once, whoever tells it. */
export function tellResumed(queueId: number, name: string): void {
  notifyAgain(
    `resumed ${queueId}`,
    `${name} goes on`,
    'Training was interrupted and has been resumed. Every finished result was safe.',
  );
}

/** Notices: a queue ended, goes on after a crash, a regime has a new champion; a version expired; what was verified is damaged. */
export function useNotices(): void {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  useEffect(
    () =>
      useQueues.subscribe(({ queues }, before) => {
        if (queues === before.queues || before.queues === undefined || queues === undefined) return;
        const was = new Map(before.queues.map((queue) => [queue.id, queue.state]));
        for (const queue of queues) {
          const state = was.get(queue.id);
          if (state !== undefined && state !== queue.state) tellEnd(queue);
        }
      }),
    [],
  );
  useEffect(
    () =>
      useQueues.subscribe(({ resumed }, before) => {
        if (resumed === before.resumed) return;
        for (const [queueId, name] of resumed) if (!before.resumed.has(queueId)) tellResumed(queueId, name);
      }),
    [],
  );
  useEffect(
    () =>
      useQueues.subscribe(({ expired }, before) => {
        if (expired === before.expired) return;
        for (const [version, message] of expired) {
          if (!before.expired.has(version)) notifyAgain(`expired ${version}`, 'A version expired', message);
        }
      }),
    [],
  );
  useEffect(
    () =>
      useQueues.subscribe(({ alerts }, before) => {
        if (alerts === before.alerts) return;
        for (const [id, { title, text }] of alerts) if (!before.alerts.has(id)) notify(title, text);
      }),
    [],
  );
  useEffect(
    () =>
      useQueues.subscribe(({ stale }, before) => {
        if (stale === before.stale) return;
        for (const [version, message] of stale) {
          if (!before.stale.has(version)) notifyAgain(`stale ${version}`, 'A version is stale', message);
        }
      }),
    [],
  );
  useEffect(
    () =>
      useQueues.subscribe(({ trained }, before) => {
        if (trained === before.trained) return;
        for (const [id, ended] of trained) {
          if (before.trained.has(id)) continue;
          const title = trainingEndTitle(ended);
          if (ended.state === 'failed')
            notifyError(new EngineError('training-failed', `${title}. ${ended.message}`));
          else notify(title, ended.message);
        }
      }),
    [],
  );
  useEffect(
    () =>
      useWorkspace.subscribe(({ champions }, before) => {
        if (champions === before.champions || before.champions === undefined || champions === undefined)
          return;
        const known = new Set(before.champions.map(({ runId, regime }) => `${runId} ${regime}`));
        const news = champions.filter(({ runId, regime }) => !known.has(`${runId} ${regime}`));
        if (news.length > 0) tellChampions(news, modelTitle, regimeTitle);
      }),
    [modelTitle, regimeTitle],
  );
  const { data: verified } = useCall('verify.last', {});
  useEffect(() => {
    if (verified != null && verified.problems.length > 0) tellDamage(verified);
  }, [verified]);
}

/** Of the last verification, whoever asked for it: a week's own may have been made while nobody looked. */
function tellDamage({ at, problems }: VerifyDto): void {
  const what = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
  notifyError(
    new EngineError(
      'artifact-damaged',
      `${what} not as written, by the verification of ${formatTime(at)}. Storage & backup in Data & Settings says what, and what brings it back.`,
    ),
  );
}

function tellEnd(queue: QueueDto): void {
  if (queue.state === 'completed') {
    const { name, kind, completed, kept, failed } = queue;
    const { unit, past } = jobWords(kind);
    const failures = failed === 0 ? '' : `, ${failed} failed`;
    const left = keepsModels(kind) ? `, ${kept} kept now` : '';
    notify(`${name} is complete`, `${plural(completed, unit)} ${past}${left}${failures}`);
  } else if (queue.state === 'awaiting_confirmation') {
    notify(`${queue.name} asks whether to go on`, queue.message ?? undefined);
  } else if (queue.state === 'failed' || queue.state === 'crashed') {
    notifyError(new EngineError('training-failed', queue.message ?? `${queue.name} has stopped.`));
  } else if (queue.state === 'paused' && queue.message !== null) {
    notify(`${queue.name} is paused`, queue.message);
  }
}

/** One notice however many there are: during a long night only the latest matters. */
function tellChampions(
  news: readonly ChampionDto[],
  modelTitle: (modelType: string) => string,
  regimeTitle: (regime: string) => string,
): void {
  const [first] = news;
  if (first === undefined) return;
  const { modelType, regime, symbol, timeframe } = first;
  notifyAgain(
    'champions',
    news.length === 1 ? 'New champion' : `${news.length} new champions`,
    `${modelTitle(modelType)} leads ${regimeTitle(regime)} on ${symbol} ${timeframe}${news.length === 1 ? '' : ', and more'}`,
  );
}
