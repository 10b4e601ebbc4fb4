import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Bridge } from '../../engine/contract/bridge.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { launchDesktop, type Runtime } from '../desktop-app.ts';
import { onEachRuntime, prepareDemo, startQueue, test } from '../desktop-fixtures.ts';

const GRID = `name: from the desktop
model_types: [ridge]
symbols: [EURUSD]
timeframes: [H1]
days_history: [60]
horizons: [12]
`;

/** Each group is declared once per runtime. */
function pageAndCalls(): void {
  test('the window loads the page, from its own origin and under its policy', async ({ app, view }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    expect(app.pages()).toHaveLength(1);
    const url = await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getURL(),
      0,
    );
    expect(url).toBe('app://regimen/');
    const policy = view.locator('meta[http-equiv="Content-Security-Policy"]');
    await expect(policy).toHaveAttribute('content', /default-src 'none'/);
  });

  test('the page has the bridge and nothing of Node', async ({ view }) => {
    const found = await view.evaluate(() => ({
      bridge: Object.keys(window.regimen ?? {}).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
    }));
    expect(found).toEqual({ bridge: ['call', 'kind', 'native', 'subscribe'], node: [] });
  });

  test('a call is answered, and a bad one with its error', async ({ view }) => {
    const replies = await view.evaluate(async () => {
      const call = (window.regimen as Bridge).call as (method: string, input: unknown) => Promise<unknown>;
      return {
        list: await call('market.list', {}),
        unknown: await call('market.lst', {}),
        prototype: await call('__proto__', {}),
        invalid: await call('queue.get', { queueId: 'x' }),
        outside: await call('market.inspect', { file: '/etc/passwd' }),
      };
    });
    expect(replies.list).toEqual({ ok: true, value: [] });
    expect(replies.unknown).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(replies.prototype).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(replies.invalid).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(replies.outside).toMatchObject({ ok: false, error: { code: 'access-denied' } });
  });

  test('a foreign page is refused, though it has the preload', async ({ app, view }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    await app.evaluate(async ({ BrowserWindow, app }) => {
      const preload = `${app.getAppPath()}/out/preload/index.cjs`;
      await new BrowserWindow({ webPreferences: { preload } }).loadURL(
        'data:text/html,<title>foreign</title>',
      );
    }, 0);
    await expect.poll(() => app.pages().length).toBe(2);
    const foreign = app.pages()[1]!;
    await foreign.waitForFunction(() => window.regimen !== undefined);
    const reply = await foreign.evaluate(() => (window.regimen as Bridge).call('market.list', {}));
    expect(reply).toMatchObject({ ok: false, error: { code: 'access-denied' } });
    const chosen = await foreign.evaluate(() =>
      (window.regimen as Bridge).native
        .openFile({ title: 'x' })
        .then(String, (error: Error) => error.message),
    );
    expect(chosen).toContain('may not call Regimen');
  });
}

function dialogsAndMenu(): void {
  test('a chosen file may be read, and an exported one shown', async ({ app, view, workspace }) => {
    const outside = await mkdtemp(join(tmpdir(), 'regimen-outside-'));
    const file = join(outside, 'EURUSD_H1.csv');
    const csv = join(outside, 'history.csv');
    await writeFile(file, 'Date,Open,High,Low,Close,Volume\n2024-01-02 00:00:00,1.1,1.2,1.0,1.15,100\n');
    await app.evaluate(
      ({ dialog, shell }, [open, save]) => {
        globalThis.noted = [];
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [open] });
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: save });
        shell.showItemInFolder = (path) => void globalThis.noted.push(path);
      },
      [file, csv] as const,
    );
    const replies = await view.evaluate(
      async (input) => {
        const { call, native } = window.regimen as Bridge;
        const inspect = (path: string) => call('market.inspect', { file: path, timezone: 'UTC' });
        const before = await inspect(input.file);
        const chosen = await native.openFile({ title: 'Import' });
        const after = await inspect(input.file);
        const saved = (await native.saveFile({ title: 'Export', suggestedName: 'history.csv' })) ?? '';
        const exported = await call('history.export', { csv: saved });
        return {
          before: before.ok,
          chosen,
          after: after.ok || after.error.code,
          exported,
          shown: await native.showInFolder(saved),
          foreign: await native.showInFolder('/etc/passwd'),
        };
      },
      { file },
    );
    expect(replies).toMatchObject({
      before: false,
      chosen: file,
      exported: { ok: true },
      shown: true,
      foreign: false,
    });
    expect(replies.after).not.toBe('access-denied');
    expect(existsSync(csv)).toBe(true);
    expect(await app.evaluate(() => globalThis.noted, 0)).toEqual([csv]);
    expect(readdirSync(join(workspace, 'exports'))).toEqual([]);
    await rm(outside, { recursive: true });
  });

  test('the menu has its shortcuts, and its commands reach the page', async ({ app, view }) => {
    const shortcuts = await app.evaluate(({ Menu }) => {
      const found: Record<string, string> = {};
      const walk = (menu: Electron.Menu | null | undefined) => {
        for (const item of menu?.items ?? []) {
          if (item.accelerator) found[item.label] = String(item.accelerator);
          walk(item.submenu);
        }
      };
      walk(Menu.getApplicationMenu());
      return found;
    }, 0);
    expect(shortcuts).toMatchObject({
      'Import Market Data…': 'CmdOrCtrl+I',
      'New Grid': 'CmdOrCtrl+N',
      'Start Training': 'CmdOrCtrl+Return',
      Pause: 'CmdOrCtrl+Shift+P',
      Resume: 'CmdOrCtrl+Shift+R',
      Today: 'CmdOrCtrl+1',
      'Training Queue': 'CmdOrCtrl+2',
      'Regime Analysis': 'CmdOrCtrl+3',
      Evidence: 'CmdOrCtrl+4',
      Registry: 'CmdOrCtrl+5',
      Now: 'CmdOrCtrl+6',
      'Training History': 'CmdOrCtrl+7',
      'Data && Settings': 'CmdOrCtrl+8',
    });
    await view.evaluate(() => {
      globalThis.noted = [];
      (window.regimen as Bridge).native.onCommand((command) => globalThis.noted.push(command));
    });
    await app.evaluate(({ Menu }) => {
      const view = Menu.getApplicationMenu()?.items.find((item) => item.label === '&View');
      view?.submenu?.items.find((item) => item.label === 'Training History')?.click();
    }, 0);
    await expect
      .poll(() => view.evaluate(() => globalThis.noted))
      .toEqual([{ type: 'go', place: 'history' }]);
  });
}

function trainingAndLeaving(runtime: Runtime): void {
  test('training: events arrive, the task bar moves, the machine stays awake, the end is told', async ({
    app,
    view,
  }) => {
    const queueId = await prepareDemo(view, SMALL_GRID);
    await app.evaluate(({ BrowserWindow, Notification, powerSaveBlocker }) => {
      globalThis.noted = [];
      const window = BrowserWindow.getAllWindows()[0]!;
      window.isFocused = () => false;
      window.setProgressBar = (share) => void globalThis.noted.push(['bar', share]);
      powerSaveBlocker.start = (type) => globalThis.noted.push(['awake', type]);
      powerSaveBlocker.stop = () => globalThis.noted.push(['asleep']) > 0;
      Notification.prototype.show = function show(this: Electron.Notification) {
        globalThis.noted.push(['told', this.title]);
      };
    }, 0);
    await view.evaluate(() => {
      globalThis.noted = [];
      (window.regimen as Bridge).subscribe((events) => globalThis.noted.push(...events));
    });
    await startQueue(view, queueId);
    await expect
      .poll(() => app.evaluate(() => globalThis.noted, 0), { timeout: 60_000 })
      .toContainEqual(['asleep']);
    const noted = (await app.evaluate(() => globalThis.noted, 0)) as [string, unknown][];
    const shares = noted.filter(([kind]) => kind === 'bar').map(([, share]) => share as number);
    expect(noted).toContainEqual(['awake', 'prevent-app-suspension']);
    expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
    expect(shares.at(-1)).toBe(-1);
    expect(noted).toContainEqual(['told', 'New champion']);
    expect(noted.filter(([kind]) => kind === 'told').at(-1)?.[1]).toMatch(/is complete$/);
    // Events come to the window in batches, a moment after the host has acted on them.
    const events = async () => (await view.evaluate(() => globalThis.noted)) as EngineEvent[];
    const lastState = (all: readonly EngineEvent[]) =>
      all.flatMap((event) => (event.type === 'queue.changed' ? [event.queue.state] : [])).at(-1);
    await expect.poll(async () => lastState(await events())).toBe('completed');
    expect(new Set((await events()).map((event) => event.type))).toContain('queue.progress');
  });

  test('closing while training asks: cancel, tray, then pause and quit', async ({
    app,
    view,
    workspace,
    home,
  }) => {
    const queueId = await prepareDemo(view);
    await startQueue(view, queueId);
    const closeAnswering = (response: number) =>
      app.evaluate(async ({ BrowserWindow, dialog }, answer) => {
        const asked: string[][] = [];
        dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
          asked.push(options.buttons ?? []);
          return { response: answer, checkboxChecked: false };
        }) as typeof dialog.showMessageBox;
        const window = BrowserWindow.getAllWindows()[0]!;
        window.close();
        await new Promise((resolve) => setImmediate(resolve));
        return { asked, open: !window.isDestroyed(), visible: !window.isDestroyed() && window.isVisible() };
      }, response);
    const asked = [['Keep running in the tray', 'Pause and quit', 'Cancel']];
    expect(await closeAnswering(2)).toEqual({ asked, open: true, visible: true });
    expect(await closeAnswering(0)).toEqual({ asked, open: true, visible: false });
    await closeAnswering(1);
    expect(await app.exited).toBe(0);
    const again = await launchDesktop(
      runtime,
      view.context().browser() as never,
      ['--workspace', workspace],
      { HOME: home },
    );
    const page = await again.firstPage();
    await page.waitForFunction(() => window.regimen !== undefined);
    const queue = await page.evaluate(
      (id) => (window.regimen as Bridge).call('queue.get', { queueId: id }),
      queueId,
    );
    expect(queue).toMatchObject({ ok: true, value: { state: 'paused' } });
    await again.close();
  });

  test('closing while nothing is trained asks nothing, and the window opens where it was', async ({
    app,
    view,
    workspace,
  }) => {
    await expect(view.locator('#root')).not.toBeEmpty();
    await app.evaluate(({ dialog, BrowserWindow }) => {
      dialog.showMessageBox = () => {
        throw new Error('There is nothing to ask.');
      };
      // Answered first: the process ends before it could answer later.
      setImmediate(() => BrowserWindow.getAllWindows()[0]!.close());
    }, 0);
    expect(await app.exited).toBe(0);
    const state = JSON.parse(readFileSync(join(workspace, '.regimen/desktop/window.json'), 'utf8'));
    expect(state).toMatchObject({ maximized: false, bounds: { width: 1360, height: 860 } });
  });
}

onEachRuntime('desktop', (runtime) => {
  pageAndCalls();
  dialogsAndMenu();
  trainingAndLeaving(runtime);

  test.describe('started with a grid file', () => {
    const folder = join(tmpdir(), `regimen-grid-${process.pid}`);
    const file = join(folder, 'GRID.yaml');
    test.use({ arguments: [file] });
    test.beforeAll(async () => {
      const { mkdir } = await import('node:fs/promises');
      await mkdir(folder, { recursive: true });
      await writeFile(file, GRID);
    });
    test.afterAll(() => rm(folder, { recursive: true }));

    test('it leads to the grid builder', async ({ view }) => {
      await expect(view).toHaveURL(/queue.*new=1/);
    });
  });
});
