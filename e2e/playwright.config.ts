import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from '../engine/testing/chromium.ts';

export default defineConfig({
  testDir: 'specs',
  outputDir: '../out/e2e',
  // Training and browser share two cores on small machines.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A shared machine may stall for seconds; a spec that then passes is reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1360, height: 860 },
    launchOptions: chromiumLaunch(),
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
