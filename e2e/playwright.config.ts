import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from '../engine/testing/chromium.ts';

export default defineConfig({
  testDir: 'specs',
  outputDir: '../out/e2e',
  // Half of a spec waits for a page to be drawn or for one thread that trains: another one has the cores meanwhile. Each has a workspace,
  // a home and ports of its own.
  workers: Math.min(2, availableParallelism()),
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
