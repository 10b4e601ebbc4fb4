import { expect, test } from 'vitest';
import type { ValidationDto } from '../contract/dto/index.ts';
import { foldChoiceText } from '../contract/fold-choice.ts';
import { stateOf, train, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { fillSurvivalFolds } from '../testing/survival-folds.ts';
import { CONFIG } from '../testing/workspace.ts';

/** A grid whose champions are chosen in each fold by what survives, learned from what had ended when the fold begins. */

const { createWorkspace, open, close } = useEngines();

const BY_SURVIVAL = `${CONFIG}evaluation: { score: survival, min_score: 0, min_trades_per_regime: 3 }\n`;
const GRID = {
  name: 'Two',
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4' as const],
  days_history: [63],
  horizons: [3, 6],
};
const OWN = { subject: { grid: GRID }, scheme: 'own', testPeriodDays: 30, folds: 2 } as const;
/** 60 rows each, from 2015 on. */
const PER_FOLD = 60;

async function validated(workspace: string): Promise<ValidationDto> {
  const engine = open(workspace);
  const { queueId } = await engine.call('validation.create', OWN);
  await train(engine, queueId);
  expect(await stateOf(engine, queueId)).toBe('completed');
  const [dto] = await engine.call('validation.list', { queueId });
  await close(engine);
  return dto!;
}

const bits = (workspace: string, dto: ValidationDto) =>
  ledgerOf(workspace)
    .folds.slice(-dto.folds.length)
    .map(({ key, result }) => ({ key, result }));

test('what is in production learns the folds that came, as a version of its own', async () => {
  const workspace = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(workspace, { folds: 90, edge: 1.5 });
  const engine = open(workspace);
  const { queueId } = await engine.call('survival.train', { modelType: 'classifier', trials: 1 });
  await train(engine, queueId);
  const { version } = await engine.call('survival.promote', {});
  const validate = async (folds: number) => {
    const made = await engine.call('validation.create', { ...OWN, folds });
    await train(engine, made.queueId);
    return (await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'survival');
  };
  const [, ...updates] = await validate(1);
  expect(updates.map(({ name, state }) => [name, state])).toEqual([
    [`Survival: update of ${version}`, 'pending'],
  ]);
  // It waits: one is enough, and the next one learns what came since.
  expect(await validate(2)).toHaveLength(2);
  await train(engine, updates[0]!.id);
  expect(await engine.call('survival.get', {})).toMatchObject({ parent: version, stage: 'None' });
});

test('is refused where there is nothing to learn from', async () => {
  const engine = open(createWorkspace(BY_SURVIVAL));
  await expect(engine.call('validation.create', OWN)).rejects.toThrow(
    /evaluation.score is survival, and no fold .* Validate the grid by another score first/,
  );
  await expect(engine.call('queue.create', { grid: GRID })).rejects.toThrow(
    /no model of what survives is in production: nobody can say/,
  );
});

test('each fold learns from what had ended when it begins, and from nothing that came later', async () => {
  const workspace = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(workspace, { folds: 20, cells: 20, edge: 1.5 });
  const dto = await validated(workspace);
  expect(dto.title).toContain('champions chosen anew in each fold by what survives');
  expect(dto.folds.map(({ chosenBy }) => chosenBy?.rows)).toEqual([20 * PER_FOLD, 20 * PER_FOLD]);
  for (const { champions, chosenBy } of dto.folds) {
    expect(chosenBy!.least).toBe(0);
    expect(champions!.length).toBeGreaterThan(0);
    for (const { score } of champions!) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
  }
  expect(foldChoiceText(dto)).toMatch(/^Champions of 2 of 2 folds are chosen by what survives/);

  // Twenty years of further folds, most of which end after those above begin.
  const later = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(later, { folds: 120, cells: 9, edge: 1.5 });
  const known = (await validated(later)).folds.map(({ chosenBy }) => chosenBy!.rows);
  const begins = dto.folds.map(({ test: { from } }) => Date.parse(from));
  const ended = (at: number) => Math.floor((at - Date.UTC(2015, 0, 3)) / (60 * 86_400_000));
  expect(known).toEqual(begins.map((at) => ended(at) * 27));
});

test('by Sharpe, and says so, where too few rows had ended', async () => {
  const few = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(few, { folds: 10, cells: 20 });
  const dto = await validated(few);
  expect(dto.folds.map(({ chosenBy }) => chosenBy)).toEqual(
    Array(2).fill({ rows: 10 * PER_FOLD, least: null, baseRate: null }),
  );
  expect(foldChoiceText(dto)).toBe(
    'All are chosen by Sharpe: 1,000 rows are needed, and fewer had ended by then.',
  );
  const plain = createWorkspace(BY_SURVIVAL.replace('score: survival, min_score: 0, ', ''));
  const bySharpe = await validated(plain);
  expect(dto.folds.map(({ champions }) => champions)).toEqual(
    bySharpe.folds.map(({ champions }) => champions),
  );
  expect(dto.stitched).toEqual(bySharpe.stitched);
});

test('comes to the same bits whatever folds come while it waits', async () => {
  const straight = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(straight, { folds: 20, cells: 20, edge: 1.5 });
  const dto = await validated(straight);

  const waiting = createWorkspace(BY_SURVIVAL);
  fillSurvivalFolds(waiting, { folds: 20, cells: 20, edge: 1.5 });
  const one = open(waiting);
  const { queueId } = await one.call('validation.create', OWN);
  await close(one);
  fillSurvivalFolds(waiting, { folds: 20, cells: 20, edge: -1.5, seed: 9, name: 'more' });
  const two = open(waiting);
  await train(two, queueId);
  await close(two);
  expect(bits(waiting, dto)).toEqual(bits(straight, dto));
});
