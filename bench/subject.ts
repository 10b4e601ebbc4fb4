/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Bound that the figure should keep, in the same unit; none where it only informs. */
  readonly atMost?: number | undefined;
  readonly atLeast?: number;
}

export interface Measurement {
  /** What was measured on, synthetic data named as such. */
  readonly data: string;
  /** Each figure is the median of so many runs. */
  readonly runs: number;
  readonly figures: readonly Figure[];
}

/** A benchmark: a file of its own, and a line in `run.ts`. */
export interface Subject {
  readonly name: string;
  readonly title: string;
  /** Names of what it can measure alone. */
  readonly parts?: readonly string[];
  /** Takes so long that it is measured only where it is named. */
  readonly isLong?: boolean;
  /** `runs` overrides how often it is measured, `parts` names what alone is to be measured, `minutes` how long it takes, `keep` where what it makes stays. */
  measure(runs?: number, parts?: readonly string[], minutes?: number, keep?: string): Promise<Measurement>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median milliseconds of `work` over `runs` runs, after a third as many (two at least) that let the compiler settle. */
export function medianMs(runs: number, work: () => void): number {
  return medianOf(runs, work, () => performance.now());
}

/**
 * As `medianMs`, in processor time of this process: what one thread takes on a core of its own. Beside other work on the
 * machine it says more than the clock; threads of the compiler and the collector are counted as well.
 */
export function medianCpuMs(runs: number, work: () => void): number {
  return medianOf(runs, work, cpuNow);
}

/** Processor time of this process that `work` takes, once. */
export function cpuMs(work: () => void): number {
  const start = cpuNow();
  work();
  return cpuNow() - start;
}

function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function medianOf(runs: number, work: () => void, now: () => number): number {
  for (let i = 0; i < Math.max(2, Math.ceil(runs / 3)); i++) work();
  const times = Array.from({ length: runs }, () => {
    const start = now();
    work();
    return now() - start;
  });
  return median(times);
}
