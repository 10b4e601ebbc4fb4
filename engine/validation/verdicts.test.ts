import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { ValidationDto } from '../contract/dto/index.ts';
import { listedChampions } from '../store/champions.ts';
import { openStore } from '../store/database.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { createChampionJudge } from './champion-judge.ts';

const { createWorkspace, open, close } = useEngines();

const MARKET = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' } as const;
const FULL = { subject: MARKET, scheme: 'full', folds: 4 } as const;

async function validate(engine: Engine, input: RawInput<'validation.create'>): Promise<ValidationDto> {
  const { queueId, validations } = await engine.call('validation.create', input);
  await train(engine, queueId);
  return engine.call('validation.get', { id: validations[0]! });
}

/** What a reason says that p was adjusted for. */
const among = ({ verdictReason }: ValidationDto) =>
  Number(/adjusted for the (\d+) validations/.exec(verdictReason ?? '')?.[1] ?? 1);
const chance = ({ verdictReason }: ValidationDto) =>
  Number(/without any edge: ([\d.]+) %/.exec(verdictReason ?? '')?.[1] ?? Number.NaN);

test('a verdict is held against the latest of everything else that was validated in its market', async () => {
  const engine = open(createWorkspace());
  const first = await validate(engine, FULL);
  expect(first.verdict).not.toBeNull();
  expect(first.verdictReason).toMatch(/^Out of sample over 4 folds a Sharpe of /);
  expect(among(first)).toBe(1);
  // The same again replaces it and takes its refit over; another market has nothing to do with it.
  await validate(engine, FULL);
  await validate(engine, { ...FULL, subject: { ...MARKET, symbol: 'DEMO_USDJPY' } });
  const again = await engine.call('validation.get', { id: first.id });
  expect(again.refit).toBeNull();
  const { refit, storedBytes } = first;
  expect(again).toEqual({ ...first, refit: null, storedBytes: storedBytes - refit!.bytes });
  // Another scheme and another model are others.
  const quick = await validate(engine, { ...FULL, scheme: 'quick', folds: 3 });
  const lasso = await validate(engine, { ...FULL, subject: { ...MARKET, modelType: 'lasso' } });
  const all = await engine.call('validation.list', {});
  const own = all.filter(({ symbol }) => symbol === MARKET.symbol);
  for (const dto of own.filter((one) => !Number.isNaN(chance(one)))) {
    expect(among(dto)).toBe(3);
    // More that was tried makes no chance smaller.
    const before = [first, quick, lasso].find(({ id }) => id === dto.id);
    if (before !== undefined) expect(chance(dto)).toBeGreaterThanOrEqual(chance(before));
  }
  expect(own).toHaveLength(4);
});

test('procedures are a family of their own: neither makes the other a further try', async () => {
  const engine = open(createWorkspace());
  const model = await validate(engine, FULL);
  const grid = {
    model_types: ['ridge', 'lasso'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H4'],
    days_history: [60],
    horizons: [3],
  };
  const own = { subject: { grid }, scheme: 'own', folds: 5 } as const;
  const procedure = await validate(engine, own);
  expect(procedure.verdict).not.toBeNull();
  expect(among(procedure)).toBe(1);
  expect(await engine.call('validation.get', { id: model.id })).toEqual(model);
  // Another grid is another procedure.
  const wider = { grid: { ...grid, horizons: [3, 6] } };
  await validate(engine, { ...own, subject: wider });
  const after = await engine.call('validation.get', { id: procedure.id });
  if (!Number.isNaN(chance(after))) expect(among(after)).toBe(2);
});

test('a champion has the verdict of its validation with the most counted bars, whatever it claims', async () => {
  const engine = open(createWorkspace());
  const { queueId } = await engine.call('queue.create', {
    grid: {
      model_types: ['ridge'],
      symbols: ['DEMO_EURUSD'],
      timeframes: ['H4'],
      days_history: [60],
      horizons: [3],
    },
  });
  await train(engine, queueId);
  const [claimed] = await engine.call('champions.list', {});
  expect(claimed).toMatchObject({ outOfSample: null });
  expect(claimed!.verdictReason).toMatch(
    /^Sharpe .* on the selection window; the best of (1 try|\d+ tries) reaches /,
  );
  const subject = { champion: claimed!.champion };
  const long = await validate(engine, { subject, scheme: 'own', folds: 9 });
  const short = await validate(engine, { subject, scheme: 'full', folds: 2 });
  expect(long.stitched.bars).toBeGreaterThan(short.stitched.bars);
  const [judged, other] = await engine.call('champions.list', {});
  const { folds, trades, sharpe, standardError, t } = long.stitched;
  expect(judged!.outOfSample).toMatchObject({
    scheme: 'own',
    folds,
    trades,
    sharpe,
    sharpeError: standardError,
    t,
  });
  expect(judged!.verdict).toBe((await engine.call('validation.get', { id: long.id })).verdict);
  expect(judged!.verdictReason).toMatch(/; out of sample over \d folds a Sharpe of /);
  // What another regime's champion is worth is not known by that.
  expect(other).toMatchObject({ outOfSample: null });
});

test('what is not whole has no verdict, nor has what counts nowhere', async () => {
  const engine = open(createWorkspace());
  const { validations } = await engine.call('validation.create', FULL);
  const open_ = await engine.call('validation.get', { id: validations[0]! });
  expect(open_).toMatchObject({ met: null, verdict: null, verdictReason: null });
});

test('a holdout that was looked at contradicts where it lost more than the stitched curve ever would', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { queueId } = await engine.call('queue.create', {
    grid: {
      model_types: ['ridge', 'lasso'],
      symbols: ['DEMO_EURUSD'],
      timeframes: ['H4'],
      days_history: [60],
      horizons: [3],
    },
  });
  await train(engine, queueId);
  const champions = await engine.call('champions.list', {});
  await validate(engine, { subject: { champions: 'all' }, scheme: 'own', folds: 9 });
  await close(engine);
  const store = openStore(join(workspace, 'regimen.db'));
  const rows = listedChampions(store);
  const judge = createChampionJudge(store);
  const month = { from: 0, to: 30 * 86_400_000 };
  const luckOf = (i: number) => ({ p: champions[i]!.p, luck: champions[i]!.luck });
  const unseen = rows.map((row, i) => judge(row, luckOf(i), null));
  const open_ = unseen.findIndex(
    ({ verdict }) => verdict !== 'too little data' && verdict !== 'contradicted',
  );
  expect(open_).toBeGreaterThanOrEqual(0);
  const seen = (trades: number, totalReturn: number) =>
    judge(rows[open_]!, luckOf(open_), { ...month, trades, totalReturn });
  expect(seen(5, -0.9)).toMatchObject({
    verdict: 'contradicted',
    verdictReason: expect.stringMatching(/In the holdout 5 trades came to −90\.0 %: of 100 stretches/),
  });
  expect(seen(4, -0.9)).toEqual(unseen[open_]);
  expect(seen(5, 0.01)).toEqual(unseen[open_]);
  store.close();
});
