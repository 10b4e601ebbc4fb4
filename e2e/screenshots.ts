/**
 * Takes the pictures of README and guide: every place and the dialogs in both themes, with the demo grid trained.
 * `node e2e/screenshots.ts`
 */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { ChampionDto } from '../engine/contract/dto/index.ts';
import { chromiumLaunch } from '../engine/testing/chromium.ts';
import { type ServerProcess, startServerProcess } from '../main/server/testing/server-process.ts';
import { drawn } from './axe.ts';
import { call, expectCompleted, TRAINING_MS, visit } from './steps.ts';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');

/** They come and go by themselves, and take room from what is to be seen. */
const NO_NOTICES = '.notices { visibility: hidden } #place { margin-bottom: 0 !important }';

/** In place of the folder of this machine. */
const WORKSPACE = '~/Regimen';

/** Colors of controls take a moment to go over into those of a theme. */
const THEME_MS = 500;

async function take(page: Page, place: string): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
  await drawn(page);
  await page.evaluate(
    ([folder, name]) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const said = text.nodeValue ?? '';
        if (said.includes(folder)) text.nodeValue = said.replaceAll(folder, name);
      }
    },
    [workspace, WORKSPACE] as const,
  );
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(THEME_MS);
    const path = join(FOLDER, `${place}-${colorScheme}.png`);
    await page.screenshot({ path, animations: 'disabled', style: NO_NOTICES });
    process.stdout.write(`${path}, ${Math.ceil((await stat(path)).size / 1024)} kB\n`);
  }
}

/** Half of the grid done: results, threads and log are all there, and there is something left to watch. */
async function trainHalf(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try with demo data' }).click();
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  await page.getByRole('button', { name: 'Start Training' }).click();
  const done = page.getByText(/^Training model (1[0-4]\d) of 192$/);
  await done.waitFor({ timeout: TRAINING_MS });
}

async function pick(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A champion on its own windows, and a small grid as a procedure; the name of the champion. */
async function validate(page: Page, server: ServerProcess): Promise<string> {
  const champions = await call<ChampionDto[]>(page, server, 'champions.list');
  const { champion } = champions.toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1))[0]!;
  const grid = {
    name: 'Two linear models',
    model_types: ['ridge', 'lasso'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H1'],
    days_history: [60],
    horizons: [3, 6],
  };
  for (const [subject, scheme] of [
    [{ champions: 'all' }, 'own'],
    [{ champion }, 'quick'],
    [{ grid }, 'own'],
  ] as const) {
    const { queueId } = await call<{ queueId: number }>(page, server, 'validation.create', {
      subject,
      scheme,
      ...(scheme === 'own' ? { folds: 8 } : {}),
    });
    await call(page, server, 'queue.start', { queueId });
    await call(page, server, 'queue.wait', { queueId });
  }
  return champion;
}

async function photograph(page: Page, server: ServerProcess): Promise<void> {
  await trainHalf(page);
  await take(page, 'queue');
  await expectCompleted(page, 'Demo grid');

  await visit(page, 'Regime Analysis');
  // One market, so that its charts are in the picture, too.
  await pick(page, 'Symbol', 'DEMO_GBPUSD');
  await pick(page, 'Timeframe', 'H1');
  await page.getByRole('figure', { name: /^Equity of the champion/ }).waitFor();
  await page.getByRole('figure', { name: /^Price and regimes/ }).waitFor();
  await take(page, 'regimes');
  await page.getByRole('link', { name: 'View Performance Charts' }).click();
  await page.getByRole('figure', { name: 'Best score of each model type in each regime' }).waitFor();
  await take(page, 'charts');

  const champion = await validate(page, server);
  await visit(page, 'Evidence');
  await page.getByRole('figure', { name: 'The procedure, fold after fold' }).waitFor();
  await take(page, 'evidence');
  await page.goto(`${server.origin}/#/evidence?champion=${encodeURIComponent(champion)}`);
  const folds = page.getByRole('figure', { name: 'Out of sample, fold after fold' });
  await folds.waitFor();
  await folds.scrollIntoViewIfNeeded();
  await take(page, 'champion');

  await visit(page, 'Regime Analysis');
  await page.getByRole('link', { name: 'Manage Regimes' }).click();
  await page.getByRole('button', { name: 'Test on history' }).click();
  await page.getByRole('figure', { name: /^Price and regimes/ }).waitFor();
  await page.getByRole('table', { name: 'Test result' }).scrollIntoViewIfNeeded();
  await take(page, 'manage');

  await visit(page, 'Training History');
  const kept = page.getByRole('row').filter({ has: page.getByRole('img', { name: 'Kept', exact: true }) });
  await kept.first().dblclick();
  const details = page.getByRole('dialog');
  await details.getByRole('tab', { name: /^Strategies/ }).click();
  await details.getByRole('region', { name: 'Strategies' }).waitFor();
  await take(page, 'history');
  await details.getByRole('button', { name: 'Close details' }).click();

  await visit(page, 'Data & Settings');
  await page.getByRole('region', { name: 'Stored series, table' }).waitFor();
  await take(page, 'data');
  await photographOthers(page, server);
}

/** Places that have nothing to be waited for but themselves, forms and dialogs. */
async function photographOthers(page: Page, { origin }: ServerProcess): Promise<void> {
  const others = {
    today: 'today',
    registry: 'registry',
    now: 'live',
    grid: 'queue?new=1',
    settings: 'data?tab=settings',
  };
  for (const [name, address] of Object.entries(others)) {
    await page.goto(`${origin}/#/${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await take(page, name);
  }
  await page.keyboard.press('Control+K');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('ridge');
  await page
    .getByRole('listbox', { name: 'What was found' })
    .or(page.getByLabel('What was found'))
    .first()
    .waitFor();
  await take(page, 'palette');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('about');
  await page.keyboard.press('Enter');
  await page.getByText(/^Made with \d+ libraries$/).waitFor();
  await take(page, 'about');
  await page.keyboard.press('Escape');
  await photographDialogs(page, origin);
}

/** Opened, looked at and left as it was. */
async function photographDialogs(page: Page, origin: string): Promise<void> {
  const leave = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await take(page, 'shortcuts');
  await leave();

  await page.goto(`${origin}/#/registry`);
  await page.getByRole('button', { name: 'New schedule' }).click();
  await page.getByRole('dialog', { name: 'New schedule' }).waitFor();
  await take(page, 'schedule');
  await leave();

  await page.goto(`${origin}/#/regimes`);
  await page.getByRole('button', { name: 'Export', exact: true }).first().click();
  await page.getByRole('menuitem', { name: /^MetaTrader 5 expert/ }).waitFor();
  await take(page, 'export');
  await page.keyboard.press('Escape');

  await page.goto(`${origin}/#/regimes?view=manage`);
  const rules = page.getByRole('textbox', { name: 'Rules (JSON)' });
  await rules.waitFor();
  await rules.fill('{ "trend_strength": "> 0.9" }');
  await page.getByText('Rules are valid').waitFor();
  await page.getByRole('button', { name: 'Save regimes' }).click();
  const change = page.getByRole('dialog', { name: 'What these rules change' });
  await change.getByRole('table').first().waitFor();
  await take(page, 'rules');
  await leave();
}

const workspace = await mkdtemp(join(tmpdir(), 'regimen-screenshots-'));
await mkdir(FOLDER, { recursive: true });
const server = await startServerProcess(workspace, { HOME: workspace });
const browser = await chromium.launch(chromiumLaunch());
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.link);
  await photograph(page, server);
} finally {
  await browser.close();
  await server.kill();
  await rm(workspace, { recursive: true, force: true });
}
