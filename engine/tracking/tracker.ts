import type { Config } from '../config/schema.ts';
import { counted } from '../contract/counted.ts';
import type { TrackingDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EngineEvent, EventListener } from '../contract/events.ts';
import { NOT_TRACKED } from '../contract/tracking-text.ts';
import type { Feed } from '../log/feed.ts';
import type { ProcessTable } from '../queue/owner.ts';
import { findTracking, refusedOf } from '../store/tracked.ts';
import { workspaceIdentity } from '../store/workspace.ts';
import { createDue, type Due } from './due.ts';
import { createMlflow, type Mlflow } from './mlflow.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { createAsk, ServerDown } from './rest.ts';
import { sendAll } from './send-all.ts';
import { holdSending, isSentElsewhere, letGo } from './sender.ts';
import { type TrackingServer, trackingServer } from './server.ts';
import type { SourceDeps } from './sources.ts';
import { createVoice } from './voice.ts';
import { createWaiting } from './waiting.ts';

export interface TrackerDeps extends SourceDeps {
  readonly config: () => Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly feed: Pick<Feed, 'info' | 'warn'>;
  readonly emit: EventListener;
  readonly processes: ProcessTable;
  readonly isTraining: () => boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Shows what the workspace comes to on a tracking server, beside all other work and never in its way. */
export interface Tracker {
  /** From now on what there is to send is sent, and what comes. */
  begin(): void;
  /** Something happened that may be to be sent. */
  wake(event: EngineEvent): void;
  status(): TrackingDto;
  /** Sends all that waits. @throws EngineError `conflict` where it can't be sent, `config-invalid` */
  send(): Promise<TrackingDto>;
  /** Ends sending at once, or after `graceMs` in which what waits may still be sent, unless the server falls silent. */
  end(graceMs: number): Promise<void>;
}

/** After an event, more of them are waited for. */
const SETTLE_MS = 500;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5 * 60_000;
/** What was changed by another process on the same workspace is found this soon. */
const LOOK_MS = 30_000;
/** While this process trains, sending pauses this many times as long as it took. */
const PAUSE_FACTOR = 3;
const LONGEST_PAUSE_MS = 2000;
const MOST_REFUSED = 20;
/** At the end, a server that does not answer for so long is not waited for. */
const SILENCE_MS = 3000;
const LAST_ANSWER_MS = 5000;

interface Connection {
  readonly server: TrackingServer;
  readonly mlflow: Mlflow;
  readonly outbox: Outbox;
  /** When the server answered last, as `performance.now()` has it. */
  readonly answered: () => number;
}

export function createTracker(deps: TrackerDeps): Tracker {
  const { config, env, emit } = deps;
  const due = createDue(deps);
  const voice = createVoice(deps.feed);
  /** Nothing further is begun; and, after that, what is under way is given up. */
  const [ending, givingUp] = [new AbortController(), new AbortController()];
  const { signal } = ending;
  const waiting = createWaiting(signal);
  const connect = createConnect(deps, givingUp.signal);
  let state: TrackingDto['state'] = 'off';
  let problem: string | null = null;
  let working: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const serverNow = () => trackingServer(config().mlflow, env);

  function become(next: TrackingDto['state'], why: string | null = null): void {
    if (state === next && problem === why) return;
    [state, problem] = [next, why];
    emit({ type: 'workspace.changed', what: 'tracking' });
  }

  const paused = (elapsedMs: number) =>
    deps.isTraining()
      ? waiting.sleep(Math.min(elapsedMs * PAUSE_FACTOR, LONGEST_PAUSE_MS))
      : Promise.resolve();

  /** Never twice at a time: what one is sending the other would send again. @throws ServerDown, EngineError */
  function send(server: TrackingServer): Promise<void> {
    const { mlflow, outbox } = connect(server);
    const isEnding = () => signal.aborted;
    const delivery = { mlflow, outbox, workspaceId: workspaceIdentity(deps.store).id, paused, isEnding };
    const onBegin = () => become('sending');
    const mine = last.then(() => sendAll({ server, due, store: deps.store, delivery, voice, onBegin }));
    last = mine.catch(() => undefined);
    return mine;
  }

  /** One attempt to send. Gives how long to wait before the next, where nothing happens. */
  async function attempt(failures: number): Promise<number> {
    const server = serverNow();
    if (server === undefined) {
      become('off');
      return LOOK_MS;
    }
    // A workspace that has nothing to show is not touched, nor is a server asked.
    if (!due.isAny(server)) {
      become('idle');
      return LOOK_MS;
    }
    if (!holdSending(deps, connect(server).outbox)) {
      become('elsewhere');
      return LOOK_MS;
    }
    try {
      await send(server);
    } catch (error) {
      if (!(error instanceof ServerDown) || signal.aborted) throw error;
      const waits = counted(due.total(server), 'entry waits', 'entries wait');
      voice.warn(
        'down',
        `MLflow at ${server.uri} can't be told: ${error.message}. ${waits} here, to be sent once it can; nothing else waits for it.`,
      );
      become('down', error.message);
      return Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);
    }
    voice.over('down', `MLflow at ${server.uri} has what it missed.`);
    become('idle');
    return LOOK_MS;
  }

  async function work(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures = state === 'down' ? failures + 1 : 0) {
      let pause = LAST_RETRY_MS;
      try {
        pause = await attempt(failures);
        voice.over('fault');
      } catch (error) {
        if (signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        voice.warn('fault', `Nothing is sent to MLflow: ${message}`);
        become('down', message);
      }
      // What happens here changes nothing about a server that is down; what is set anew may.
      await waiting.untilWoken(pause, SETTLE_MS, state === 'down');
    }
  }

  return {
    begin() {
      working ??= work();
    },

    wake(event) {
      if (event.type === 'feed' || event.type === 'market.import' || event.type === 'queue.threads') return;
      if (event.type !== 'workspace.changed') waiting.wake(false);
      else if (event.what !== 'tracking') waiting.wake(event.what === 'settings');
    },

    status() {
      const server = serverNow();
      return server === undefined ? OFF : statusOf(deps, due, { server, state, problem });
    },

    async send() {
      const server = serverNow();
      if (server === undefined) throw nowhere();
      if (due.isAny(server)) {
        if (!holdSending(deps, connect(server).outbox)) throw sentElsewhere();
        await send(server).catch((error: unknown) => {
          if (!(error instanceof ServerDown)) throw error;
          become('down', error.message);
          throw cantBeTold(server, error);
        });
        voice.over('down', `MLflow at ${server.uri} has what it missed.`);
        become('idle');
      }
      return this.status();
    },

    async end(graceMs) {
      if (signal.aborted) return;
      const server = connect.current()?.server;
      if (graceMs > 0 && server !== undefined && (state === 'idle' || state === 'sending')) {
        const all = send(server).catch(() => undefined);
        await Promise.race([all, waiting.silence(connect(server).answered, SILENCE_MS, graceMs)]);
      }
      ending.abort();
      // What the server is asked at the moment it does, whether anybody waits for it or not: so its answer is waited for.
      const ended = Promise.all([working, last]);
      if (connect.current() !== undefined) {
        const answered = connect.current()!.answered;
        await Promise.race([
          ended,
          createWaiting(givingUp.signal).silence(answered, SILENCE_MS, LAST_ANSWER_MS),
        ]);
      }
      givingUp.abort();
      await ended;
      const outbox = connect.current()?.outbox;
      if (outbox !== undefined) letGo(deps, outbox);
    },
  };
}

/** The connection to a server, made anew where another one is set. */
function createConnect({ store, now }: Pick<TrackerDeps, 'store' | 'now'>, signal: AbortSignal) {
  let current: Connection | undefined;
  const connect = (server: TrackingServer): Connection => {
    if (JSON.stringify(server) === JSON.stringify(current?.server)) return current!;
    let answeredAt = Number.NEGATIVE_INFINITY;
    const ask = createAsk(server, signal, () => {
      answeredAt = performance.now();
    });
    const outbox = openOutbox(store, server, now);
    current = { server, mlflow: createMlflow(ask), outbox, answered: () => answeredAt };
    return current;
  };
  return Object.assign(connect, { current: () => current });
}

interface Seen extends Pick<TrackingDto, 'state' | 'problem'> {
  readonly server: TrackingServer;
}

function statusOf(deps: TrackerDeps, due: Due, { server, state, problem }: Seen): TrackingDto {
  const { uri, experiment } = server;
  const row = findTracking(deps.store, uri, experiment);
  const isElsewhere = row !== undefined && isSentElsewhere(deps, row);
  return {
    state: isElsewhere ? 'elsewhere' : state === 'off' ? 'idle' : state,
    uri,
    experiment,
    waiting: due.counts(server),
    refused: row === undefined ? [] : refusedOf(deps.store, row.id).slice(0, MOST_REFUSED),
    lastSentAt: row?.sent_at == null ? null : new Date(row.sent_at).toISOString(),
    problem,
  };
}

const OFF: TrackingDto = {
  state: 'off',
  uri: null,
  experiment: null,
  waiting: { jobs: 0, versions: 0, gates: 0, validations: 0, trials: 0, models: 0 },
  refused: [],
  lastSentAt: null,
  problem: null,
};

const nowhere = () => new EngineError('conflict', NOT_TRACKED);

const sentElsewhere = () =>
  new EngineError(
    'conflict',
    'Another Regimen process that is open on this workspace sends already. Wait for it: `tracking status` tells how far it is.',
  );

const cantBeTold = ({ uri }: TrackingServer, error: ServerDown) =>
  new EngineError(
    'conflict',
    `MLflow at ${uri} can't be told: ${error.message}. What waits is kept; try again once it answers.`,
    {},
    { cause: error },
  );
