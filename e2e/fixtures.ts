import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type ServerProcess, startServerProcess } from '../main/server/testing/server-process.ts';

interface Fixtures {
  /** A fresh folder, removed afterwards. */
  workspace: string;
  /** A home folder of its own, so that exports don't end up in the real one. */
  home: string;
  /** The real server in a process of its own, on the fresh workspace. */
  server: ServerProcess;
}

async function temporaryFolder(use: (folder: string) => Promise<void>, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `regimen-${name}-`));
  await use(folder);
  await rm(folder, { recursive: true, force: true });
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that one needs from here.
  workspace: ({}, use) => temporaryFolder(use, 'workspace'),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  home: ({}, use) => temporaryFolder(use, 'home'),
  server: async ({ workspace, home }, use) => {
    const server = await startServerProcess(workspace, { HOME: home });
    await use(server);
    await server.kill();
  },
  /** The application, opened by its start link. */
  page: async ({ page, server }, use) => {
    await page.goto(server.link);
    await use(page);
  },
});
export { expect };
