import type { EventListener } from '../../contract/events.ts';
import type { Feed } from '../../log/feed.ts';
import { dayText } from '../../market/time/time-text.ts';
import type { Store } from '../../store/database.ts';
import { changeForwardTest, type ForwardTestRow, forwardBars } from '../../store/forward.ts';
import { modelOfVersion, requireVersion } from '../../store/versions.ts';
import { readVerdicts } from '../../validation/verdicts.ts';
import type { Subject } from '../subject.ts';
import { dayLeft, type ForwardPromise, promiseOf } from './promise.ts';
import { tradeOn } from './record.ts';
import { promiseIn } from './views.ts';

export interface JudgeDeps {
  readonly store: Store;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Holds a test against what was promised of its version; whether anything was written. */
export type Judge = (row: ForwardTestRow, subject: Subject) => boolean;

const SAYS = { source: 'live/forward/judge:judge', topic: 'model' } as const;

export function createJudge({ store, feed, emit, now }: JudgeDeps): Judge {
  type Reason = NonNullable<ForwardTestRow['stale_reason']>;
  function setStale({ id }: ForwardTestRow, reason: Reason, text: string): void {
    changeForwardTest(store, id, { stale_at: now(), stale_reason: reason, message: text });
  }

  function newPromise(row: ForwardTestRow, { speaker }: Subject): ForwardPromise | null {
    const version = requireVersion(store, row.name, row.version);
    const { symbol, timeframe, regime, config_hash: configHash } = version;
    const { strategy } = modelOfVersion(version);
    const days = readVerdicts(store).daysOf({ symbol, timeframe, regime, configHash, strategy });
    const promise = days && promiseOf(days, Date.parse(speaker.expiresAt!) - row.begun_at);
    if (promise !== null) changeForwardTest(store, row.id, { promise: JSON.stringify(promise) });
    return promise;
  }

  return (row, subject) => {
    const promise = promiseIn(row) ?? newPromise(row, subject);
    const isNew = row.promise === null && promise !== null;
    if (row.stale_at !== null) return isNew;
    const { name, version } = row;
    if (promise !== null) {
      const { daySums } = tradeOn(forwardBars(store, row.id), subject.configuration);
      const day = dayLeft(daySums, promise.band);
      if (day !== undefined) {
        const text = `${name}: by the end of its market day ${day} version ${version} has earned less on paper than 95 of 100 models do that are as good as its validation ${promise.validation} promised. It goes on being used until another is put in charge: train it anew, or roll back.`;
        setStale(row, 'left-band', text);
        feed.warn(null, text, SAYS);
        emit({ type: 'version.stale', name, version, message: text });
        return true;
      }
    }
    const { isExpired, expiresAt } = subject.speaker;
    if (!isExpired) return isNew;
    // That it expired is told by who watches for it.
    const on = dayText(Date.parse(expiresAt!));
    setStale(row, 'expired', `${name}: version ${version} expired on ${on}: train it anew.`);
    return true;
  };
}
