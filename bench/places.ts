import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../engine/testing/chromium.ts';
import { type ServerProcess, startServerProcess } from '../main/server/testing/server-process.ts';
import { type Figure, median, type Subject } from './subject.ts';

/** What Chromium calls a long task. */
const LONG_MS = 50;
/** What comes after the first draw is of it, too: figures that are asked for, and rows that follow. */
const SETTLED_MS = 1500;
const WAIT_MS = 120_000;

const GRID = {
  name: 'looked at',
  model_types: ['ridge', 'random_forest'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [1, 2, 3, 4, 6, 8],
};

/** Long enough that something trains in all of what follows. */
const BESIDE = { ...GRID, name: 'beside', days_history: [90, 120, 150, 180, 240, 300, 330, 360] };

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Longest task of the page's thread in what Chromium recorded, in milliseconds: by the clock, in which another process may have had the core, and by
 * the processor.
 */
function longestTask(recorded: Buffer): { readonly clock: number; readonly processor: number } {
  const { traceEvents } = JSON.parse(recorded.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const longest = { clock: 0, processor: 0 };
  for (const { name, pid, tid, dur = 0, tdur = 0 } of traceEvents) {
    if (!name.endsWith('RunTask') || !pages.has(`${pid} ${tid}`)) continue;
    longest.clock = Math.max(longest.clock, dur / 1000);
    longest.processor = Math.max(longest.processor, tdur / 1000);
  }
  return longest;
}

interface Step {
  readonly name: string;
  /** Address to go to first, which is not measured. */
  readonly from?: string;
  press(page: Page): Promise<void>;
  /** What shows that it is there. */
  readonly sign: (page: Page) => Promise<void>;
}

const link = (place: string) => (page: Page) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
// By selector: looking for a role goes through the whole page, in tasks of its own, again and again until it is there.
const seen = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
const heading = (name: string) => seen(`main h1:has-text("${name}")`);
const place = (name: string): Step => ({ name, press: link(name), sign: heading(name) });
const tab = (name: RegExp | string) => (page: Page) =>
  page.getByRole('dialog').getByRole('tab', { name }).click();

const STEPS: readonly Step[] = [
  ...['Today', 'Training Queue', 'Regime Analysis', 'Evidence', 'Registry', 'Now', 'Training History'].map(
    place,
  ),
  place('Data & Settings'),
  {
    name: 'Settings',
    press: (page) => page.getByRole('tab', { name: 'Settings' }).click(),
    sign: seen('main :is(h2, h3):has-text("Display")'),
  },
  {
    name: 'Charts of regimes',
    from: '#/regimes',
    press: (page) => page.getByRole('link', { name: 'View Performance Charts' }).click(),
    sign: seen('figure:has-text("Risk against return")'),
  },
  {
    name: 'Details of a run',
    from: '#/history',
    press: async (page) =>
      page.getByRole('grid', { name: 'Training runs' }).getByRole('row').nth(1).dblclick(),
    sign: seen('[role=dialog] [role=tab]'),
  },
  {
    name: 'its Strategies',
    press: tab(/^Strategies/),
    sign: seen('[role=dialog] table'),
  },
  {
    name: 'Score by axis',
    from: '#/history',
    press: (page) => page.getByRole('radiogroup', { name: 'History of' }).getByText('By axis').click(),
    sign: seen('main ul[aria-label^="Horizon"]'),
  },
  {
    name: 'New grid',
    from: '#/queue',
    press: (page) => page.getByRole('button', { name: 'New grid' }).click(),
    sign: seen('button:has-text("Generate Queue")'),
  },
];

/** Milliseconds that the page's thread worked, other processes left out. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

async function measureSteps(browser: Browser, page: Page, origin: string): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const figures: Figure[] = [];
  for (const { name, from, press, sign } of STEPS) {
    if (from !== undefined) {
      await page.goto(`${origin}/${from}`);
      await page.waitForTimeout(2 * SETTLED_MS);
    }
    await browser.startTracing(page, { categories: ['toplevel'] });
    const before = await worked(session);
    const began = performance.now();
    await press(page);
    await sign(page);
    const drawn = performance.now() - began;
    await page.waitForTimeout(SETTLED_MS);
    const pageWork = (await worked(session)) - before;
    const longest = longestTask(await browser.stopTracing());
    figures.push(
      { name: `${name}: first draw`, value: drawn, unit: 'ms' },
      { name: `${name}: longest task`, value: longest.clock, unit: 'ms', atMost: LONG_MS },
      { name: `${name}: longest task, processor`, value: longest.processor, unit: 'ms', atMost: LONG_MS },
      { name: `${name}: work of the page, processor`, value: pageWork, unit: 'ms' },
    );
  }
  return figures;
}

async function call<T>({ origin, token }: ServerProcess, method: string, input: unknown = {}): Promise<T> {
  const answer = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(5 * WAIT_MS),
  });
  if (!answer.ok) throw new Error(`${method}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function train(server: ServerProcess, grid: object): Promise<number> {
  const { queueId } = await call<{ queueId: number }>(server, 'queue.create', { grid });
  await call(server, 'queue.start', { queueId });
  return queueId;
}

/** Every place in turn, idle or while a grid trains. */
async function visit(folder: string, isTraining: boolean): Promise<Figure[]> {
  const server = await startServerProcess(folder, { HOME: folder });
  const browser = await chromium.launch(chromiumLaunch());
  try {
    await call(server, 'market.demo');
    await call(server, 'queue.wait', { queueId: await train(server, GRID) });
    if (isTraining) await train(server, BESIDE);
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(server.link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(SETTLED_MS);
    const figures = await measureSteps(browser, page, server.origin);
    const began = performance.now();
    const { runs } = await call<{ runs: readonly { id: number; kept: boolean }[] }>(
      server,
      'history.search',
      {
        kept: true,
      },
    );
    await call(server, 'run.trace', { run: String(runs[0]!.id), strategyIndex: 0 });
    const tested = {
      name: 'Test on history: answered',
      value: performance.now() - began,
      unit: 'ms',
      atMost: 1000,
    };
    return [...figures, tested].map((one) => ({
      ...one,
      name: `${isTraining ? 'while training' : 'idle'}, ${one.name}`,
    }));
  } finally {
    await browser.close();
    await server.kill();
  }
}

export const placesSubject: Subject = {
  name: 'places',
  title: 'how fast each place is drawn, idle and while a grid trains',
  async measure(runs = 1) {
    const measured: Figure[][] = [];
    for (let run = 0; run < runs; run++) {
      const figures: Figure[] = [];
      for (const isTraining of [false, true]) {
        const folder = mkdtempSync(join(tmpdir(), 'regimen-places-'));
        try {
          figures.push(...(await visit(folder, isTraining)));
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }
      measured.push(figures);
    }
    return {
      data: 'the synthetic demo market; headless Chromium that draws with the processor',
      runs,
      figures: measured[0]!.map((one, i) => ({
        ...one,
        value: median(measured.map((run) => run[i]!.value)),
      })),
    };
  },
};
