/** What a process holds while it works on a job. */
export interface PeakMemory {
  /** Looks now. */
  look(): void;
  /** The most that was seen, bytes. */
  readonly bytes: number;
}

/**
 * @param before the most that was seen in earlier passes over the job
 * @param resident memory that the process holds now, its threads included, bytes
 */
export function createPeakMemory(before: number | null, resident: () => number): PeakMemory {
  let most = Math.max(before ?? 0, resident());
  return {
    look() {
      most = Math.max(most, resident());
    },
    get bytes() {
      return most;
    },
  };
}
