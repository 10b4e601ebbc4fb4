import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { results, stateOf, train, useEngines } from '../testing/engines.ts';
import { fillSurvivalFolds } from '../testing/survival-folds.ts';
import { TWELVE } from '../testing/workspace.ts';

/** A model of what survives as a job, from folds that are there to the version that speaks. */

const { createWorkspace, open, close } = useEngines();

const PLANTED = { folds: 90, edge: 1.5 };
const FEW = { modelType: 'classifier', trials: 4 } as const;

function filled(options = PLANTED): string {
  const workspace = createWorkspace();
  fillSurvivalFolds(workspace, options);
  return workspace;
}

/** What a job came to, times aside. */
function stored(workspace: string) {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  try {
    return {
      models: db
        .prepare('SELECT model_type, options, figures, last_fold, known_until, model FROM survival_models')
        .all(),
      trials: db
        .prepare('SELECT trial, key, state, parameters, loss, same_as FROM trials ORDER BY trial')
        .all(),
    };
  } finally {
    db.close();
  }
}

describe('a model of what survives', () => {
  test('is refused where there are too few rows, and says how many there are', async () => {
    const engine = open(filled({ folds: 60, edge: 0 }));
    expect(await engine.call('survival.rows', {})).toMatchObject({
      rows: 720,
      good: 720,
      least: 1000,
      folds: 60,
    });
    await expect(engine.call('survival.train', FEW)).rejects.toThrow(
      /needs 1,000 rows, and there are 720: .* 60 folds/,
    );
    await expect(engine.call('survival.train', { minCompositeScore: 0.2 })).rejects.toThrow(/at least 0.3/);
  });

  test('is a job; it is judged, promoted by its gate, updated with what came since, and rolled back', async () => {
    const workspace = filled();
    const engine = open(workspace);
    const { queueId } = await engine.call('survival.train', FEW);
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    expect(await engine.call('jobs.get', { jobId: queueId })).toMatchObject({
      kind: 'survival',
      state: 'completed',
      unit: 'trials',
      total: 4,
      completed: 4,
      progress_pct: 100,
    });
    const model = await engine.call('survival.get', {});
    expect(model).toMatchObject({
      stage: 'None',
      modelType: 'classifier',
      trials: 4,
      parent: null,
      rows: { folds: 90, weak: 0 },
    });
    expect(model.classes.rocAuc!).toBeGreaterThan(0.6);
    const gate = await engine.call('survival.gate', {});
    expect(gate.map(({ line, passed }) => [line, passed])).toEqual([
      ['roc_auc', true],
      ['balanced_accuracy', true],
      ['calibration', true],
      ['picks', true],
    ]);
    expect(await engine.call('survival.promote', { reason: 'first' })).toMatchObject({ stage: 'Production' });
    await expect(engine.call('survival.promote', {})).rejects.toThrow('is in production already');
    await expect(engine.call('survival.update', {})).rejects.toThrow(
      'No fold of a validated grid came since',
    );
    await close(engine);

    fillSurvivalFolds(workspace, { folds: 100, edge: 1.5, seed: 2, name: 'more' });
    const later = open(workspace);
    const update = await later.call('survival.update', {});
    await later.call('queue.start', update);
    await later.call('queue.wait', update);
    const next = await later.call('survival.get', {});
    expect(next).toMatchObject({
      parent: model.version,
      hyperparameters: model.hyperparameters,
      validationAuc: null,
    });
    expect(Date.parse(next.knownUntil)).toBeGreaterThan(Date.parse(model.knownUntil));
    expect((await later.call('survival.gate', {})).at(-1)).toMatchObject({
      line: 'comparison',
      passed: true,
    });
    await later.call('survival.promote', {});
    expect(await later.call('survival.rollback', {})).toMatchObject({
      version: model.version,
      stage: 'Production',
    });
    expect((await later.call('survival.list', {})).map(({ stage }) => stage)).toEqual([
      'Production',
      'Archived',
    ]);
    await later.call('survival.retire', { reason: 'enough' });
    expect((await later.call('survival.journal', {})).map(({ action, to }) => [action, to])).toEqual([
      ['registered', model.version],
      ['promoted', model.version],
      ['registered', next.version],
      ['promoted', next.version],
      ['rolled back', model.version],
      ['retired', null],
    ]);
  });
});

describe('its word', () => {
  test('stands beside each champion once it is in production and the champion is tested', async () => {
    const engine = open(filled());
    await train(engine, { ...TWELVE, days_history: [60], horizons: [3] });
    const before = await engine.call('champions.list', {});
    expect(before.length).toBeGreaterThan(0);
    expect(before.every((one) => !('survival' in one))).toBe(true);
    const { queueId } = await engine.call('survival.train', { ...FEW, trials: 1 });
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    const { version, baseRate } = await engine.call('survival.promote', {});
    expect((await engine.call('champions.list', {})).map(({ survival }) => survival)).toEqual(
      before.map(() => null),
    );
    await engine.call('champions.robustness', {});
    for (const { survival, robustness, sharpe, trades } of await engine.call('champions.list', {})) {
      expect(robustness!.contender).toMatchObject({ sharpe, trades });
      expect(survival).toMatchObject({ version, baseRate });
      expect(survival!.probability).toBeGreaterThan(0);
      expect(survival!.probability).toBeLessThan(1);
    }
  });

  test('that found nothing is not promoted, and every line that failed is named', async () => {
    const engine = open(filled({ folds: 90, edge: 0 }));
    const { queueId } = await engine.call('survival.train', { ...FEW, trials: 1 });
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    await expect(engine.call('survival.promote', { force: true })).rejects.toThrow(
      /is not promoted:\nROC AUC .* must exceed 0.5 by two errors/,
    );
  });

  test('paused and resumed comes to the same bytes, whatever folds came in between', async () => {
    const straight = filled();
    const one = open(straight);
    const { queueId } = await one.call('survival.train', FEW);
    await one.call('queue.start', { queueId });
    await one.call('queue.wait', { queueId });
    await close(one);

    const paused = filled();
    const two = open(paused);
    await two.call('survival.train', FEW);
    const committed = results(two, 1);
    await two.call('queue.start', { queueId });
    await committed;
    await two.call('queue.pause', { queueId });
    await two.call('queue.wait', { queueId });
    expect(await stateOf(two, queueId)).toBe('paused');
    await close(two);
    fillSurvivalFolds(paused, { folds: 20, seed: 5, name: 'more' });
    const three = open(paused);
    await three.call('queue.resume', { queueId });
    await three.call('queue.wait', { queueId });
    expect(await stateOf(three, queueId)).toBe('completed');
    await close(three);
    expect(stored(paused)).toEqual(stored(straight));
  });
});
