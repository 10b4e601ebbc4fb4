import { describe, expect, test } from 'vitest';
import { configHash } from '../cells/config-hash.ts';
import type { RawInput } from '../contract/api/index.ts';
import type { ValidationDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Engine, results, stateOf, train, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { CONFIG } from '../testing/workspace.ts';

/** A grid with its selection rules, validated: in each fold all of it is trained, chosen among, and traded on what came next. */

const { createWorkspace, open, close } = useEngines();

const GRID: GridSpecInput = {
  name: 'Small',
  model_types: ['ridge', 'random_forest'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  // Whole weeks, so that windows which begin on a weekend begin with the same bar whichever hour that is.
  days_history: [63, 301],
  encoders: ['normalized', 'time_delta'],
  horizons: [3, 6],
  hyperparameters: { random_forest: { n_estimators: 5 } },
};
const OWN = { subject: { grid: GRID }, scheme: 'own', testPeriodDays: 30, folds: 3 } as const;
/** More regimes have champions. */
const EASY = `${CONFIG}evaluation: { min_trades_per_regime: 3, holdout_days: 28 }\n`;
const DAY = 86_400_000;
const HOUR = DAY / 24;
const HOLDOUT = 28;
const SATURDAY = 6;

async function validate(engine: Engine, input: RawInput<'validation.create'>): Promise<ValidationDto[]> {
  const { queueId } = await engine.call('validation.create', input);
  expect(await train(engine, queueId)).toMatchObject({ kind: 'walk_forward', state: 'completed', failed: 0 });
  return [...(await engine.call('validation.list', { queueId }))];
}

const foldsOf = (workspace: string) => ledgerOf(workspace).folds;

describe('a procedure', () => {
  test('is every fold of a grid, together and by regime, and all of its folds count', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    await train(engine, { ...GRID, encoders: ['normalized'], days_history: [63] });
    const preview = await engine.call('validation.preview', OWN);
    expect(preview).toMatchObject({ toTrain: 48, problems: [], notes: [] });
    const [dto] = (await validate(engine, OWN)) as [ValidationDto];
    expect(dto).toMatchObject({
      subject: 'procedure',
      modelType: null,
      strategy: null,
      trainDays: 301,
      title: '"Small", 16 configurations (Ridge, Random forest), champions chosen anew in each fold',
    });
    expect(dto.folds.map(({ state, counted }) => `${state} ${counted}`)).toEqual(
      Array(3).fill('completed true'),
    );
    expect(dto.stitched.folds).toBe(3);
    expect(dto.stitched.bars).toBe(dto.folds.reduce((n, { test }) => n + test.bars, 0));
    expect(dto.stitched.trades).toBeGreaterThan(0);
    expect(dto.stitched.trades).toBe(
      dto.folds.reduce((n, { metrics }) => n + (metrics!.trades?.value ?? 0), 0),
    );
    // Several models forecast in turn: what is known of them together is what they earned.
    expect(dto.average.accuracy).toBeNull();
    expect(dto.criteria.map(({ metric }) => metric)).toEqual([
      'sharpe',
      'max_drawdown',
      'trades',
      'failed_folds',
    ]);
    const regimes = new Set(dto.folds.flatMap(({ champions }) => champions!.map(({ regime }) => regime)));
    expect(dto.regimes.map(({ regime }) => regime)).toEqual([...regimes].sort());
    for (const { regime, folds, stitched } of dto.regimes) {
      const of = dto.folds.filter(({ champions }) => champions!.some((c) => c.regime === regime));
      expect(folds).toBe(of.length);
      expect(stitched.bars).toBe(dto.stitched.bars);
    }
    const { runs, champions } = ledgerOf(workspace);
    const before = [runs.length, champions.length];
    const feed = (await engine.call('feed.recent', {})).map(({ message }) => message);
    expect(
      feed.filter((line) => /^Fold \d\/3, DEMO_EURUSD H4, .* of 16 configurations, /.test(line)),
    ).toHaveLength(3);
    // What was computed is never computed again, and nothing of it is a run.
    expect(await engine.call('validation.preview', OWN)).toMatchObject({ toTrain: 0 });
    const longer = await engine.call('validation.preview', { ...OWN, folds: 4 });
    expect(longer.toTrain).toBe(16);
    await engine.call('settings.set', { changes: { 'evaluation.min_trades_per_regime': 11 } });
    expect(await engine.call('validation.preview', OWN)).toMatchObject({ toTrain: 48 });
    await close(engine);
    expect([ledgerOf(workspace).runs.length, ledgerOf(workspace).champions.length]).toEqual(before);
    expect(foldsOf(workspace)).toHaveLength(3);
  });

  test('has the champions in a fold that the grid crowns as of that date', async () => {
    const engine = open(createWorkspace(EASY));
    const [dto] = (await validate(engine, { ...OWN, folds: 4 })) as [ValidationDto];
    const fold = dto.folds.find(({ test }) => new Date(test.from).getUTCDay() === SATURDAY)!;
    // The selection window of a grid ends where its holdout begins: on the Friday.
    const asOf = new Date(Date.parse(fold.test.from) + HOLDOUT * DAY);
    const other = open(createWorkspace(EASY));
    await other.call('settings.set', { changes: { 'evaluation.as_of': dayBefore(asOf) } });
    await train(other, GRID);
    const crowned = await other.call('champions.list', {});
    expect(crowned.length).toBeGreaterThan(2);
    const { runs } = await other.call('history.search', {});
    const hashOf = new Map(runs.map((run) => [run.uuid, configHash(run)]));
    const { basis } = await other.call('history.get', { run: runs[0]!.uuid });
    const { evaluated } = basis.windows as { evaluated: { name: string; to: string }[] };
    const { to } = evaluated.find(({ name }) => name === 'selection')!;
    expect(to).toBe(new Date(Date.parse(fold.test.from) - 2 * HOUR).toISOString());
    expect(fold.champions).toHaveLength(crowned.length);
    for (const { regime, runId, strategy, sharpe, trades } of crowned) {
      const champion = fold.champions!.find((of) => of.regime === regime);
      expect(champion).toMatchObject({ configHash: hashOf.get(runId), strategy, trades });
      // The year before the Friday's close has a bar more than that before the Saturday, of some 1,560.
      expect(champion!.score / sharpe!).toBeCloseTo(Math.sqrt(1560 / 1561), 5);
    }
  });

  test('goes with own alone, and a validation is of one market', async () => {
    const engine = open(createWorkspace());
    await expect(engine.call('validation.preview', { ...OWN, scheme: 'full' })).rejects.toThrow(
      'choose "own" instead of "full"',
    );
    const grid = { ...GRID, symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'], timeframes: ['H4', 'H1'] };
    const { validations } = await engine.call('validation.preview', { ...OWN, subject: { grid }, folds: 1 });
    expect(validations.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`)).toEqual([
      'DEMO_EURUSD H4',
      'DEMO_EURUSD H1',
      'DEMO_USDJPY H4',
      'DEMO_USDJPY H1',
    ]);
    const long = { ...GRID, days_history: [63, 3000] };
    const { problems } = await engine.call('validation.preview', { ...OWN, subject: { grid: long } });
    expect(problems).toEqual([expect.stringMatching(/^DEMO_EURUSD H4: One fold of "own" needs 3120 days/)]);
  });
});

describe('the same bits', () => {
  test('with one thread and two, and paused in between', async () => {
    const straight = createWorkspace();
    const one = open(straight);
    await validate(one, OWN);
    await close(one);

    const parallel = createWorkspace();
    const two = open(parallel, { threads: 2 });
    await validate(two, OWN);
    await close(two);
    const bits = (workspace: string) => foldsOf(workspace).map(({ key, result }) => ({ key, result }));
    expect(bits(parallel)).toEqual(bits(straight));

    const paused = createWorkspace();
    const engine = open(paused);
    const { queueId } = await engine.call('validation.create', OWN);
    const committed = results(engine, 1);
    await engine.call('queue.start', { queueId });
    await committed;
    await engine.call('queue.pause', { queueId });
    await engine.call('queue.wait', { queueId });
    expect(await stateOf(engine, queueId)).toBe('paused');
    expect(foldsOf(paused).length).toBeLessThan(3);
    await engine.call('queue.resume', { queueId });
    await engine.call('queue.wait', { queueId });
    await close(engine);
    expect(bits(paused)).toEqual(bits(straight));
  });
});

/** `evaluation.as_of` is a day, which closes at its end. */
function dayBefore(time: Date): string {
  return new Date(time.getTime() - DAY).toISOString().slice(0, 10);
}
