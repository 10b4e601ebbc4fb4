import { expect, type Page, type TestInfo } from '@playwright/test';
import { violations } from './axe.ts';

/** The page in both themes and at the widths that it is made for, each without a barrier. */
export async function lookAt(page: Page, name: string, testInfo: TestInfo): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1440, 1100, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const path = testInfo.outputPath(`${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name}, ${width} px`).toBeLessThanOrEqual(0);
    }
    expect(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
