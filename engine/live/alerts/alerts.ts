import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import type { Input } from '../../contract/api/index.ts';
import type { AlertDto, AlertsDto, AlertTargetDto, UnsentAlertDto } from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import type { EngineEvent, EventListener } from '../../contract/events.ts';
import { storedJson } from '../../contract/stored-json.ts';
import type { Feed } from '../../log/feed.ts';
import {
  type AlertRow,
  alertTargets,
  deleteAlertTarget,
  saveAlertTarget,
  unsentAlerts,
  updateAlert,
} from '../../store/alerts.ts';
import type { Store } from '../../store/database.ts';
import { createLooks } from '../looks.ts';
import type { Signals } from '../signals.ts';
import { type Watched, watchedSignals, watchedStates } from './news.ts';
import { noteChanges } from './outbox.ts';
import { webhookUrl } from './post.ts';
import { createSending } from './sending.ts';
import { checkTarget, targetDto } from './target.ts';

export interface AlertDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly signals: Signals;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** A window or server; it alone has a desktop. */
  readonly isHost: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Tells what changed to those who asked for it. */
export interface Alerts {
  list(): AlertsDto;
  /** @throws EngineError `invalid-input` */
  add(input: Input<'alert.add'>): Promise<AlertTargetDto>;
  remove(name: string): boolean;
  /** @throws EngineError `not-found`; `conflict` with the reason where it did not arrive */
  test(name: string): Promise<void>;
  /** What was given up is tried again. */
  retry(): number;
  /** What the engine says: things are looked at again. */
  wake(event: EngineEvent): void;
  /** From now on data is seen to be late, and what waits is tried again. */
  begin(): void;
  /** One look, and an attempt at all that is due; never rejects. */
  look(): Promise<void>;
  end(): void;
  idle(): Promise<void>;
}

const LOOK_MS = 60_000;
const SEND_MS = 5000;
const SAYS = { source: 'live/alerts/alerts:look' } as const;
const WAKES = ['series', 'registry', 'forward', 'trainings'];
const EXAMPLE: AlertDto = {
  id: '00000000-0000-4000-8000-000000000000',
  at: '2026-01-02T09:00:00.000Z',
  event: 'test',
  symbol: 'EURUSD',
  timeframe: 'H1',
  title: 'A test',
  text: 'Regimen can reach you here.',
};

export function createAlerts(deps: AlertDeps): Alerts {
  const { store, config, signals, feed, emit, now } = deps;
  const sending = createSending(deps);
  const timers: NodeJS.Timeout[] = [];

  const tell = () => emit({ type: 'workspace.changed', what: 'alerts' });

  const watched = async (): Promise<Watched[]> => [
    ...watchedSignals((await signals.list({})).signals),
    ...watchedStates(store),
  ];

  async function lookOnce(): Promise<void> {
    if (alertTargets(store).length === 0) return;
    const queued = noteChanges(deps, await watched(), true);
    const sent = await sending.send();
    if (queued + sent > 0) tell();
  }

  const looks = createLooks(lookOnce, ({ message }) =>
    feed.error(null, `Alerts can't be looked at: ${message}`, SAYS),
  );
  const { look } = looks;

  return {
    list() {
      const unsent = unsentAlerts(store);
      return {
        targets: alertTargets(store).map((row) =>
          targetDto(row, unsent.filter(({ target }) => target === row.name).length),
        ),
        unsent: unsent.map(unsentDto),
        hosts: config().live.alert_hosts,
      };
    },
    async add({ name, file, ...rest }) {
      // Whichever process sends, from wherever it was started, writes to the same file.
      const options = { ...rest, ...(file === undefined ? {} : { file: resolve(file) }) };
      checkTarget(options, EXAMPLE);
      if (options.kind === 'webhook') webhookUrl(options.url!, config().live.alert_hosts);
      // What was so before nobody asked to be told of.
      if (alertTargets(store).length === 0) noteChanges(deps, await watched(), false);
      const row = { name, options: JSON.stringify(options), created_at: now() };
      saveAlertTarget(store, row);
      tell();
      return targetDto(row, 0);
    },
    remove(name) {
      const removed = deleteAlertTarget(store, name);
      if (removed) tell();
      return removed;
    },
    async test(name) {
      const row = alertTargets(store).find((one) => one.name === name);
      if (row === undefined) throw noTarget(store, name);
      const alert = {
        ...EXAMPLE,
        id: randomUUID(),
        at: new Date(now()).toISOString(),
        symbol: null,
        timeframe: null,
      };
      await sending.test(row, { ...alert, title: 'A test of Regimen' });
    },
    retry() {
      const unsent = unsentAlerts(store);
      store.transaction(() => {
        for (const { id } of unsent) updateAlert(store, id, { given_up: 0, attempts: 0, next_at: now() });
      });
      if (unsent.length > 0) void look();
      return unsent.length;
    },
    wake(event) {
      if (looks.isEnded) return;
      const isNews =
        (event.type === 'workspace.changed' && WAKES.includes(event.what)) ||
        (event.type === 'queue.changed' && ['completed', 'failed', 'crashed'].includes(event.queue.state)) ||
        event.type === 'training.ended';
      if (isNews) void look();
    },
    begin() {
      if (looks.isEnded || timers.length > 0) return;
      void look();
      const send = async () => {
        if (!looks.isLooking && (await sending.send()) > 0) tell();
      };
      timers.push(setInterval(() => void look(), LOOK_MS));
      timers.push(setInterval(() => void send().catch(() => undefined), SEND_MS));
      for (const timer of timers) timer.unref();
    },
    look,
    end() {
      looks.end();
      for (const timer of timers) clearInterval(timer);
      sending.end();
    },
    async idle() {
      await looks.idle();
      await sending.idle();
    },
  };
}

function unsentDto({ alert, target, attempts, next_at, given_up, error }: AlertRow): UnsentAlertDto {
  return {
    ...storedJson<AlertDto>(alert, `an alert for "${target}"`),
    target,
    attempts,
    nextAt: given_up === 1 ? null : new Date(next_at).toISOString(),
    error,
  };
}

function noTarget(store: Store, name: string): EngineError {
  const known = alertTargets(store).map((row) => row.name);
  const there =
    known.length === 0 ? 'There is none yet: `regimen alert add`.' : `There are ${known.join(', ')}.`;
  return new EngineError('not-found', `No target of alerts is called "${name}". ${there}`);
}
