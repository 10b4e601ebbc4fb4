import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ValidationDto } from '../contract/dto/index.ts';
import { type Engine, stateOf, train, useEngines } from '../testing/engines.ts';

/** Quick, its criteria, the question whether to go on, then full: as one job that whoever opens the workspace can answer. */

const { createWorkspace, open, close } = useEngines();

const SUBJECT = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' } as const;
const SEQUENTIAL = { subject: SUBJECT, scheme: 'sequential', folds: 3 } as const;

const schemesOf = async (engine: Engine, queueId: number) =>
  (await engine.call('validation.list', { queueId })).map(({ scheme, jobState, met }) => ({
    scheme,
    jobState,
    isWhole: met !== null,
  }));

test('its preview says what would follow, and what stands in the way of either', async () => {
  const engine = open(createWorkspace());
  const preview = await engine.call('validation.preview', SEQUENTIAL);
  const [quick, full] = await Promise.all(
    (['quick', 'full'] as const).map((scheme) =>
      engine.call('validation.preview', { ...SEQUENTIAL, scheme }),
    ),
  );
  expect(preview).toEqual({ ...quick, scheme: 'sequential', next: full });
  const long = await engine.call('validation.preview', { ...SEQUENTIAL, testPeriodDays: 5000 });
  expect(long.problems.join()).toMatch(/"quick" needs.*"full" needs/s);
});

test('it waits for an answer, through a restart, and goes on to what full alone comes to', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { queueId, validations } = await engine.call('validation.create', SEQUENTIAL);
  expect(validations).toHaveLength(1);
  await train(engine, queueId);
  const asked = await engine.call('queue.get', { queueId });
  expect(asked).toMatchObject({ state: 'awaiting_confirmation', progress: 1, pending: 0, completed: 3 });
  expect(asked.message).toMatch(/^Criteria of quick are missed: full is begun only if you confirm/);
  expect(await schemesOf(engine, queueId)).toEqual([
    { scheme: 'quick', jobState: 'awaiting_confirmation', isWhole: true },
  ]);
  await expect(engine.call('queue.start', { queueId })).rejects.toThrow('Possible now: confirm, decline');
  await close(engine);

  const again = open(workspace);
  expect(await stateOf(again, queueId)).toBe('awaiting_confirmation');
  const confirmed = await again.call('validation.confirm', { queueId });
  expect(confirmed).toMatchObject({ state: 'pending', message: null, pending: 3, totalConfigs: 6 });
  await train(again, queueId);
  expect(await schemesOf(again, queueId)).toEqual(
    ['quick', 'full'].map((scheme) => ({ scheme, jobState: 'completed', isWhole: true })),
  );
  await expect(again.call('validation.confirm', { queueId })).rejects.toMatchObject({ code: 'conflict' });

  const alone = open(createWorkspace());
  const { queueId: other } = await alone.call('validation.create', { ...SEQUENTIAL, scheme: 'full' });
  await train(alone, other);
  const [, full] = await again.call('validation.list', { queueId });
  const [expected] = await alone.call('validation.list', { queueId: other });
  // The job has validated twice, for which its p is adjusted; its refit is called after the validation.
  const besides = { id: 0, jobId: 0, verdictReason: '' };
  const withoutFile = (dto: ValidationDto) => ({ ...dto, ...besides, refit: { ...dto.refit, file: '' } });
  expect(withoutFile(full!)).toEqual(withoutFile(expected!));
});

test('No leaves it at quick, for good', async () => {
  const engine = open(createWorkspace());
  const { queueId } = await engine.call('validation.create', { ...SEQUENTIAL, yes: true });
  await train(engine, queueId);
  expect(await stateOf(engine, queueId)).toBe('awaiting_confirmation');
  const declined = await engine.call('validation.confirm', { queueId, goOn: false });
  expect(declined).toMatchObject({ state: 'completed', totalConfigs: 3 });
  expect(await schemesOf(engine, queueId)).toHaveLength(1);
  await expect(engine.call('validation.confirm', { queueId })).rejects.toMatchObject({ code: 'conflict' });
});

test('where all criteria are met and whoever made it said so, a host goes on without a question', async () => {
  const workspace = createWorkspace();
  const file = join(workspace, 'EURUSD.csv');
  writeFileSync(file, forecastable(1600));
  const host = open(workspace, { role: 'host', threads: 2 });
  await host.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
  const subject = { ...SUBJECT, symbol: 'EURUSD' };
  const input = { ...SEQUENTIAL, subject, yes: true, enqueue: true };
  const { queueId } = await host.call('validation.create', input);
  await vi.waitFor(async () => expect(await stateOf(host, queueId)).toBe('completed'), { timeout: 60_000 });
  expect((await schemesOf(host, queueId)).map(({ scheme }) => scheme)).toEqual(['quick', 'full']);
  const said = (await host.call('feed.recent', {})).map(({ message }) => message);
  expect(said).toContain('All criteria of quick are met: going on with full.');

  // The same without that waits, and says that nothing is missed.
  const { queueId: asking } = await host.call('validation.create', { ...input, yes: false });
  await vi.waitFor(async () => expect(await stateOf(host, asking)).toBe('awaiting_confirmation'), 60_000);
  const { message } = await host.call('queue.get', { queueId: asking });
  expect(message).toBe('All criteria of quick are met. Confirm to go on with full.');
});

/** Hourly bars whose drift is a slow wave: whoever sees the last bars knows the next ones. */
function forecastable(days: number): string {
  const hour = 3_600_000;
  const end = Date.UTC(2024, 5, 29);
  const lines = ['time,open,high,low,close,volume'];
  let price = 1.1;
  for (let time = end - days * 24 * hour; time < end; time += hour) {
    if ([0, 6].includes(new Date(time).getUTCDay())) continue;
    const open = price;
    price *= Math.exp(0.001 * Math.sin(time / (31 * hour)) + 0.0003 * Math.sin(time / 7e5));
    const prices = [open, Math.max(open, price) * 1.0004, Math.min(open, price) * 0.9996, price];
    const cells = prices.map((value) => value.toFixed(5));
    lines.push([new Date(time).toISOString().slice(0, 19), ...cells, 100].join(','));
  }
  return `${lines.join('\n')}\n`;
}
