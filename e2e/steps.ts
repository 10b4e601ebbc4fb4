import { expect, type Locator, type Page } from '@playwright/test';
import type { GridSpecInput } from '../engine/contract/grid.ts';
import type { ServerProcess } from '../main/server/testing/server-process.ts';

/** Training takes minutes on a machine that is busy with other things. */
export const TRAINING_MS = 300_000;

export const PLACES = [
  'Today',
  'Training Queue',
  'Regime Analysis',
  'Evidence',
  'Registry',
  'Now',
  'Training History',
  'Data & Settings',
] as const;
export type PlaceName = (typeof PLACES)[number];

/** The heading that each place opens with. */
export const HEADINGS: Readonly<Record<PlaceName, string>> = {
  Today: 'Today',
  'Training Queue': 'Training Queue',
  'Regime Analysis': 'Regime Analysis',
  Evidence: 'Evidence',
  Registry: 'Registry',
  Now: 'Now',
  'Training History': 'Training History',
  'Data & Settings': 'Data & Settings',
};

export async function visit(page: Page, place: PlaceName): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
  await expect(page.getByRole('heading', { level: 1, name: HEADINGS[place] })).toBeVisible();
}

/** Leaves exactly these values of an axis of the grid chosen; a number that has no chip is typed. */
export async function choose(page: Page, axis: string, values: readonly (string | number)[]): Promise<void> {
  const group = page.getByRole('group', { name: axis });
  const checked = group.getByRole('checkbox', { checked: true });
  for (let left = await checked.count(); left > 0; left--) {
    await checked.first().click();
    await expect(checked).toHaveCount(left - 1);
  }
  for (const value of values.map(String)) {
    const chip = group.getByRole('checkbox', { name: value, exact: true });
    if ((await chip.count()) > 0) await chip.click();
    else {
      await group.getByRole('textbox', { name: /^Own value/ }).fill(value);
      await group.getByRole('textbox', { name: /^Own value/ }).press('Enter');
    }
    await expect(chip).toBeChecked();
  }
}

export async function chooseModels(page: Page, titles: readonly string[]): Promise<void> {
  const panel = page.getByRole('region', { name: 'Model types' });
  await panel.getByRole('button', { name: 'Select all' }).click();
  await panel.getByRole('button', { name: 'Select none' }).click();
  for (const title of titles) await panel.getByRole('checkbox', { name: title, exact: true }).check();
}

/** The part of the page about one queue. */
export function queueSection(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Queue ${name}`, exact: true });
}

export async function expectCompleted(page: Page, name: string): Promise<void> {
  const section = queueSection(page, name);
  await expect(section.getByRole('progressbar', { name: `Progress of ${name}` })).toHaveAttribute(
    'aria-valuenow',
    '100',
    { timeout: TRAINING_MS },
  );
  await expect(section.getByText(/^\d+ models? trained$/)).toBeVisible({ timeout: TRAINING_MS });
}

/** Calls the engine as the page does, for what a spec only prepares. */
export async function call<T>(
  page: Page,
  { origin, token }: ServerProcess,
  method: string,
  data: unknown = {},
): Promise<T> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await page.request.post(`${origin}/api/${method}`, { headers, data, timeout: TRAINING_MS });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as T;
}

/** Demo market, and a queue over it that has been trained to its end. */
export async function trainOnDemo(page: Page, server: ServerProcess, grid: GridSpecInput): Promise<number> {
  await call(page, server, 'market.demo');
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid });
  await call(page, server, 'queue.start', { queueId });
  const ended = await call<{ state: string }>(page, server, 'queue.wait', { queueId });
  expect(ended.state).toBe('completed');
  return queueId;
}
