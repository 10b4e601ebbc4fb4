import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, type Page } from '@playwright/test';
import type * as Electron from 'electron';
import { electronRuntime } from '../main/electron/runtime.ts';
import { launchDouble } from './electron-double/launch.ts';

const PROJECT = join(import.meta.dirname, '..');

/** The desktop application under test, on Electron or on its double: specs can't tell which. */
export interface DesktopApp {
  firstPage(): Promise<Page>;
  pages(): Page[];
  /** Runs a function in the main process; it may use nothing but its arguments. */
  evaluate<R, A>(run: (electron: typeof Electron, argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** Resolves to the exit status once the application has ended by itself. */
  readonly exited: Promise<number | null>;
  close(): Promise<void>;
}

export type Runtime = 'double' | 'electron';

/** Why specs can't run on a runtime here, or undefined when they can. */
export function whyNot(runtime: Runtime): string | undefined {
  if (!existsSync(join(PROJECT, 'out/main/index.js'))) return 'the application is not built: npm run build';
  if (runtime === 'double') return undefined;
  const found = electronRuntime();
  return found.ok ? undefined : found.reason;
}

export async function launchDesktop(
  runtime: Runtime,
  browser: Browser,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<DesktopApp> {
  if (runtime === 'double') {
    const double = await launchDouble({ browser, args, env });
    return {
      ...double,
      evaluate: async (run, argument) => (await double.evaluate(run.toString(), argument)) as never,
    };
  }
  const app = await _electron.launch({
    cwd: PROJECT,
    args: ['.', '--no-sandbox', ...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const { promise: exited, resolve } = Promise.withResolvers<number | null>();
  app.process().once('exit', resolve);
  return {
    firstPage: () => app.firstWindow(),
    pages: () => app.windows(),
    evaluate: (run, argument) => app.evaluate(run as never, argument),
    exited,
    close: () => app.close(),
  };
}
