import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import type { Bridge } from '../../engine/contract/bridge.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import type { DesktopApp } from '../desktop-app.ts';
import { onEachRuntime, prepareDemo, startQueue, test } from '../desktop-fixtures.ts';

/** Each configuration takes longer than a shutdown waits. */
const SLOW_GRID: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['random_forest'],
  hyperparameters: { random_forest: { n_estimators: [5000] } },
};

/** Dialogs of the main process are answered with a button, and what they said is noted; errors go to a file, which outlives it. */
async function answerDialogs(app: DesktopApp, response: number, errors: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, given) => {
      globalThis.noted = [];
      dialog.showMessageBox = (async (
        _window: unknown,
        { message, detail, signal }: Electron.MessageBoxOptions,
      ) => {
        globalThis.noted.push([message, detail]);
        if (given.response < 0) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        return { response: Math.max(given.response, 0), checkboxChecked: false };
      }) as typeof dialog.showMessageBox;
      dialog.showErrorBox = (title, content) =>
        process.getBuiltinModule('node:fs').writeFileSync(given.errors, `${title}\n${content}`);
    },
    { response, errors },
  );
}

/** State and message of a queue, in the database alone: no engine need be open. */
function savedQueue(workspace: string, queueId: number): unknown {
  const db = new Database(join(workspace, 'regimen.db'), { readonly: true });
  try {
    return db.prepare('SELECT state, message, owner FROM queues WHERE id = ?').get(queueId);
  } finally {
    db.close();
  }
}

const logOf = (workspace: string) => readFileSync(join(workspace, 'logs/training_pipeline.log'), 'utf8');

async function startedDemo(view: Page): Promise<number> {
  const queueId = await prepareDemo(view);
  await startQueue(view, queueId);
  return queueId;
}

function stateOf(view: Page, queueId: number): Promise<unknown> {
  return view.evaluate(async (id) => {
    const reply = await (window.regimen as Bridge).call('queue.get', { queueId: id });
    return reply.ok ? reply.value.state : reply.error.message;
  }, queueId);
}

function sleepAndEnd(): void {
  test('the computer sleeps in mid-training: paused, and on it goes after', async ({ app, view }) => {
    const queueId = await startedDemo(view);
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'), 0);
    await expect.poll(() => stateOf(view, queueId)).toBe('paused');
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'), 0);
    await expect.poll(() => stateOf(view, queueId)).toBe('running');
  });

  test('the system shuts down: it waits a moment, nothing is asked, and training is paused', async ({
    app,
    view,
    workspace,
  }) => {
    const queueId = await startedDemo(view);
    await answerDialogs(app, 2, join(workspace, 'errors.txt'));
    const held = await app.evaluate(({ powerMonitor, app, BrowserWindow }) => {
      const seen = { prevented: 0, asked: 0, open: 0 };
      powerMonitor.emit('shutdown', { preventDefault: () => seen.prevented++ });
      seen.asked = globalThis.noted.length;
      seen.open = BrowserWindow.getAllWindows().length;
      // What macOS sends next; after the answer, since the process ends in it.
      setImmediate(() => app.quit());
      return seen;
    }, 0);
    expect(held).toEqual({ prevented: 1, asked: 0, open: 1 });
    expect(await app.exited).toBe(0);
    expect(savedQueue(workspace, queueId)).toEqual({
      state: 'paused',
      message: 'Paused when the computer was shut down.',
      owner: null,
    });
  });

  test('a shutdown that nobody else pursues is held up by what is in flight for seconds only', async ({
    app,
    view,
    workspace,
  }) => {
    const queueId = await prepareDemo(view, SLOW_GRID);
    await startQueue(view, queueId);
    await expect.poll(() => logOf(workspace)).toContain('Training model');
    const begun = performance.now();
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('shutdown', { preventDefault() {} });
    }, 0);
    expect(await app.exited).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(savedQueue(workspace, queueId)).toEqual({
      state: 'paused',
      message: 'Paused when the computer was shut down.',
      owner: null,
    });
  });

  test('Windows ends the session: saved before its handler returns', async ({ app, view, workspace }) => {
    const queueId = await startedDemo(view);
    await answerDialogs(app, 2, join(workspace, 'errors.txt'));
    const seen = await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      let prevented = 0;
      const event = { preventDefault: () => prevented++, reasons: ['shutdown'] };
      window.emit('query-session-end', event);
      setImmediate(() => window.emit('session-end', event));
      return { prevented, asked: globalThis.noted.length };
    }, 0);
    expect(seen).toEqual({ prevented: 0, asked: 0 });
    expect(await app.exited).toBe(0);
    expect(savedQueue(workspace, queueId)).toMatchObject({ state: 'paused', owner: null });
  });
}

function whatBreaks(): void {
  test('a page that is gone is loaded again, a few times by itself and then on request; training goes on', async ({
    app,
    view,
    workspace,
  }) => {
    const queueId = await startedDemo(view);
    await answerDialogs(app, 0, join(workspace, 'errors.txt'));
    await app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      globalThis.reloads = 0;
      webContents.reload = () => void globalThis.reloads++;
    }, 0);
    const crash = async (reason: string, outcome: readonly [reloads: number, asked: number]) => {
      await app.evaluate(({ BrowserWindow }, given) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!;
        webContents.emit('render-process-gone', {}, { reason: given, exitCode: 5 });
      }, reason);
      await expect
        .poll(() => app.evaluate(() => [globalThis.reloads, globalThis.noted.length], 0))
        .toEqual(outcome);
    };
    // One that was loaded again after all would be counted below.
    await crash('clean-exit', [0, 0]);
    for (let times = 1; times <= 3; times++) await crash('crashed', [times, 0]);
    await crash('oom', [4, 1]);
    expect(await app.evaluate(() => globalThis.noted, 0)).toEqual([
      [
        'The window’s page crashes again and again.',
        expect.stringContaining(join(workspace, '.regimen/desktop/crashes')),
      ],
    ]);
    expect(logOf(workspace)).toContain('The window’s page is gone: oom (5)');
    expect(['running', 'completed']).toContain(await stateOf(view, queueId));
  });

  test('a page that was loaded again is the page', async ({ app, view }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    const reloaded = view.waitForEvent('load');
    await app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    }, 0);
    await reloaded;
    await expect(view.locator('#root')).not.toBeEmpty();
    expect(await view.evaluate(() => (window.regimen as Bridge).call('market.list', {}))).toMatchObject({
      ok: true,
    });
  });

  test('a page that does not answer: wait or load again, and the question goes when it answers', async ({
    app,
    view,
    workspace,
  }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    const unresponsive = (then?: 'responsive') =>
      app.evaluate(async ({ BrowserWindow }, next) => {
        const window = BrowserWindow.getAllWindows()[0]!;
        globalThis.reloads = 0;
        window.webContents.forcefullyCrashRenderer = () => void globalThis.reloads++;
        window.emit('unresponsive');
        window.emit('unresponsive');
        if (next !== undefined) window.emit(next);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return [globalThis.noted.length, globalThis.reloads];
      }, then);
    const errors = join(workspace, 'errors.txt');
    await answerDialogs(app, 0, errors);
    expect(await unresponsive()).toEqual([1, 0]);
    await answerDialogs(app, 1, errors);
    expect(await unresponsive()).toEqual([1, 1]);
    await answerDialogs(app, -1, errors);
    expect(await unresponsive('responsive')).toEqual([1, 0]);
    expect(await unresponsive('responsive')).toEqual([2, 0]);
  });

  test('helper processes that end are logged, and said when they end again and again', async ({
    app,
    view,
    workspace,
  }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    await app.evaluate(({ app: desktop }) => {
      const gone = (type: string, reason: string) =>
        desktop.emit('child-process-gone', {}, { type, reason, exitCode: 139 });
      gone('Utility', 'killed');
      for (let i = 0; i < 3; i++) gone('GPU', 'crashed');
    }, 0);
    const lines = await view.evaluate(async () => {
      const reply = await (window.regimen as Bridge).call('feed.recent', { limit: 10 });
      return reply.ok ? reply.value.map(({ level, message }) => [level, message]) : [];
    });
    const usual = [
      'warn',
      'A helper process of the window ended (GPU): crashed (139). It is started again; training goes on.',
    ];
    expect(lines).toEqual([usual, usual, ['error', expect.stringContaining('--disable-gpu')]]);
    expect(logOf(workspace)).toContain('"reason":"crashed"');
  });

  for (const kind of ['an exception', 'a rejection'] as const) {
    test(`${kind} that nobody caught: logged, saved, said, and an exit status`, async ({
      app,
      view,
      workspace,
    }) => {
      const queueId = await startedDemo(view);
      const errors = join(workspace, 'errors.txt');
      await answerDialogs(app, 0, errors);
      await app.evaluate((_electron, how) => {
        setImmediate(() => {
          if (how === 'an exception') throw new Error('a broken promise');
          void Promise.reject(new Error('a broken promise'));
        });
      }, kind);
      expect(await app.exited).toBe(1);
      const said = readFileSync(errors, 'utf8');
      expect(said).toContain('Regimen has to close\nRegimen ends: a broken promise (a defect of Regimen');
      expect(said).toContain(join(workspace, 'logs'));
      const logged = logOf(workspace)
        .split('\n')
        .filter((line) => line.includes('a broken promise'));
      expect(logged).toHaveLength(1);
      expect(JSON.parse(logged[0]!)).toMatchObject({
        level: 'ERROR',
        function: 'onDefect',
        stack: expect.stringContaining('at '),
      });
      expect(savedQueue(workspace, queueId)).toEqual({
        state: 'paused',
        message: 'Paused when Regimen met an error; the log says which.',
        owner: null,
      });
    });
  }
}

onEachRuntime('sleep, shutdown and crashes', () => {
  sleepAndEnd();
  whatBreaks();
});
