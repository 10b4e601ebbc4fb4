import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** As V8 writes it; times in microseconds. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

export interface ProfiledFunction {
  readonly name: string;
  /** Of the time in which a thread did anything, percent, without what it called. */
  readonly percent: number;
}

/** Waiting is no work: nothing to do, and in threads no task yet, or as many finished ones as the host lets be ahead of it. */
const IDLE = new Set(['(idle)', '(root)', 'atomicsWaitLoop', 'takeCell']);

/** The functions of all profiles in a folder, of the host and each of its threads, that took most time. */
export function topFunctions(folder: string, count: number): ProfiledFunction[] {
  const times = new Map<string, number>();
  let total = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
    const busy = nodes.filter(({ callFrame }) => !IDLE.has(callFrame.functionName));
    const names = new Map(busy.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    samples?.forEach((id, i) => {
      const name = names.get(id);
      if (name === undefined) return;
      const time = timeDeltas?.[i] ?? 0;
      times.set(name, (times.get(name) ?? 0) + time);
      total += time;
    });
  }
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, time]) => ({ name, percent: (100 * time) / total }));
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)';
  return url === '' || url.startsWith('wasm:') ? name : `${name} ${basename(url)}:${lineNumber + 1}`;
}
