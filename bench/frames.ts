import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../engine/testing/chromium.ts';
import { startServerProcess } from '../main/server/testing/server-process.ts';
import { fillHistory } from './fill-history.ts';
import { type Figure, median, type Subject } from './subject.ts';

const SCENE_MS = 10_000;
const HISTORY_RUNS = 100_000;
/** What Chromium calls a long frame. */
const LONG_MS = 50;
const WHEEL_STEPS = 100;

/** One frame that took longer than LONG_MS, as Chromium reports it. */
interface LongFrame {
  readonly duration: number;
  /** Milliseconds of it that scripts of the page ran. */
  readonly scripts: number;
}

export interface Scene {
  readonly name: string;
  /** Times between the starts of two frames. */
  readonly intervals: readonly number[];
  readonly long: readonly LongFrame[];
}

/** Text, since it runs in the page: notes each frame, and of each long one how long scripts ran in it. */
export const OBSERVER = `
  window.seen = { intervals: [], long: [] };
  let last;
  const tick = (time) => {
    if (last !== undefined) window.seen.intervals.push(time - last);
    last = time;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const { duration, scripts } of list.getEntries()) {
      window.seen.long.push({ duration, scripts: scripts.reduce((sum, script) => sum + script.duration, 0) });
    }
  }).observe({ type: 'long-animation-frame' });
`;

/** What was seen while something went on. */
export async function watch(page: Page, name: string, during: () => Promise<void>): Promise<Scene> {
  await page.evaluate('window.seen = { intervals: [], long: [] }');
  await during();
  return { name, ...(await page.evaluate<Omit<Scene, 'name'>>('window.seen')) };
}

async function visit(page: Page, place: string, sign: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
  await page.getByRole('heading', { level: 1, name: sign }).waitFor();
}

/** By the wheel, and every tenth time as far as one drags the bar. */
async function scroll(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Training runs' }).hover();
  for (let step = 0; step < WHEEL_STEPS; step++) {
    await page.mouse.wheel(0, step % 10 === 9 ? 200_000 : 600);
    await page.waitForTimeout(SCENE_MS / WHEEL_STEPS);
  }
}

async function scenes(workspace: string): Promise<Scene[]> {
  const seen: Scene[] = [];
  const browser = await chromium.launch(chromiumLaunch());
  const first = await startServerProcess(workspace, { HOME: workspace });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    await page.addInitScript(OBSERVER);
    await page.goto(first.link);
    await page.getByRole('button', { name: 'Try with demo data' }).click();
    await page.getByRole('button', { name: 'Generate Queue' }).click();
    await page.getByRole('button', { name: 'Start Training' }).click();
    await page.getByRole('region', { name: 'Latest results, table' }).waitFor();
    const wait = () => page.waitForTimeout(SCENE_MS);
    seen.push(await watch(page, 'the queue while it trains', wait));
    await visit(page, 'History', 'Training History');
    seen.push(await watch(page, 'the history while a queue trains', wait));
  } finally {
    await first.stop();
  }
  fillHistory(workspace, HISTORY_RUNS);
  const second = await startServerProcess(workspace, { HOME: workspace });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    await page.addInitScript(OBSERVER);
    await page.goto(second.link);
    await visit(page, 'History', 'Training History');
    await page.getByText('100,000 runs').waitFor();
    seen.push(await watch(page, 'a history of 100,000 runs that scrolls', () => scroll(page)));
  } finally {
    await second.kill();
    await browser.close();
  }
  return seen;
}

export function figuresOf({ name, intervals, long }: Scene): Figure[] {
  return [
    { name: `${name}: frames over ${LONG_MS} ms`, value: long.length, unit: 'frames' },
    { name: `${name}: the longest`, value: Math.max(0, ...long.map(({ duration }) => duration)), unit: 'ms' },
    {
      name: `${name}: the longest that scripts ran in one`,
      value: Math.max(0, ...long.map(({ scripts }) => scripts)),
      unit: 'ms',
      atMost: LONG_MS,
    },
    { name: `${name}: median frame`, value: median(intervals), unit: 'ms' },
  ];
}

export const framesSubject: Subject = {
  name: 'frames',
  title: 'how smooth the window stays',
  async measure(runs = 1) {
    const measured: Figure[][] = [];
    for (let run = 0; run < runs; run++) {
      const workspace = mkdtempSync(join(tmpdir(), 'regimen-frames-'));
      try {
        measured.push((await scenes(workspace)).flatMap(figuresOf));
      } finally {
        rmSync(workspace, { recursive: true, force: true });
      }
    }
    const figures = measured[0]!;
    return {
      data: 'the synthetic demo market; headless Chromium that draws with the processor, beside as many threads as cores',
      runs,
      figures: figures.map((figure, i) => ({
        ...figure,
        value: median(measured.map((run) => run[i]!.value)),
      })),
    };
  },
};
