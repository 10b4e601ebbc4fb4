import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ALLOCATOR } from '../main/launch/allocator.mjs';
import type { Sample } from './soak-process.ts';
import { type Figure, median, type Subject } from './subject.ts';

const PROCESS = fileURLToPath(new URL('./soak-process.ts', import.meta.url));

/** How much more the last quarter may hold than the first, the median of each: 10 %. */
const MOST_GROWTH = 1.1;

export const soakSubject: Subject = {
  name: 'soak',
  title: 'a host that trains queue after queue, and is looked at meanwhile: what it holds',
  isLong: true,
  async measure(_runs, _parts, minutes = 60) {
    const samples = await soak(minutes);
    const { trained } = samples.at(-1)!;
    return {
      data: `the synthetic demo market, ${minutes} minutes, 2 threads, ${trained} configurations`,
      runs: 1,
      figures: [
        ...(['rss', 'heapUsed', 'external', 'arrayBuffers'] as const).flatMap((what) =>
          growth(samples, what),
        ),
        { name: 'configurations trained', value: trained, unit: '' },
      ],
    };
  },
};

/** Started as the launcher starts a host. A sample is passed on as it comes: an hour is long. */
async function soak(minutes: number): Promise<Sample[]> {
  const child = spawn(process.execPath, [PROCESS, String(minutes)], {
    env: { ...process.env, ...ALLOCATOR },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    samples.push(JSON.parse(line) as Sample);
    process.stderr.write(`${line}\n`);
  }
  const [status] = await ended;
  if (status !== 0 || samples.length === 0) throw new Error(`The host ended with status ${status}.`);
  return samples;
}

/** Medians of the first and last quarter of the time, and the slope between all samples. */
export function growth(
  samples: readonly Sample[],
  what: 'rss' | 'heapUsed' | 'external' | 'arrayBuffers',
): Figure[] {
  const end = samples.at(-1)!.minute;
  const of = (part: (share: number) => boolean) =>
    median(samples.filter(({ minute }) => part(minute / end)).map((sample) => sample[what]));
  const first = of((share) => share <= 0.25);
  const last = of((share) => share > 0.75);
  const bound = what === 'rss' ? { atMost: first * MOST_GROWTH } : {};
  return [
    { name: `${what}, first quarter`, value: first, unit: 'MB' },
    { name: `${what}, last quarter`, value: last, unit: 'MB', ...bound },
    { name: `${what}, slope`, value: slope(samples, what), unit: 'MB/hour' },
  ];
}

/** Theil and Sen's: the median of the slopes between all pairs of samples, which no single peak tilts. */
function slope(samples: readonly Sample[], what: keyof Sample): number {
  const slopes = samples.flatMap((a, i) =>
    samples.slice(i + 1).map((b) => ((b[what] - a[what]) / (b.minute - a.minute)) * 60),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}
