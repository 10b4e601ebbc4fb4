import { expect, test } from 'vitest';
import { logBatches } from './batches.ts';
import type { Entry } from './entry.ts';

const ENTRY: Entry = {
  key: 'job/1',
  version: 'whole',
  name: 'job',
  parent: null,
  status: 'FINISHED',
  startedAt: 1000,
  endedAt: 2000,
  tags: {},
  params: {},
  metrics: [],
  files: [],
};

const texts = (count: number, length = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'x'.repeat(length)]));

test('no request holds more than the server takes, and together they hold everything', () => {
  const metrics = Array.from({ length: 2500 }, (_, step) => ({ key: 'accuracy', value: step / 7, step }));
  const batches = logBatches({ ...ENTRY, tags: texts(150, 4000), params: texts(250, 5000), metrics });
  for (const batch of batches) {
    expect(batch.metrics.length).toBeLessThanOrEqual(1000);
    expect(batch.params.length).toBeLessThanOrEqual(100);
    expect(batch.tags.length).toBeLessThanOrEqual(100);
    expect(batch.metrics.length + batch.params.length + batch.tags.length).toBeLessThanOrEqual(1000);
    expect(JSON.stringify({ run_id: 'x'.repeat(32), ...batch }).length).toBeLessThanOrEqual(1_000_000);
  }
  expect(batches.flatMap((batch) => batch.metrics.map(({ step }) => step))).toEqual(
    metrics.map(({ step }) => step),
  );
  expect(batches.flatMap((batch) => batch.params)).toHaveLength(250);
  expect(batches.flatMap((batch) => batch.tags)).toHaveLength(150);
  // Sent twice, a metric is the same one.
  expect(new Set(batches.flatMap((batch) => batch.metrics.map(({ timestamp }) => timestamp)))).toEqual(
    new Set([2000]),
  );
});

test('a value that is longer than the server takes is cut, and says so', () => {
  const [{ params, tags } = { params: [], tags: [] }] = logBatches({
    ...ENTRY,
    params: { long: 'p'.repeat(7000) },
    tags: { long: 't'.repeat(7000) },
  });
  expect(params[0]!.value).toMatch(/^p{5999}…$/);
  expect(tags[0]!.value).toMatch(/^t{4999}…$/);
});

test('an entry of nothing is no request', () => {
  expect(logBatches(ENTRY)).toEqual([]);
});
