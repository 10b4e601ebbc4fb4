import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { ValidationDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Engine, results, stateOf, train, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';

/** Walk-forward as a job: planned, computed, stored, shared between jobs, and never mixed with what grids choose. */

const { createWorkspace, open, close } = useEngines();

const MARKET = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' } as const;
const QUICK = { subject: MARKET, scheme: 'quick' } as const;
const FULL = { subject: MARKET, scheme: 'full', folds: 5 } as const;
/** Takes long enough to be stopped in between. */
const LONG = {
  subject: { ...MARKET, modelType: 'random_forest', hyperparameters: { n_estimators: 20 } },
  scheme: 'full',
  folds: 30,
} as const;
const GRID: GridSpecInput = {
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [60],
  horizons: [3, 6],
};
const DAY = 86_400_000;

async function validate(engine: Engine, input: RawInput<'validation.create'>): Promise<ValidationDto[]> {
  const { queueId, validations } = await engine.call('validation.create', input);
  const summary = await train(engine, queueId);
  expect(summary).toMatchObject({ kind: 'walk_forward', state: 'completed', failed: 0, kept: 0 });
  const listed = await engine.call('validation.list', { queueId });
  expect(listed.map(({ id }) => id)).toEqual(validations);
  return [...listed];
}

const feedOf = async (engine: Engine) => (await engine.call('feed.recent', {})).map(({ message }) => message);
const figuresOf = ({ folds, average, stitched, aging }: ValidationDto) => ({
  folds: folds.map(({ reused: _reused, ...fold }) => fold),
  average,
  stitched,
  aging,
});
const end = (date: string) => Date.parse(date);

describe('quick', () => {
  test('three models, each tested once it is trained, and the first once more as it ages', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const preview = await engine.call('validation.preview', QUICK);
    expect(preview).toMatchObject({ toTrain: 3, problems: [], notes: [], estimate: { seconds: null } });
    expect(await engine.call('validation.list', {})).toEqual([]);
    const [dto] = (await validate(engine, QUICK)) as [ValidationDto];
    expect(dto.folds.map(({ kind, state, counted }) => `${kind} ${state} ${counted}`)).toEqual([
      ...Array(3).fill('rolling completed true'),
      ...Array(2).fill('aging completed true'),
    ]);
    // What the preview said is what was computed.
    const spans = (folds: readonly { train: object; test: object }[]) =>
      folds.map(({ train, test }) => ({ train, test }));
    expect(spans(dto.folds)).toEqual(spans(preview.validations[0]!.folds));
    for (const { train, test } of dto.folds) expect(end(train.to)).toBeLessThanOrEqual(end(test.from));
    expect(dto.stitched).toMatchObject({
      folds: 3,
      bars: dto.folds.slice(0, 3).reduce((n, { test }) => n + test.bars, 0),
    });
    expect(dto.stitched.trades).toBe(
      dto.folds.slice(0, 3).reduce((n, { metrics }) => n + metrics!.trades!.value, 0),
    );
    expect(dto.average.spearman?.value).toBeCloseTo(
      dto.folds.slice(0, 3).reduce((sum, { metrics }) => sum + metrics!.spearman!.value, 0) / 3,
      12,
    );
    expect(dto.aging?.ages).toEqual([
      { days: 30, fold: 0 },
      { days: 90, fold: 3 },
      { days: 150, fold: 4 },
    ]);
    expect(dto.criteria.find(({ metric }) => metric === 'failed_folds')).toMatchObject({
      met: true,
      value: 0,
    });
    expect(typeof dto.met).toBe('boolean');
    const lines = (await feedOf(engine)).filter((line) => /^(Aging f|F)old \d/.test(line));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(
      /^Fold 1\/3, DEMO_EURUSD H4, test .*accuracy 0\.\d\d \(base .*Sharpe .* ± .* trades$/,
    );
    expect(await engine.call('jobs.list', { kind: 'walk_forward' })).toMatchObject([
      { unit: 'folds', total: 3, completed: 3, progress_pct: 100, symbols: ['DEMO_EURUSD'] },
    ]);
    // Nothing of it is a run, a try or a champion.
    await close(engine);
    const { runs, champions, audit, folds } = ledgerOf(workspace);
    expect([runs, champions, audit].map(({ length }) => length)).toEqual([0, 0, 0]);
    expect(folds).toHaveLength(5);
  });

  test('lies before what a grid has chosen on, as a block, and says so', async () => {
    const engine = open(createWorkspace());
    const before = await engine.call('validation.preview', QUICK);
    await train(engine, GRID);
    const { validations, notes } = await engine.call('validation.preview', QUICK);
    const [unmoved] = before.validations;
    const [moved] = validations;
    expect(moved!.folds.every(({ counted }) => counted)).toBe(true);
    const last = (of: typeof moved) => end(of!.folds.at(-1)!.test.to);
    expect(moved!.movedDays).toBe(Math.round((last(unmoved) - last(moved)) / DAY));
    // The selection window of 90 days ends where the holdout begins; trades of the last test are settled before it.
    expect(moved!.movedDays).toBeGreaterThanOrEqual(90);
    expect(moved!.movedDays).toBeLessThan(94);
    expect(notes).toContainEqual(expect.stringContaining(`lie ${moved!.movedDays} days earlier`));
    const [dto] = (await validate(engine, QUICK)) as [ValidationDto];
    expect(dto.stitched.folds).toBe(3);
  });
});

describe('full and own', () => {
  test('folds where models were chosen are hollow, and count for nothing', async () => {
    const engine = open(createWorkspace());
    const [before] = (await validate(engine, FULL)) as [ValidationDto];
    expect(before.folds.every(({ counted }) => counted)).toBe(true);
    await train(engine, GRID);
    const [after] = (await engine.call('validation.list', {})) as [ValidationDto];
    const { runs } = await engine.call('history.search', {});
    const { basis } = await engine.call('history.get', { run: runs[0]!.uuid });
    const { evaluated } = basis.windows as { evaluated: { name: string; from: string; to: string }[] };
    const selection = evaluated.find(({ name }) => name === 'selection')!;
    for (const { counted, test } of after.folds) {
      // 1 + 6 bars of four hours settle what was traded last.
      const overlaps = end(test.from) < end(selection.to) && end(test.to) + DAY > end(selection.from);
      expect(counted, test.from).toBe(!overlaps);
    }
    const counted = after.folds.filter((fold) => fold.counted);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.length).toBeLessThan(5);
    expect(after.stitched).toMatchObject({
      folds: counted.length,
      bars: counted.reduce((n, { test }) => n + test.bars, 0),
    });
    expect(after.average.trades?.value).toBeCloseTo(
      counted.reduce((n, { metrics }) => n + metrics!.trades!.value, 0) / counted.length,
      9,
    );
  });

  test('a run is validated with its best strategy, a champion with its own, alone in its regime', async () => {
    const engine = open(createWorkspace());
    await train(engine, GRID);
    const [champion] = await engine.call('champions.list', {});
    const { symbol, timeframe, regime, runId, strategy } = champion!;
    const name = `${symbol}/${timeframe}/${regime}`;
    const [own] = (await validate(engine, { subject: { champion: name }, scheme: 'own', folds: 2 })) as [
      ValidationDto,
    ];
    expect(own).toMatchObject({ champion: name, regime, runId, strategy, trainDays: 60, testPeriodDays: 60 });
    const [run] = (await validate(engine, { subject: { runId }, scheme: 'own', folds: 2 })) as [
      ValidationDto,
    ];
    expect(run).toMatchObject({ champion: null, regime: null, runId });
    expect(run.folds.map(({ test }) => test)).toEqual(own.folds.map(({ test }) => test));
    expect(own.folds[0]!.metrics!.trades!.value).toBeLessThan(run.folds[0]!.metrics!.trades!.value);
    // A purge of the selection window's 90 days lies between training and test.
    for (const { train, test } of own.folds) expect(end(test.from) - end(train.to)).toBe(90 * DAY);
    const all = await engine.call('validation.preview', { subject: { champions: 'all' }, scheme: 'own' });
    expect(all.validations.length).toBe((await engine.call('champions.list', {})).length);
    await expect(
      engine.call('validation.preview', { subject: { champion: `${name}s` }, scheme: 'own' }),
    ).rejects.toThrow(`Did you mean "${name}"?`);
    await expect(engine.call('validation.preview', { subject: MARKET, scheme: 'own' })).rejects.toThrow(
      '"own" validates',
    );
  });
});

describe('a fold is computed once', () => {
  test('whatever job asks for it, and whatever the job has beside it', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    await validate(engine, { ...FULL, folds: 2 });
    const preview = await engine.call('validation.preview', FULL);
    expect(preview).toMatchObject({
      toTrain: 3,
      estimate: { seconds: expect.any(Number), bytes: expect.any(Number) },
    });
    expect(preview.validations[0]!.folds.map(({ known }) => known)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    const [longer] = (await validate(engine, FULL)) as [ValidationDto];
    expect(longer.folds.map(({ reused }) => reused)).toEqual([false, false, false, true, true]);
    expect(await feedOf(engine)).toContainEqual('2 folds skipped: computed before.');
    // Alone in another workspace, each comes to the same.
    const alone = open(createWorkspace());
    const [anew] = (await validate(alone, FULL)) as [ValidationDto];
    expect(figuresOf(anew)).toEqual(figuresOf(longer));
    await close(engine);
    expect(ledgerOf(workspace).folds).toHaveLength(5);
  });

  test('other costs are another fold', async () => {
    const engine = open(createWorkspace());
    await validate(engine, { ...FULL, folds: 1 });
    await engine.call('settings.set', { changes: { 'costs.symbols.DEMO_EURUSD.spread_pips': 1.4 } });
    expect(await engine.call('validation.preview', { ...FULL, folds: 1 })).toMatchObject({ toTrain: 1 });
  });
});

test('several symbols are one job, and each a validation of its own', async () => {
  const engine = open(createWorkspace(), { threads: 2 });
  const subject = { ...MARKET, symbol: undefined, symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'] };
  const { symbol: _symbol, ...several } = subject;
  const both = await validate(engine, { subject: several, scheme: 'full', folds: 2 });
  expect(both.map(({ symbol }) => symbol)).toEqual(['DEMO_EURUSD', 'DEMO_USDJPY']);
  const alone = open(createWorkspace());
  for (const dto of both) {
    const one = await validate(alone, {
      subject: { ...MARKET, symbol: dto.symbol },
      scheme: 'full',
      folds: 2,
    });
    expect(figuresOf(one[0]!)).toEqual(figuresOf(dto));
  }
});

/** A job that was paused after its first folds. */
async function pausedEarly(engine: Engine): Promise<number> {
  const { queueId } = await engine.call('validation.create', LONG);
  const committed = results(engine, 2);
  await engine.call('queue.start', { queueId });
  await committed;
  await engine.call('queue.pause', { queueId });
  await engine.call('queue.wait', { queueId });
  return queueId;
}

describe('as a job', () => {
  test('it is paused after the fold in work, resumed, and ends as if it never was', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const queueId = await pausedEarly(engine);
    expect(await stateOf(engine, queueId)).toBe('paused');
    const [paused] = (await engine.call('validation.list', {})) as [ValidationDto];
    expect(paused).toMatchObject({ met: null, verdict: null });
    expect(paused.folds.filter(({ state }) => state === 'pending').length).toBeGreaterThan(0);
    await engine.call('queue.resume', { queueId });
    await engine.call('queue.wait', { queueId });
    const [resumed] = (await engine.call('validation.list', {})) as [ValidationDto];
    const [straight] = (await validate(open(createWorkspace()), LONG)) as [ValidationDto];
    expect(figuresOf(resumed)).toEqual(figuresOf(straight));
  });

  test('what a checkpoint brings back computes its folds again, to the same', async () => {
    const before = createWorkspace();
    const engine = open(before);
    await pausedEarly(engine);
    await close(engine);
    const folder = join(before, 'checkpoints/training_pipeline');
    const newest = readdirSync(folder).sort().at(-1)!;

    const after = open(createWorkspace());
    const queue = await after.call('queue.resume', { checkpoint: join(folder, newest) });
    await after.call('queue.wait', { queueId: queue.id });
    const [restored] = (await after.call('validation.list', {})) as [ValidationDto];
    const [straight] = (await validate(open(createWorkspace()), LONG)) as [ValidationDto];
    expect(figuresOf(restored)).toEqual(figuresOf(straight));
  });

  test('removed before its end, its validations go; removed after it, they stay', async () => {
    const engine = open(createWorkspace());
    const { queueId } = await engine.call('validation.create', { ...FULL, folds: 1 });
    await engine.call('queue.remove', { queueId });
    expect(await engine.call('validation.list', {})).toEqual([]);
    const [dto] = (await validate(engine, { ...FULL, folds: 1 })) as [ValidationDto];
    await engine.call('queue.remove', { queueId: dto.jobId });
    const left = { ...dto, jobState: null };
    expect(await engine.call('validation.list', {})).toEqual([left]);
    expect(await engine.call('validation.get', { id: dto.id })).toEqual(left);
    await expect(engine.call('validation.get', { id: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('what can not be validated is refused before anything starts, with what would fit', async () => {
    const engine = open(createWorkspace());
    const long = { ...QUICK, minTrainDays: 5000 };
    const { problems } = await engine.call('validation.preview', long);
    expect(problems).toEqual([
      expect.stringMatching(/^DEMO_EURUSD H4: One fold of "quick" needs 5060 days .* would fit/),
    ]);
    await expect(engine.call('validation.create', long)).rejects.toMatchObject({ code: 'conflict' });
    expect(await engine.call('queue.list', {})).toEqual([]);
    await expect(engine.call('validation.create', { ...QUICK, testPeriodDays: 1 })).rejects.toThrow(
      'forecasts 6 bars ahead need at least 8',
    );
  });
});
