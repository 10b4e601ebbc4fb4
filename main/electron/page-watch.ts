import { type BrowserWindow, dialog, type RenderProcessGoneDetails } from 'electron';
import type { Engine } from '../../engine/app.ts';
import { createBound } from './bounded.ts';

/** A page that crashes as soon as it is loaded would be loaded forever. */
const MOST_RELOADS = 3;
const WITHIN_MS = 5 * 60_000;
/** Electron may not have taken down what is left of the old process when it tells of its end. */
const RELOAD_AFTER_MS = 250;

const SOURCE = 'electron/page-watch:watchPage';

const LOAD_AGAIN = 'Load again';
const STAYS = 'Training is not affected: it goes on behind the window.';

export interface PageWatchDeps {
  readonly engine: Pick<Engine, 'report'>;
  readonly window: BrowserWindow;
  readonly show: () => void;
  readonly quit: () => void;
  /** Where reports of crashes lie. */
  readonly reports: string;
  readonly now: () => number;
}

/**
 * Looks after the process that draws the page: one that is gone is started again, a few times by itself and then when the
 * user says so; one that does not answer is, when the user says so. Training runs elsewhere and goes on.
 */
export function watchPage({ engine, window, show, quit, reports, now }: PageWatchDeps): void {
  const mayReload = createBound(MOST_RELOADS, WITHIN_MS, now);
  /** Closes the question whether to wait. */
  let waiting: AbortController | undefined;

  function reload(): void {
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, RELOAD_AFTER_MS);
  }

  async function askAfterCrash({ reason, exitCode }: RenderProcessGoneDetails): Promise<void> {
    show();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Regimen',
      message: 'The window’s page crashes again and again.',
      detail: `The last time: ${reason} (${exitCode}). ${STAYS} Reports of the crashes lie in ${reports}.`,
      buttons: [LOAD_AGAIN, 'Quit Regimen'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) reload();
    else quit();
  }

  async function askWhetherToWait(): Promise<void> {
    if (waiting !== undefined) return;
    waiting = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Regimen',
      message: 'The window does not answer.',
      detail: `It may come back by itself. ${STAYS}`,
      buttons: ['Wait', LOAD_AGAIN],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: waiting.signal,
    });
    const isOver = waiting.signal.aborted;
    waiting = undefined;
    // Its process may hang for good: the page is loaded again once that is gone.
    if (response === 1 && !isOver && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
  }

  window.webContents.on('render-process-gone', (_event, details) => {
    const { reason, exitCode } = details;
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    waiting?.abort();
    const again = mayReload();
    const next = again ? 'It is loaded again' : 'It is not loaded again by itself any more';
    engine.report(
      'error',
      `The window’s page is gone: ${reason} (${exitCode}). ${next}; training goes on. Crash reports: ${reports}`,
      { source: SOURCE, reason, exitCode },
    );
    if (again) reload();
    else void askAfterCrash(details);
  });
  window.on('unresponsive', () => {
    engine.report('warn', 'The window does not answer; training goes on.', { source: SOURCE });
    void askWhetherToWait();
  });
  window.on('responsive', () => {
    waiting?.abort();
    engine.report('info', 'The window answers again.', { source: SOURCE });
  });
}
