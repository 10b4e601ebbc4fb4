import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import type { Fault } from './faults.ts';
import type { HostOrder, HostReport, SeenAs } from './host.ts';

/** Has a process that is started with these variables fail so. */
export function environmentOf(fault: Fault): Readonly<Record<string, string>> {
  return { REGIMEN_FAULT: fault, NODE_OPTIONS: `--import ${FAULTS}` };
}

const FAULTS = new URL('./faults.ts', import.meta.url).href;
const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));

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
  /** In place of SIGKILL. */
  readonly killWith?: NodeJS.Signals;
  readonly fault?: Fault;
  readonly seenAs?: SeenAs;
}

export function startHost(
  workspace: string,
  grid: GridSpecInput,
  { killAt, killWith, fault, seenAs }: HostOptions = {},
): Host {
  const order: HostOrder = { workspace, grid, threads: 2, ...(seenAs && { seenAs }) };
  const preload = fault === undefined ? [] : ['--import', FAULTS];
  const child = spawn(process.execPath, [...preload, HOST, JSON.stringify(order)], {
    env: { ...process.env, REGIMEN_FAULT: fault, REGIMEN_KILL_AT: killAt, REGIMEN_KILL_WITH: killWith },
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
