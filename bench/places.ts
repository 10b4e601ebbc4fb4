import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
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

/** Text, since it runs in the page. */
const OBSERVER = `
  window.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks.push(duration);
  }).observe({ type: 'longtask' });
`;

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
const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor();
const place = (name: string): Step => ({ name, press: link(name), sign: heading(name) });
const tab = (name: RegExp | string) => (page: Page) =>
  page.getByRole('dialog').getByRole('tab', { name }).click();
const figure = (name: RegExp | string) => (page: Page) =>
  page.getByRole('figure', { name }).first().waitFor();

const STEPS: readonly Step[] = [
  ...['Today', 'Training Queue', 'Regime Analysis', 'Evidence', 'Registry', 'Now', 'Training History'].map(
    place,
  ),
  place('Data & Settings'),
  {
    name: 'Settings',
    press: (page) => page.getByRole('tab', { name: 'Settings' }).click(),
    sign: (page) => page.getByRole('heading', { name: 'Display' }).waitFor(),
  },
  {
    name: 'Charts of regimes',
    from: '#/regimes',
    press: (page) => page.getByRole('link', { name: 'View Performance Charts' }).click(),
    sign: figure('Risk against return'),
  },
  {
    name: 'Details of a run',
    from: '#/history',
    press: async (page) =>
      page.getByRole('grid', { name: 'Training runs' }).getByRole('row').nth(1).dblclick(),
    sign: (page) => page.getByRole('dialog').getByRole('tab', { name: 'Overview' }).waitFor(),
  },
  {
    name: 'its Strategies',
    press: tab(/^Strategies/),
    sign: (page) => page.getByRole('dialog').getByRole('table').first().waitFor(),
  },
  {
    name: 'Score by axis',
    from: '#/history',
    press: (page) => page.getByRole('radiogroup', { name: 'History of' }).getByText('By axis').click(),
    sign: (page) => page.getByRole('list', { name: 'Horizon' }).waitFor(),
  },
  {
    name: 'New grid',
    from: '#/queue',
    press: (page) => page.getByRole('button', { name: 'New grid' }).click(),
    sign: (page) => page.getByRole('button', { name: 'Generate Queue' }).waitFor(),
  },
];

/** Milliseconds that the page's thread worked, other processes left out. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

async function measureSteps(page: Page, origin: string): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const figures: Figure[] = [];
  for (const { name, from, press, sign } of STEPS) {
    if (from !== undefined) {
      await page.goto(`${origin}/${from}`);
      await page.waitForTimeout(2 * SETTLED_MS);
    }
    await page.evaluate('window.tasks = []');
    const before = await worked(session);
    const began = performance.now();
    await press(page);
    await sign(page);
    const drawn = performance.now() - began;
    await page.waitForTimeout(SETTLED_MS);
    const tasks = await page.evaluate<number[]>('window.tasks');
    figures.push(
      { name: `${name}: first draw`, value: drawn, unit: 'ms' },
      { name: `${name}: longest task`, value: Math.max(0, ...tasks), unit: 'ms', atMost: LONG_MS },
      { name: `${name}: work of the page, processor`, value: (await worked(session)) - before, unit: 'ms' },
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
    await page.addInitScript(OBSERVER);
    await page.goto(server.link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(SETTLED_MS);
    const figures = await measureSteps(page, server.origin);
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
