import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../engine/app.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import type { HostOrder, HostReport } from './host.ts';

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));

/** Few strategies, so that a configuration takes milliseconds; frequent checkpoints, so that kills meet them too. */
export const CONFIG = `
storage: { min_free_mb: 0 }
queue: { auto_checkpoint_interval: 5 }
inference_grid:
  prediction_methods: [direct, direct_multi]
  ensemble_methods: [mean, weighted]
  confidence_thresholds: [0.4]
  lookback_windows: [50]
`;

/** 24 configurations: a few become champions, some of those are pushed out again, one model type is random. */
export const SMALL_GRID: GridSpecInput = {
  name: 'Crash test',
  model_types: ['linear_regression', 'ridge', 'random_forest'],
  symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'],
  timeframes: ['H4'],
  days_history: [60, 120],
  horizons: [3, 6],
  hyperparameters: { random_forest: { n_estimators: 5 } },
};

/** The folders of one test file. */
export interface Workspaces {
  /** A fresh workspace with the demo market. */
  create(config?: string): string;
  removeAll(): void;
}

export async function prepareWorkspaces(): Promise<Workspaces> {
  const root = mkdtempSync(join(tmpdir(), 'regimen-crash-'));
  const template = join(root, 'template');
  const engine = createEngine({ workspace: template, role: 'command' });
  await engine.call('market.demo', {});
  await engine.close();
  let created = 0;
  return {
    create(config = CONFIG) {
      const workspace = join(root, `workspace-${created++}`);
      cpSync(template, workspace, { recursive: true });
      writeFileSync(join(workspace, 'config.yaml'), config);
      return workspace;
    },
    removeAll: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A host process and what it said. */
export interface Host {
  readonly process: ChildProcess;
  readonly reports: readonly HostReport[];
  /** Resolves with the first report of a type; never, if the process ends without one. */
  reported<T extends HostReport['type']>(type: T): Promise<Extract<HostReport, { type: T }>>;
  /** Exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface HostOptions {
  /** See host.ts. */
  readonly killAt?: string;
  /** Modules of e2e/crash/faults to load first. */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function startHost(
  workspace: string,
  grid: GridSpecInput,
  { killAt, preload, env }: HostOptions = {},
): Host {
  const order: HostOrder = { workspace, grid, threads: 2 };
  const imports =
    preload === undefined ? [] : ['--import', new URL(`./faults/${preload}`, import.meta.url).href];
  const child = spawn(process.execPath, [...imports, HOST, JSON.stringify(order)], {
    env: { ...process.env, ...env, ...(killAt === undefined ? {} : { REGIMEN_KILL_AT: killAt }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const reports: HostReport[] = [];
  const waiting: { type: string; resolve: (report: never) => void }[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const report = JSON.parse(line) as HostReport;
    reports.push(report);
    for (const { type, resolve } of waiting) if (type === report.type) resolve(report as never);
  });
  const { promise: ended, resolve } = Promise.withResolvers<number | NodeJS.Signals>();
  child.on('close', (code, signal) => resolve(signal ?? code!));
  return {
    process: child,
    reports,
    ended,
    reported(type) {
      const known = reports.find((report) => report.type === type);
      const { promise, resolve } = Promise.withResolvers<never>();
      if (known === undefined) waiting.push({ type, resolve });
      else resolve(known as never);
      return promise;
    },
  };
}

/** Runs a host to its end, and returns its last word. */
export async function runHost(workspace: string, grid: GridSpecInput, options?: HostOptions) {
  const host = startHost(workspace, grid, options);
  const status = await host.ended;
  const last = host.reports.findLast((report) => report.type === 'ended' || report.type === 'error');
  return { status, last, reports: host.reports };
}

/** Names of the model files, with a digest of their bytes. Everything in the folder counts. */
export function artefactsOf(workspace: string): Record<string, string> {
  const folder = join(workspace, 'artefacts');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return Object.fromEntries(names.map((name) => [name, digestOfFile(join(folder, name))]));
}

export function digestOfFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

export function makeFolder(...parts: string[]): string {
  const folder = join(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
