import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import type { AlertDto } from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import type { EventListener } from '../../contract/events.ts';
import { storedJson } from '../../contract/stored-json.ts';
import { USER_MODE } from '../../files/atomic-write.ts';
import type { Feed } from '../../log/feed.ts';
import {
  type AlertRow,
  type AlertTargetRow,
  alertTargets,
  claimAlerts,
  updateAlert,
} from '../../store/alerts.ts';
import type { Store } from '../../store/database.ts';
import { NotSent, post, webhookUrl } from './post.ts';
import { bodyOf, targetOf } from './target.ts';

export interface SendingDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly feed: Feed;
  readonly emit: EventListener;
  readonly isHost: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Sends what waits: each alert until it was taken, at least once and always by the same id. */
export interface Sending {
  /** Tries all that is due, of each target in order; returns how many were settled. Never waits for a target that waits itself. */
  send(): Promise<number>;
  /** @throws EngineError `conflict` with the reason where it did not arrive */
  test(target: AlertTargetRow, alert: AlertDto): Promise<void>;
  end(): void;
  idle(): Promise<void>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Waits after each attempt; the last one again and again. */
const WAITS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR];
/** Older alerts help nobody. */
const GIVE_UP_MS = 3 * 24 * HOUR;
/** So long an attempt may take before another process makes it again. */
const CLAIM_MS = MINUTE;
const SAYS = { source: 'live/alerts/sending:send' } as const;

export function createSending({ store, config, feed, emit, isHost, now }: SendingDeps): Sending {
  const closing = new AbortController();
  const under = new Set<Promise<unknown>>();

  async function deliver(row: AlertTargetRow, alert: AlertDto): Promise<void> {
    const target = targetOf(row);
    if (target.kind === 'desktop') {
      emit({ type: 'alert', alert });
      return;
    }
    if (target.kind === 'file') {
      appendLine(target.file!, JSON.stringify(alert));
      return;
    }
    const url = webhookUrl(target.url!, config().live.alert_hosts);
    const at = Math.floor(now() / SECOND);
    const message = { url, id: alert.id, body: bodyOf(target, alert), secret: target.secret, at };
    await post(message, closing.signal);
  }

  /** Whether it was settled: sent, or given up. */
  async function attempt(target: AlertTargetRow, row: AlertRow): Promise<boolean> {
    try {
      await deliver(target, storedJson<AlertDto>(row.alert, `an alert for "${row.target}"`));
      updateAlert(store, row.id, { sent_at: now(), attempts: row.attempts + 1, error: null });
      return true;
    } catch (error) {
      // It goes out when Regimen is open again.
      if (closing.signal.aborted) {
        updateAlert(store, row.id, { next_at: now() });
        return false;
      }
      const attempts = row.attempts + 1;
      const message = (error as Error).message;
      const isHopeless = error instanceof NotSent && !error.again;
      const given_up = isHopeless || now() - row.at > GIVE_UP_MS ? 1 : 0;
      const wait = WAITS[Math.min(attempts, WAITS.length) - 1]!;
      updateAlert(store, row.id, { attempts, given_up, next_at: now() + wait, error: message });
      if (attempts === 1 || given_up === 1) {
        const then = given_up === 1 ? 'It is given up: `regimen alert list` shows it.' : 'It is tried again.';
        feed.warn(null, `An alert could not be sent to "${row.target}": ${message}. ${then}`, SAYS);
      }
      return given_up === 1;
    }
  }

  /** All alerts of a target that are due, one after the other. */
  async function sendOne(target: AlertTargetRow, first: AlertRow): Promise<number> {
    let settled = 0;
    for (let row: AlertRow | undefined = first; row !== undefined; ) {
      if (!(await attempt(target, row))) return settled;
      settled++;
      [row] = closing.signal.aborted ? [] : claimAlerts(store, now(), now() + CLAIM_MS, [target.name]);
    }
    return settled;
  }

  return {
    async send() {
      if (closing.signal.aborted) return 0;
      const targets = alertTargets(store).filter((row) => isHost || targetOf(row).kind !== 'desktop');
      const byName = new Map(targets.map((row) => [row.name, row]));
      const due = claimAlerts(store, now(), now() + CLAIM_MS, [...byName.keys()]);
      const all = Promise.all(due.map((row) => sendOne(byName.get(row.target)!, row)));
      under.add(all);
      try {
        return (await all).reduce((sum, one) => sum + one, 0);
      } finally {
        under.delete(all);
      }
    },
    async test(row, alert) {
      try {
        await deliver(row, alert);
      } catch (error) {
        if (error instanceof EngineError) throw error;
        throw new EngineError('conflict', `The test did not arrive: ${(error as Error).message}.`);
      }
    },
    end() {
      // What is being sent by a command has a moment: nobody else may be there to send it.
      if (isHost) closing.abort();
      else setTimeout(() => closing.abort(), 10 * SECOND).unref();
    },
    async idle() {
      await Promise.allSettled([...under]);
    },
  };
}

/** Appends a line of its own, synced. */
function appendLine(file: string, line: string): void {
  const handle = opened(file);
  try {
    writeSync(handle, `${line}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function opened(file: string): number {
  try {
    return openSync(file, 'a', USER_MODE);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new NotSent(`the folder of ${file} is not there: make it`, true);
    throw new NotSent(`${file} can't be written to: ${message}`, true);
  }
}
