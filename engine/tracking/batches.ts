import type { Entry, Metric } from './entry.ts';

/** What one request of `runs/log-batch` holds. */
export interface LogBatch {
  readonly metrics: readonly (Metric & { readonly timestamp: number })[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** MLflow's limits of one request: of each kind, of all together, and of its JSON. */
const MOST = { metrics: 1000, params: 100, tags: 100, all: 1000, bytes: 1_000_000 } as const;

/** Characters of a value that all of MLflow's stores take. */
const MOST_PARAM = 6000;
const MOST_TAG = 5000;

/** What goes around each item: braces, names of its fields, the number of a run. */
const OVERHEAD_BYTES = 120;

/**
 * An entry in as few requests as MLflow's limits allow. Repeated, they change nothing: equal parameters and tags are taken
 * again, and a metric is known by its name, value, step and time, which follow from the entry alone.
 */
export function logBatches(entry: Entry): LogBatch[] {
  const timestamp = entry.endedAt ?? entry.startedAt;
  const batches: { metrics: LogBatch['metrics'][number][]; params: KeyValue[]; tags: KeyValue[] }[] = [];
  let bytes = 0;
  const put = <K extends keyof LogBatch>(kind: K, item: LogBatch[K][number]) => {
    const size = Buffer.byteLength(JSON.stringify(item)) + OVERHEAD_BYTES;
    let last = batches.at(-1);
    const isFull =
      last === undefined ||
      last[kind].length >= MOST[kind] ||
      last.metrics.length + last.params.length + last.tags.length >= MOST.all ||
      bytes + size > MOST.bytes;
    if (last === undefined || isFull) {
      last = { metrics: [], params: [], tags: [] };
      batches.push(last);
      bytes = 0;
    }
    (last[kind] as LogBatch[K][number][]).push(item);
    bytes += size;
  };
  for (const item of keyValues(entry.params, MOST_PARAM)) put('params', item);
  for (const item of keyValues(entry.tags, MOST_TAG)) put('tags', item);
  for (const metric of entry.metrics) put('metrics', { ...metric, timestamp });
  return batches;
}

export function keyValues(texts: Readonly<Record<string, string>>, most = MOST_TAG): KeyValue[] {
  return Object.entries(texts).map(([key, value]) => ({
    key,
    value: value.length > most ? `${value.slice(0, most - 1)}…` : value,
  }));
}
