import { setTimeout as delay } from 'node:timers/promises';
import { app, type BrowserWindow, type Event, powerMonitor } from 'electron';
import type { Engine } from '../../engine/app.ts';
import { decideLeaving } from './leaving.ts';

/** What a shutdown is held up for at most: logind's own limit (InhibitDelayMaxSec) is 5 s. */
const SHUTDOWN_MS = 3_000;
/** Windows tells nobody that the end of a session was called off. */
const SESSION_END_MS = 60_000;

const SHUTDOWN_MESSAGE = 'Paused when the computer was shut down.';

export interface DepartureDeps {
  readonly engine: Pick<Engine, 'isTraining' | 'close' | 'suspend' | 'wake' | 'saveNow'>;
  readonly window: BrowserWindow;
  /** Resolves to the index of the button that the user chose. */
  readonly ask: () => Promise<number>;
  readonly toTray: () => void;
  /** The engine is closed, or saved as far as it could be: what stands around it goes. */
  readonly left: () => void;
}

/**
 * What happens when the user closes the window or quits, and when the system sleeps or ends: the user is asked while something
 * is trained; the system is not held up by a question, nor by what is in flight. Returns what pauses, saves and quits.
 */
export function handleDeparture({ engine, window, ask, toTray, left }: DepartureDeps): () => Promise<void> {
  let isAsking = false;
  let leaving: Promise<void> | undefined;
  let hasLeft = false;
  /** Milliseconds of `performance.now()` until which the system is about to end. */
  let endsUntil = Number.NEGATIVE_INFINITY;

  function finish(): void {
    if (hasLeft) return;
    hasLeft = true;
    left();
  }

  /** The window stays and shows how training is paused until everything is saved. */
  function leave(): Promise<void> {
    leaving ??= saveAndQuit();
    return leaving;
  }

  async function saveAndQuit(): Promise<void> {
    try {
      await engine.close();
    } finally {
      finish();
      app.quit();
    }
  }

  /** The process is about to be ended: what can't wait for it is lost. */
  function leaveAtOnce(): void {
    if (hasLeft) return;
    engine.saveNow(SHUTDOWN_MESSAGE);
    finish();
  }

  async function askToLeave(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const decision = await decideLeaving(engine.isTraining(), ask);
    if (decision === 'leave' || decision === 'pause') return leave();
    isAsking = false;
    if (decision === 'tray') toTray();
  }

  function onLeaving(event: Event): void {
    if (hasLeft) return;
    // To keep the application would keep the system: macOS takes that for a refusal to shut down.
    if (performance.now() < endsUntil) {
      leaveAtOnce();
    } else {
      event.preventDefault();
      void askToLeave();
    }
  }

  window.on('close', onLeaving);
  app.on('before-quit', onLeaving);
  app.on('window-all-closed', () => app.quit());

  // Windows: the end is asked about first, which may be answered with no by others, and then it comes.
  window.on('query-session-end', () => {
    endsUntil = performance.now() + SESSION_END_MS;
  });
  window.on('session-end', () => {
    leaveAtOnce();
    app.quit();
  });
  // Linux and macOS. The event that can be prevented is documented, and missing in the type of its listener.
  const monitor: NodeJS.EventEmitter = powerMonitor;
  monitor.on('shutdown', (event: Pick<Event, 'preventDefault'>) => {
    event.preventDefault();
    endsUntil = Number.POSITIVE_INFINITY;
    const saved = leave().catch(() => undefined);
    void Promise.race([saved, delay(SHUTDOWN_MS)]).then(() => {
      leaveAtOnce();
      app.quit();
    });
  });
  powerMonitor.on('suspend', () => {
    if (leaving === undefined) engine.suspend();
  });
  powerMonitor.on('resume', () => {
    if (leaving === undefined) void engine.wake();
  });
  return leave;
}
