import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../app.ts';
import type { ChampionDto, QueueDto, RunDetailDto, RunDto, SeriesDto } from '../contract/dto/index.ts';
import { train } from './engines.ts';
import { type FirstRelease, unpackFirstRelease } from './first-release.ts';

/** What a workspace of the first release is to the Regimen of today, held against what the first release said of it. */

/** A week after it was left. */
const NOW = Date.UTC(2026, 10, 28);

let release: FirstRelease;
let engine: Engine;
beforeEach(() => {
  release = unpackFirstRelease();
});
afterEach(async () => {
  await engine.close();
  release.remove();
});

function open(): void {
  const { workspace, root } = release;
  engine = createEngine({ workspace, role: 'host', threads: 1, home: root, now: () => NOW });
}

const history = async () => (await engine.call('history.search', { limit: 1000 })).runs;
const printedRuns = () => release.printed<RunDto[]>('history');
const pausedQueue = () => engine.call('queue.get', { queueId: release.pausedQueue });

/** A run's figures without what later runs change: whether it is still the best. */
const figuresOf = ({ kept: _kept, bestRegimes: _bestRegimes, ...figures }: RunDto) => figures;

/** The first release counted what was kept when its result came in, and cells from 0. */
function asCountedToday({ kept, deleted: _deleted, currentIndex, ...queue }: QueueDto): object {
  return { ...queue, crowned: kept, currentIndex: currentIndex === null ? null : currentIndex + 1 };
}

/** What the archive is good for: something of each kind. */
it('has runs and queues of every kind', () => {
  const runs = printedRuns();
  const kinds = Map.groupBy(runs, ({ status, kept }) => (kept ? 'kept' : status));
  expect([...kinds.keys()].sort()).toEqual(['completed', 'failed', 'kept']);
  const states = release.printed<QueueDto[]>('queues').map(({ state }) => state);
  expect(states.sort()).toEqual(['cancelled', 'completed', 'paused', 'pending']);
  expect(new Set(runs.map(({ timeframe }) => timeframe))).toEqual(new Set(['H1', 'H4']));
  open();
});

describe('a workspace of the first release', () => {
  it('opens with every run and its figures', async () => {
    open();
    expect(await history()).toMatchObject(printedRuns());
  });

  it('has its champions, queues, series and regimes', async () => {
    open();
    // Nothing tells whether anybody looked at their holdouts.
    const unseen = await engine.call('champions.list', {});
    expect(unseen.every(({ holdout }) => holdout === null)).toBe(true);
    await engine.call('champions.open', { all: true });
    const champions = await engine.call('champions.list', {});
    const printed = release
      .printed<ChampionDto[]>('champions')
      .map(({ luck: _other, ...figures }) => figures);
    expect(champions).toMatchObject(printed);
    // What that release called luck is another figure; what was tried then is not counted, and nothing flatters.
    for (const { p, luck } of champions) {
      expect({ p, sharpe: luck.sharpe, marketP: luck.marketP }).toEqual({
        p: null,
        sharpe: null,
        marketP: null,
      });
      expect(luck.missing).toMatch(/^What \d+ models? tried here before is not counted/);
    }
    const queues = await engine.call('queue.list', {});
    expect(queues).toMatchObject(release.printed<QueueDto[]>('queues').map(asCountedToday));
    expect(await engine.call('market.list', {})).toMatchObject(release.printed<SeriesDto[]>('series'));
    expect(await engine.call('regimes.list', {})).toMatchObject(release.printed<object[]>('regimes'));
  });

  it.each(['1', '5', '16'])('tells everything about run %s', async (run) => {
    open();
    await engine.call('champions.open', { run });
    const detail = await engine.call('history.get', { run });
    expect(renamed(detail)).toMatchObject(renamed(release.printed<RunDetailDto>(`run-${run}`)));
  });

  it('has the model of every run that is kept', async () => {
    const files = () => readdirSync(join(release.workspace, 'artefacts')).sort();
    const before = files();
    open();
    expect(files()).toEqual(before);
    const kept = (await history()).filter((run) => run.kept);
    const details = await Promise.all(kept.map(({ id }) => engine.call('history.get', { run: String(id) })));
    expect(details.map(({ artifactFile }) => artifactFile).sort()).toEqual(before);
  });

  it('says of its models, which stay, that they follow other rules', async () => {
    open();
    const kept = (await history()).filter((run) => run.kept);
    expect(kept.length).toBeGreaterThan(0);
    for (const { uuid: run } of kept) {
      const trace = engine.call('run.trace', { run, strategyIndex: 0 });
      await expect(trace).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('trained by another Regimen, under rules that this one no longer'),
      });
    }
  });

  it('keeps a champion aside where a new run comes, so that none competes with a score of older rules', async () => {
    open();
    const old = (await engine.call('champions.list', {})).filter(({ timeframe }) => timeframe === 'H1');
    const grid = {
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [20],
      horizons: [7],
      indicator_timeframes: { rsi: ['H1'] },
    };
    const { champions } = await train(engine, grid);
    const aside = champions.filter(({ stale }) => stale !== null);
    expect(aside.length).toBeGreaterThan(0);
    for (const { runId, stale } of aside) {
      expect(old.some((champion) => champion.runId === runId)).toBe(true);
      expect(stale).toContain("Regimen's pipeline");
    }
  });

  it('is the same when it is opened again', async () => {
    open();
    await engine.close();
    open();
    expect(await history()).toMatchObject(printedRuns());
  });

  it('goes on with its paused queue', async () => {
    open();
    const { pending } = await pausedQueue();
    expect(pending).toBeGreaterThan(0);
    await engine.call('queue.resume', { queueId: release.pausedQueue });
    await engine.call('queue.wait', { queueId: release.pausedQueue });
    expect(await pausedQueue()).toMatchObject({ state: 'completed', pending: 0, failed: 0 });
    const runs = await history();
    expect(runs).toHaveLength(printedRuns().length + pending);
    expect(runs.slice(pending).map(figuresOf)).toMatchObject(printedRuns().map(figuresOf));
  });

  it('starts its pending queue', async () => {
    open();
    const { id, totalConfigs } = release
      .printed<QueueDto[]>('queues')
      .find(({ state }) => state === 'pending')!;
    await engine.call('queue.start', {});
    const summary = await engine.call('queue.wait', { queueId: id });
    expect(summary).toMatchObject({ state: 'completed', failed: 0, completed: totalConfigs });
  });

  it.each([1, 2] as const)('opens with a database of version %d', async (version) => {
    cpSync(release.database(version), join(release.workspace, 'regimen.db'));
    open();
    const unlike = ({ seconds: _seconds, createdAt: _createdAt, ...run }: RunDto) => run;
    expect((await history()).map(unlike)).toMatchObject(printedRuns().map(unlike));
  });
});

describe('a checkpoint of the first release', () => {
  /** What is left when all but the candles is lost. */
  function loseEverything(): void {
    const db = new Database(join(release.workspace, 'regimen.db'));
    for (const table of ['audit', 'champions', 'cells', 'strategies', 'queues', 'runs']) {
      db.exec(`DELETE FROM ${table}`);
    }
    db.close();
  }

  async function resume(): Promise<void> {
    open();
    // Where all is lost other jobs have checkpoints, too: these are left alone.
    for (const { checkpoint } of await engine.call('recovery.lost', {})) {
      if (checkpoint !== basename(release.checkpoint)) await engine.call('recovery.decline', { checkpoint });
    }
    await engine.call('queue.resume', { checkpoint: release.checkpoint });
    await engine.call('queue.wait', { queueId: release.pausedQueue });
  }

  /** UUIDs of the runs in the checkpoint. */
  function runsInCheckpoint(): string[] {
    const { results } = JSON.parse(readFileSync(release.checkpoint, 'utf8')) as {
      results: { uuid: string }[];
    };
    return results.map(({ uuid }) => uuid);
  }

  it('brings its queue back into a workspace that lost it, and goes on', async () => {
    loseEverything();
    const saved = new Set(runsInCheckpoint());
    const expected = printedRuns().filter(({ uuid }) => saved.has(uuid));
    expect(expected).toHaveLength(saved.size);
    await resume();
    const { totalConfigs } = release
      .printed<QueueDto[]>('queues')
      .find(({ id }) => id === release.pausedQueue)!;
    expect(await pausedQueue()).toMatchObject({ state: 'completed', completed: totalConfigs, failed: 0 });
    const runs = await history();
    expect(runs).toHaveLength(totalConfigs);
    expect(runs.filter(({ uuid }) => saved.has(uuid)).map(figuresOf)).toMatchObject(expected.map(figuresOf));
  });

  it('changes no run of the workspace that it comes from', async () => {
    const { length } = printedRuns();
    await resume();
    const runs = await history();
    expect(runs.slice(-length).map(figuresOf)).toMatchObject(printedRuns().map(figuresOf));
  });

  it('has the models of its champions', async () => {
    loseEverything();
    const saved = runsInCheckpoint();
    await resume();
    const champions = (await engine.call('champions.list', {})).map(({ runId }) => runId);
    const restored = champions.filter((uuid) => saved.includes(uuid));
    expect(restored.length).toBeGreaterThan(0);
    for (const run of restored) {
      const { artifactFile } = await engine.call('history.get', { run });
      expect(readdirSync(join(release.workspace, 'artefacts'))).toContain(artifactFile);
    }
  });
});

/** The first release spelled two names another way. */
function renamed(detail: object): object {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [key.replace('artefact', 'artifact'), value]),
  );
}
