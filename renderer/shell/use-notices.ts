import { useEffect } from 'react';
import type { ChampionDto, QueueDto, VerifyDto } from '../../engine/contract/dto/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { trainingEndTitle } from '../../engine/contract/training-end.ts';
import { useCall, useModelTitle, useQueues, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { formatTime, jobWords, keepsModels, notify, notifyAgain, notifyError, plural } from '../ui/index.ts';
import { texts } from './texts.ts';

/** A queue goes on after a crash without having been asked to. Told once, whoever tells it. */
export function tellResumed(queueId: number, name: string): void {
  notifyAgain(texts.resumedQueueId({ queueId }), texts.goesOn({ name }), texts.trainingWasInterruptedAndHas);
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
          if (!before.expired.has(version))
            notifyAgain(texts.expiredVersion({ version }), texts.versionExpired, message);
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
          if (!before.stale.has(version))
            notifyAgain(texts.staleVersion({ version }), texts.versionIsStale, message);
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
  const what = problems.length === 1 ? texts.oneThingIs : texts.thingsAre({ problems: problems.length });
  notifyError(new EngineError('artifact-damaged', texts.notAsWritten({ what, at: formatTime(at) })));
}

function tellEnd(queue: QueueDto): void {
  if (queue.state === 'completed') {
    const { name, kind, completed, kept, failed } = queue;
    const { unit, past } = jobWords(kind);
    const done = plural(completed, unit);
    const left = keepsModels(kind) ? kept : null;
    notify(texts.nameIsComplete({ name }), texts.doneKeptFailed({ done, past, kept: left, failed }));
  } else if (queue.state === 'awaiting_confirmation') {
    notify(texts.asksWhetherToGoOn({ name: queue.name }), queue.message ?? undefined);
  } else if (queue.state === 'failed' || queue.state === 'crashed') {
    notifyError(
      new EngineError('training-failed', queue.message ?? texts.nameHasStopped({ name: queue.name })),
    );
  } else if (queue.state === 'paused' && queue.message !== null) {
    notify(texts.nameIsPaused({ name: queue.name }), queue.message);
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
    news.length === 1 ? texts.newChampion : texts.newChampions({ news: news.length }),
    texts.leadsOnAndMore({
      modelType: modelTitle(modelType),
      regime: regimeTitle(regime),
      symbol,
      timeframe,
      news: news.length,
    }),
  );
}
