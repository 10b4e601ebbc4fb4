import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright';

/** Nothing is fetched or synchronized behind a test's back. */
const FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium that is there: the one named by CHROMIUM_PATH, the system's, or Playwright's own. */
export function findChromium(env = process.env): string | undefined {
  const named = env.CHROMIUM_PATH;
  const candidates = named === undefined ? [...SYSTEM_PATHS, chromium.executablePath()] : [named];
  return candidates.find(isExecutable);
}

/** How Playwright starts it: quiet, and by the browser of its own where there is no other. */
export function chromiumLaunch(): { args: string[]; executablePath?: string } {
  const executablePath = findChromium();
  return { args: [...FLAGS], ...(executablePath === undefined ? {} : { executablePath }) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
