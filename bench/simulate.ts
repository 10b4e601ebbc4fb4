/**
 * Workers that one host gives tasks to, event by event. Each thread trains the cells of its task one after the other and sends each result as
 * it comes; the host takes results, requests for candles and demands for the next task in the order in which they arrive, one at a time; what
 * they weigh goes through one Redis. Nothing is known of the network but its bandwidth.
 */

export interface SimulatedCosts {
  /** Seconds that a configuration took to train: as they were measured, drawn from again and again. */
  readonly trainingSeconds: readonly number[];
  /** Of the host, for a result: its receipt, its commit, and its share of the task's dispatch, s. */
  readonly hostSeconds: number;
  /** Of a worker, for a result, beyond the training, s. */
  readonly workerSeconds: number;
  /** Through Redis, in and out, bytes a configuration. */
  readonly resultBytes: number;
  /** That a worker process fetches before its first cell, and seconds that the host takes for them. */
  readonly candleBytes: number;
  readonly candleSeconds: number;
  /** That Redis, or the network before it, passes on, bytes/s. */
  readonly bandwidth: number;
}

export interface SimulatedScale {
  /** From the first cell to the last, configurations a second. */
  readonly perSecond: number;
  /** Part of that time in which the host's thread, and Redis, had something to do. */
  readonly hostBusy: number;
  readonly redisBusy: number;
  /** Until the last worker had its candles, s. */
  readonly candleSeconds: number;
}

/** A server that does one thing after the other. */
function createServer() {
  let free = 0;
  let busy = 0;
  return {
    /** When work that comes at `at` and takes `seconds` is done. Calls come in the order of `at`. */
    serve(at: number, seconds: number): number {
      free = Math.max(free, at) + seconds;
      busy += seconds;
      return free;
    },
    busy: () => busy,
  };
}

/**
 * @param threads of all workers, each a process of its own
 * @param cells that are trained in all
 * @param cellsOfTask see `groupSize`
 * @param random uniform in [0, 1)
 */
export function simulateScale(
  costs: SimulatedCosts,
  { threads, cells, cellsOfTask }: { threads: number; cells: number; cellsOfTask: number },
  random: () => number,
): SimulatedScale {
  const host = createServer();
  const redis = createServer();
  const { trainingSeconds, workerSeconds } = costs;
  const draw = () => trainingSeconds[Math.floor(random() * trainingSeconds.length)]! + workerSeconds;
  const events = createHeap();
  let candlesAt = 0;
  for (let thread = 0; thread < threads; thread++) {
    const read = host.serve(0, costs.candleSeconds);
    const got = redis.serve(read, costs.candleBytes / costs.bandwidth);
    candlesAt = Math.max(candlesAt, got);
    events.push({ at: got, left: 0 });
  }
  let given = 0;
  let done = 0;
  let end = 0;
  for (let event = events.pop(); event !== undefined && done < cells; event = events.pop()) {
    const { at, left } = event;
    if (left === 0) {
      // Idle: the host hands out a task once it comes to it.
      const group = Math.min(cellsOfTask, cells - given);
      if (group === 0) continue;
      given += group;
      events.push({ at: host.serve(at, 0) + draw(), left: group });
      continue;
    }
    const passed = redis.serve(at, costs.resultBytes / costs.bandwidth);
    end = Math.max(end, host.serve(passed, costs.hostSeconds));
    done++;
    if (left > 1) events.push({ at: at + draw(), left: left - 1 });
    else events.push({ at: end, left: 0 });
  }
  return {
    perSecond: cells / end,
    hostBusy: host.busy() / end,
    redisBusy: redis.busy() / end,
    candleSeconds: candlesAt,
  };
}

interface Event {
  readonly at: number;
  /** Cells of the thread's task that are not done, the one that is done now included. */
  readonly left: number;
}

/** Gives the earliest event first. */
function createHeap() {
  const heap: Event[] = [];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  return {
    push(event: Event): void {
      let at = heap.push(event) - 1;
      for (let above = (at - 1) >> 1; at > 0 && heap[at]!.at < heap[above]!.at; above = (at - 1) >> 1) {
        swap(at, above);
        at = above;
      }
    },
    pop(): Event | undefined {
      if (heap.length < 2) return heap.pop();
      const first = heap[0]!;
      heap[0] = heap.pop()!;
      for (let at = 0; ; ) {
        let least = at;
        for (const below of [2 * at + 1, 2 * at + 2])
          if (below < heap.length && heap[below]!.at < heap[least]!.at) least = below;
        if (least === at) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
