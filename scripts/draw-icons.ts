import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { chromium } from 'playwright';
import { chromiumLaunch } from '../engine/testing/chromium.ts';

/** Draws build/public/icon.svg in the sizes that packages need. Run after a change of the drawing. */
const build = resolve(import.meta.dirname, '../build');
const TARGETS: readonly (readonly [string, number])[] = [
  ['icon.png', 1024],
  ['tray.png', 32],
  ...[16, 32, 48, 64, 128, 256, 512].map((size) => [`icons/${size}x${size}.png`, size] as const),
];

const svg = await readFile(resolve(build, 'public/icon.svg'), 'utf8');
const browser = await chromium.launch(chromiumLaunch());
try {
  for (const [name, size] of TARGETS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    const file = resolve(build, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
