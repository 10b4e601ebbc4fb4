import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegimeDto } from '../contract/dto/index.ts';
import { type Engine, openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

/** Regimes that are added to a workspace which has trained, and taken away again. */

let workspace: TestWorkspace;
let engine: Engine;
let before: readonly RegimeDto[];
beforeAll(async () => {
  workspace = openTestWorkspace();
  engine = workspace.engine;
  await engine.call('market.demo', {});
  await train(engine, SIX);
  before = await engine.call('regimes.list', {});
});
afterAll(() => workspace.dispose());

const save = (...added: readonly object[]) => engine.call('regimes.save', { regimes: [...added, ...before] });
const preview = () => engine.call('grid.preview', { grid: SIX });

/** Each champion as it traded, followed bar by bar. */
async function tracesOfChampions() {
  const champions = await engine.call('champions.list', {});
  expect(champions.length).toBeGreaterThan(1);
  return Promise.all(
    champions.map(({ runId: run, strategyIndex, regime }) =>
      engine.call('run.trace', { run, strategyIndex, regime }),
    ),
  );
}

const RARE = { name: 'crash', rules: { returns: '< -5' } };
const COMMON = { name: 'rising', rules: { returns: '> 0' } };

describe('a regime that takes no bar', () => {
  it('changes nothing: all is trained, and champions can be followed', async () => {
    const traces = await tracesOfChampions();
    await save(RARE);
    expect(await preview()).toMatchObject({ alreadyTrained: 6, toTrain: 0, outdated: [] });
    expect(await tracesOfChampions()).toEqual(traces);
    await train(engine, { ...SIX, model_types: ['linear_regression'], horizons: [6] });
    const champions = await engine.call('champions.list', {});
    expect(
      champions.filter(
        ({ stale, outdated, scoredAgain }) => stale !== null || outdated !== null || scoredAgain !== null,
      ),
    ).toEqual([]);
  });
});

describe('a regime that takes bars', () => {
  it('makes what was evaluated without it old, and says so; its champions can be followed under their own rules', async () => {
    const traces = await tracesOfChampions();
    await save(COMMON);
    expect(await preview()).toMatchObject({
      alreadyTrained: 0,
      outdated: [{ reason: 'the regime rules changed since', count: 6 }],
    });
    expect(await tracesOfChampions()).toEqual(traces);
    const outdated = (await engine.call('champions.list', {})).map((champion) => champion.outdated);
    expect(new Set(outdated)).toContain('the regime rules changed');
  });

  it('leaves all as it was once it is deleted again', async () => {
    const traces = await tracesOfChampions();
    await save();
    expect(await preview()).toMatchObject({ alreadyTrained: 6, toTrain: 0, outdated: [] });
    expect(await tracesOfChampions()).toEqual(traces);
    const outdated = (await engine.call('champions.list', {})).map((champion) => champion.outdated);
    expect(new Set(outdated)).toEqual(new Set([null]));
  });

  it('has no champion set aside whose own bars it leaves alone', async () => {
    await save();
    const champions = await engine.call('champions.list', {});
    // Last in order: it takes bars that were unclassified.
    await engine.call('regimes.save', { regimes: [...before, { name: 'rest', rules: { range: '> 0' } }] });
    await train(engine, { ...SIX, model_types: ['linear_regression'], horizons: [24], days_history: [120] });
    const now = await engine.call('champions.list', {});
    const kept = now.filter(({ runId, regime }) =>
      champions.some((champion) => champion.runId === runId && champion.regime === regime),
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ stale, scoredAgain }) => stale !== null || scoredAgain !== null)).toEqual([]);
  });

  it('that is taken away, where it was tried last, leaves trained what needs no figure of it', async () => {
    const last = { ...SIX, name: 'With the rest', horizons: [9] };
    await train(engine, last);
    await save();
    expect(await engine.call('grid.preview', { grid: last })).toMatchObject({
      alreadyTrained: 3,
      toTrain: 0,
    });
  });
});
