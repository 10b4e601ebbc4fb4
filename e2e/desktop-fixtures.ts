import type { Page } from '@playwright/test';
import type { Bridge } from '../engine/contract/bridge.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';
import { type DesktopApp, launchDesktop, type Runtime, whyNot } from './desktop-app.ts';
import { test as base, expect } from './fixtures.ts';

declare global {
  interface Window {
    readonly regimen?: Bridge;
  }
  /** What a spec had the main process write down. */
  var noted: unknown[];
  /** How often the main process loaded the page again. */
  var reloads: number;
}

interface Fixtures {
  app: DesktopApp;
  view: Page;
}
interface Options {
  runtime: Runtime;
  /** Arguments after the workspace. */
  arguments: string[];
}

/** What specs of the desktop application need: a workspace and a home of their own, the application on it, its window. */
export const test = base.extend<Fixtures & Options>({
  runtime: ['double', { option: true }],
  arguments: [[], { option: true }],
  app: async ({ browser, runtime, workspace, home, arguments: args }, use) => {
    const app = await launchDesktop(runtime, browser, ['--workspace', workspace, ...args], { HOME: home });
    await use(app);
    await app.close();
  },
  view: async ({ app }, use) => {
    const page = await app.firstPage();
    await page.waitForFunction(() => window.regimen !== undefined);
    await use(page);
  },
});

/** Demo market and a queue over it, not started; resolves to the queue's number. Without a grid it is the ready one. */
export async function prepareDemo(view: Page, grid?: GridSpecInput): Promise<number> {
  return await view.evaluate(async (given) => {
    const bridge = window.regimen as Bridge;
    await bridge.call('market.demo', {});
    const demo = await bridge.call('grid.demo', {});
    if (!demo.ok) throw new Error(demo.error.message);
    const created = await bridge.call('queue.create', { grid: given ?? demo.value });
    if (!created.ok) throw new Error(created.error.message);
    return created.value.queueId;
  }, grid);
}

export async function startQueue(view: Page, queueId: number): Promise<void> {
  const reply = await view.evaluate(
    (id) => (window.regimen as Bridge).call('queue.start', { queueId: id }),
    queueId,
  );
  expect(reply).toMatchObject({ ok: true });
}

/** Declares specs once per runtime; those for one that is not here are skipped, and say why. */
export function onEachRuntime(title: string, declare: (runtime: Runtime) => void): void {
  for (const runtime of ['double', 'electron'] as const) {
    const reason = whyNot(runtime);
    const where = runtime === 'double' ? 'the double of Electron' : 'Electron';
    test.describe(`${title}, on ${where}${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
      test.skip(reason !== undefined, reason);
      test.use({ runtime });
      declare(runtime);
    });
  }
}
