import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds wrong with the page, or with a part of it. The themes share everything but their colors. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  await drawn(page);
  const axe = new AxeBuilder({ page }).include(part);
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const { violations } = await (dark ? axe : axe.withRules('color-contrast')).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}\n${failureSummary}`),
  );
}

/** Resolves once nothing more comes: places are drawn in slices, their heading first. */
export async function drawn(page: Page): Promise<void> {
  const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
  let before = -1;
  for (let now = await elements(); now !== before; now = await elements()) {
    before = now;
    await page.waitForTimeout(200);
  }
}
