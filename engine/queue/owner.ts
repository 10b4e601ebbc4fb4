import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that runs a queue. Its start time tells it from a later process with the same number. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** As the system words it; null where it can't be asked. */
  readonly processStart: string | null;
}

export type Liveness = 'alive' | 'dead' | 'unknown';

/** What the operating system knows of processes; passed in, so that tests can play dead. */
export interface ProcessTable {
  readonly self: Owner;
  exists(pid: number): boolean;
  startOf(pid: number): string | null;
}

export function systemProcesses(): ProcessTable {
  return {
    self: { host: hostname(), pid: process.pid, processStart: startOf(process.pid) },
    exists,
    startOf,
  };
}

/** Whether an owner still runs; `unknown` on another machine, or where a number may have been given out again. */
export function livenessOf(owner: Owner, processes: ProcessTable): Liveness {
  if (owner.host !== processes.self.host) return 'unknown';
  if (!processes.exists(owner.pid)) return 'dead';
  const start = processes.startOf(owner.pid);
  if (start === null || owner.processStart === null) return 'unknown';
  return start === owner.processStart ? 'alive' : 'dead';
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.host === b.host && a.pid === b.pid && a.processStart === b.processStart;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A killed process whose parent has not asked for its end yet still has its number, but runs no more.
  return process.platform !== 'linux' || !['Z', 'X'].includes(linuxStat(pid)?.[0] ?? 'X');
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return linuxStart(pid);
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** Ticks since boot at which the process started (field 22), with the boot they count from. */
function linuxStart(pid: number): string | null {
  const ticks = linuxStat(pid)?.[19];
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return ticks === undefined ? null : `${boot} ${ticks}`;
}

/** Fields of proc(5) `stat` from the third (state) on; undefined when the process is gone. */
function linuxStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
