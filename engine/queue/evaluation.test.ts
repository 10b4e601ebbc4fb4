import { describe, expect, it } from 'vitest';
import type { ChampionDto, QueueSummaryDto, RunDetailDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { artifactsOf } from '../testing/workspace.ts';

/** Kept models that are evaluated again once costs, regimes or rules are others, and deleted ones that are trained again. */

const { createWorkspace, open } = useEngines();

const GRID: GridSpecInput = {
  name: 'First',
  model_types: ['ridge', 'lasso', 'linear_regression'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60, 100],
  horizons: [6, 12],
};
const COSTS = { 'costs.default.commission_per_side': 0.00001 };
const KEEP_ALL = { 'model_management.delete_non_best_models': false };

const set = (engine: Engine, changes: Record<string, unknown>) => engine.call('settings.set', { changes });
const preview = (engine: Engine) => engine.call('evaluation.preview', {});
const champions = (engine: Engine) => engine.call('champions.list', {});

async function evaluate(engine: Engine): Promise<QueueSummaryDto> {
  const { queueId } = await engine.call('evaluation.create', {});
  await engine.call('queue.start', { queueId });
  return engine.call('queue.wait', { queueId });
}

async function runsOf(engine: Engine): Promise<RunDetailDto[]> {
  const { runs } = await engine.call('history.search', { limit: 1000, sort: 'createdAt' });
  return Promise.all(runs.map(({ uuid: run }) => engine.call('history.get', { run })));
}

const nameOf = ({ modelType, daysHistory, horizon }: RunDetailDto | ChampionDto) =>
  `${modelType} ${daysHistory} ${horizon}`;

/** What a run says of its model's figures; its number, names and history aside. */
function figuresOf(run: RunDetailDto) {
  const { strategies, regimes, scores, basis, rankIc, sharpe, stake } = run;
  return { strategies, regimes, scores, basis, rankIc, sharpe, stake };
}

/** A champion, but for whose number it has and since when, and for what it is worth after so many tries. */
function placeOf({ runId: _run, achievedAt: _at, ...champion }: ChampionDto) {
  const { p: _p, luck: _luck, verdict: _verdict, verdictReason: _why, ...figures } = champion;
  return figures;
}

const CHANGES: readonly (readonly [string, (engine: Engine) => Promise<unknown>])[] = [
  ['costs', (engine) => set(engine, COSTS)],
  ['the inference grid', (engine) => set(engine, { 'inference_grid.confidence_thresholds': [0.2, 0.6] })],
  [
    'regimes',
    async (engine) => {
      const regimes = await engine.call('regimes.list', {});
      await engine.call('regimes.save', {
        regimes: [{ name: 'rising', rules: { returns: '> 0.002' } }, ...regimes],
      });
    },
  ],
  ['the rules of selection', (engine) => set(engine, { 'evaluation.score': 'total_return' })],
];

describe.each(CHANGES)('after a change of %s', (_, change) => {
  it('kept models that are evaluated again come to what training them anew gives, champions included', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    await set(engine, KEEP_ALL);
    await train(engine, GRID);
    const models = artifactsOf(workspace);
    await change(engine);
    expect(await preview(engine)).toMatchObject({ kept: { count: 12, queued: 0 }, deleted: { count: 0 } });
    const summary = await evaluate(engine);
    expect(summary).toMatchObject({ state: 'completed', completed: 12, failed: 0, kept: 12 });
    expect(artifactsOf(workspace)).toEqual(models);
    expect(await preview(engine)).toMatchObject({ kept: { count: 0 }, deleted: { count: 0 } });
    expect(await engine.call('grid.preview', { grid: GRID })).toMatchObject({ alreadyTrained: 12 });
    const evaluated = await runsOf(engine);
    const now = await champions(engine);
    expect(now.length).toBeGreaterThan(0);
    expect(now.every(({ stale, outdated, scoredAgain }) => (stale ?? outdated ?? scoredAgain) === null)).toBe(
      true,
    );

    // The same from nothing.
    const anew = open(createWorkspace());
    await set(anew, KEEP_ALL);
    await change(anew);
    await train(anew, GRID);
    const trained = new Map((await runsOf(anew)).map((run) => [nameOf(run), figuresOf(run)]));
    expect(new Map(evaluated.map((run) => [nameOf(run), figuresOf(run)]))).toEqual(trained);
    expect(now.map(placeOf)).toEqual((await champions(anew)).map(placeOf));
  });
});
