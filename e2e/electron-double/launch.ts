import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, Page, Route } from '@playwright/test';
import type { BridgeShape, PageResponse } from './display.ts';
import { buildBridge } from './page-world.ts';
import { createRpc, type Message } from './rpc.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** Chromium knows no scheme of ours: a page of `app://regimen` is drawn under this name instead. */
const DRAWN_ORIGIN = 'http://app-regimen.localhost';
const PAGE_ORIGIN = 'app://regimen';
/** Where a page's calls over the bridge go; only ever answered here. Within the page's origin, as its policy demands. */
const GATE = `${DRAWN_ORIGIN}/electron-double-bridge`;

const drawn = (address: string) => address.replace(PAGE_ORIGIN, DRAWN_ORIGIN);
const real = (address: string) => address.replace(DRAWN_ORIGIN, PAGE_ORIGIN);

export interface DoubleOptions {
  readonly browser: Browser;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built application on Node with the double of `electron`; its windows are pages of the browser. */
export async function launchDouble({ browser, args, env }: DoubleOptions) {
  const context = await browser.newContext();
  const pages = new Map<number, Page>();
  /** Windows that had a page: what is added to one stays with it when it is loaded again. */
  const loaded = new Set<number>();
  const opened = Promise.withResolvers<Page>();
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'register.ts'), join(PROJECT, 'out/main/index.js'), ...args],
    {
      cwd: PROJECT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  const output: string[] = [];
  child.stdout?.on('data', (data: Buffer) => output.push(String(data)));
  child.stderr?.on('data', (data: Buffer) => output.push(String(data)));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  // A start that fails must not leave a spec waiting for a window.
  void exited.then((code) =>
    opened.reject(new Error(`The application ended with status ${code}:\n${output.join('')}`)),
  );
  opened.promise.catch(() => {});

  const ask = createRpc(channelTo(child), {
    async open(windowId: number, viewport: { width: number; height: number }) {
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      pages.set(windowId, page);
    },
    async load(windowId: number, address: string, shape: BridgeShape) {
      const page = pages.get(windowId);
      if (page === undefined) throw new Error(`There is no window ${windowId}.`);
      if (!loaded.has(windowId)) {
        await page.route(`${DRAWN_ORIGIN}/**`, answerPage);
        // The route that was added last is asked first.
        await page.route(GATE, (route) => answerBridge(windowId, page, route));
        await page.addInitScript(buildBridge, { shape, gate: GATE });
      }
      loaded.add(windowId);
      await page.goto(drawn(address));
      opened.resolve(page);
    },
    async callBack(windowId: number, callback: number, args: unknown[]) {
      const page = pages.get(windowId);
      if (page === undefined || page.isClosed()) return;
      await page.evaluate(
        ([id, given]) =>
          (window as unknown as { __callBack(id: unknown, args: unknown): void }).__callBack(id, given),
        [callback, args],
      );
    },
    async close(windowId: number) {
      await pages.get(windowId)?.close();
    },
  });

  async function answerBridge(windowId: number, page: Page, route: Route): Promise<void> {
    const question = route.request().postDataJSON();
    let answer: unknown = {};
    if (question.settled !== undefined) answer = await ask('settled', windowId, question.settled);
    else if (question.returned !== undefined)
      answer = (await ask('returned', windowId, question.returned)) ?? {};
    else answer = await ask('bridge', windowId, real(page.url()), question.path, question.args);
    await route.fulfill({
      json: answer,
      headers: { 'access-control-allow-origin': '*' },
    });
  }

  async function answerPage(route: Route): Promise<void> {
    const response = (await ask('request', real(route.request().url()))) as PageResponse;
    await route.fulfill({
      status: response.status,
      headers: { ...response.headers },
      body: Buffer.from(response.body),
    });
  }

  return {
    context,
    firstPage: () => opened.promise,
    pages: () => [...pages.values()].filter((page) => !page.isClosed()),
    // What has it end may do so before it has answered.
    evaluate: (source: string, argument: unknown) =>
      Promise.race([ask('evaluate', source, argument), exited.then(() => undefined)]),
    exited,
    output: () => output.join(''),
    async close() {
      child.kill('SIGKILL');
      await exited;
      await context.close();
    },
  };
}

function channelTo(child: ChildProcess) {
  return {
    // It may end before it is told.
    post: (message: Message) => void (child.connected && child.send(message, () => undefined)),
    listen: (listener: (message: Message) => void) =>
      void child.on('message', (message) => listener(message as Message)),
  };
}
