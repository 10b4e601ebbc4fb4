import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENCODERS } from '../../contract/words.ts';
import type { CandleSource } from '../../market/series/candle-source.ts';
import type {
  CellJob,
  CellResult,
  ContextSpec,
  EvaluationJob,
  EvaluationResult,
} from '../../pipeline/job.ts';
import type { Batch } from '../batches.ts';
import type { BatchHooks, OpenBatch, Trainer } from '../trainer.ts';
import { startTraining } from '../training.ts';
import { FAULTY_HORIZONS } from './faulty-task.ts';
import { createTrainingWorld, SOUND, SYMBOLS, type TrainingWorld } from './training-world.ts';

/** Makes a trainer whose slots are lost by FAULTY_HORIZONS; `marker` names the file that `exits once` remembers by. */
export type CreateTrainer = (threads: number, source: CandleSource, marker: string) => Trainer;

const ALIVE = new AbortController().signal;
const { throws, exits, loops, 'exits once': exitsOnce } = FAULTY_HORIZONS;

/** What the hooks of one or more slots were told, in that order. */
interface Diary {
  readonly hooks: BatchHooks;
  readonly starts: number[];
  readonly results: number[];
}

function diary(on: Partial<BatchHooks> = {}): Diary {
  const starts: number[] = [];
  const results: number[] = [];
  return {
    starts,
    results,
    hooks: {
      onStart(position) {
        starts.push(position);
        on.onStart?.(position);
      },
      onResult(position, result) {
        results.push(position);
        on.onResult?.(position, result);
      },
    },
  };
}

/** What makes a result, its time apart. */
const withoutTime = (result: CellResult) => ({ ...result, seconds: 0 });
const sorted = (positions: readonly number[]) => positions.toSorted((a, b) => a - b);
const range = (size: number) => Array.from({ length: size }, (_, i) => i);

/** A trainer by number of slots, and what it trains: to start threads takes longer than to train these cells. */
interface Lab {
  readonly world: TrainingWorld;
  started(threads: number): Trainer;
  opened(threads: number, cells: readonly CellJob[], limit?: number): OpenBatch;
  /** Trains batches through the whole way; results by index. */
  train(
    threads: number,
    batches: readonly Batch<CellJob>[],
    specOf?: (batch: Batch<CellJob>) => ContextSpec,
    maxSecondsPerCell?: number,
  ): Promise<CellResult[]>;
  /** The next that asks for so many slots gets another trainer. */
  close(threads: number): Promise<void>;
}

/** For all tests of the group that calls it. */
function useLab(create: CreateTrainer): Lab {
  let world: TrainingWorld;
  const trainers = new Map<number, Trainer>();
  beforeAll(() => {
    world = createTrainingWorld();
  });
  afterAll(async () => {
    await Promise.all([...trainers.values()].map((trainer) => trainer.close()));
    world.remove();
  });

  function started(threads: number): Trainer {
    const trainer = trainers.get(threads) ?? create(threads, world.source(), `${world.folder}/exited`);
    trainers.set(threads, trainer);
    return trainer;
  }
  return {
    get world() {
      return world;
    },
    started,
    opened: (threads, cells, limit = cells.length) =>
      started(threads).open({ context: world.spec(), cells }, limit),
    async train(threads, batches, specOf = () => world.spec(), maxSecondsPerCell = 60) {
      const results: CellResult[] = [];
      const training = startTraining({
        trainer: started(threads),
        batches,
        contextSpec: specOf,
        maxSecondsPerCell,
        onThread: () => undefined,
        onResult(result) {
          results.push(result);
          training.committed();
        },
      });
      await training.done;
      return results.sort((a, b) => a.index - b.index);
    },
    async close(threads) {
      await started(threads).close();
      trainers.delete(threads);
    },
  };
}

const batchOf = (cells: readonly CellJob[], contextKey = 'one') => ({ contextKey, cells });

/** What every trainer keeps to, whatever it trains with. */
export function describeTrainer(name: string, create: CreateTrainer): void {
  describe(`a trainer: ${name}`, () => {
    const lab = useLab(create);
    testResults(lab);
    testLimits(lab);
    testLosses(lab);
    testCandles(lab);
    testEvaluations(lab);
  });
}

function testResults(lab: Lab): void {
  const { started, opened, train } = lab;

  test('says how many slots it has', () => {
    expect(started(3).threads).toBe(3);
  });

  test('gives every cell one result, the one that a context made for it alone gives', async () => {
    const cells = lab.world.cells(Array<number>(12).fill(SOUND));
    const results = await train(2, [batchOf(cells.slice(0, 5)), batchOf(cells.slice(5), 'two')]);
    expect(results.map(withoutTime)).toEqual(cells.map((cell) => lab.world.fresh(lab.world.spec(), cell)));
  });

  test('takes cells in order; the result of each follows its start before the next', async () => {
    const events: string[] = [];
    const { hooks } = diary({
      onStart: (position) => events.push(`start ${position}`),
      onResult: (position, { index }) => events.push(`result ${position} of ${index}`),
    });
    const batch = opened(1, lab.world.cells([SOUND, SOUND, SOUND], 7));
    await batch.work(hooks, ALIVE);
    expect(events).toEqual([0, 1, 2].flatMap((p) => [`start ${p}`, `result ${p} of ${p + 7}`]));
    expect(batch.taken).toBe(3);
  });

  test('never gives two slots the same cell', async () => {
    const batch = opened(2, lab.world.cells(Array<number>(20).fill(SOUND)));
    const slots = [diary(), diary()];
    await Promise.all(slots.map(({ hooks }) => batch.work(hooks, ALIVE)));
    expect(sorted(slots.flatMap(({ starts }) => starts))).toEqual(range(20));
    for (const { starts, results } of slots) {
      expect(results).toEqual(starts);
      expect(starts).toEqual(sorted(starts));
    }
  });

  test('never mixes up contexts: two symbols and two encoders by turns, in one slot', async () => {
    const specs = SYMBOLS.flatMap((symbol) => ENCODERS.slice(0, 2).map((e) => lab.world.spec(symbol, e)));
    const turns = [0, 1, 2, 3, 0, 2, 1, 3, 0, 1];
    const cells = lab.world.cells(turns.map(() => SOUND));
    const results = await train(
      1,
      turns.map((spec, i) => batchOf([cells[i]!], String(spec))),
      ({ contextKey }) => specs[Number(contextKey)]!,
    );
    const fresh = turns.map((spec, i) => lab.world.fresh(specs[spec]!, cells[i]!));
    expect(results.map(withoutTime)).toEqual(fresh);
    expect(new Set(specs.map((_, s) => JSON.stringify(fresh[turns.indexOf(s)]))).size).toBe(specs.length);
  });

  test('reports a cell that can not be trained as failed, and goes on', async () => {
    const cells = lab.world.cells([SOUND, SOUND, SOUND]);
    const configuration = { ...cells[1]!.configuration, modelType: 'oracle' };
    const results = await train(1, [batchOf(cells.with(1, { ...cells[1]!, configuration }))]);
    expect(results.map(({ status }) => status)).toEqual(['completed', 'failed', 'completed']);
  });
}

function testLimits(lab: Lab): void {
  const { started, opened } = lab;

  test('waits at the limit until it is raised', async () => {
    const batch = opened(2, lab.world.cells(Array<number>(6).fill(SOUND)), 2);
    const { hooks, starts, results } = diary();
    const work = Promise.all([batch.work(hooks, ALIVE), batch.work(hooks, ALIVE)]);
    for (const limit of [2, 3, 6]) {
      batch.allow(limit);
      await expect.poll(() => results.length, { timeout: 20_000 }).toBe(limit);
      await delay(30);
      expect(starts).toHaveLength(limit);
    }
    await work;
  });

  test('once stopped, finishes what was begun and begins no more, also where slots wait', async () => {
    // More than slots train until word of the first result gets around, also on a busy machine.
    const SOME = 500;
    const batch = opened(2, lab.world.cells(Array<number>(SOME).fill(SOUND)), SOME);
    const { hooks, starts, results } = diary({ onResult: () => batch.stop() });
    await Promise.all([batch.work(hooks, ALIVE), batch.work(hooks, ALIVE)]);
    expect(sorted(results)).toEqual(sorted(starts));
    expect(batch.taken).toBe(starts.length);
    expect(starts.length).toBeLessThan(SOME);

    const waiting = started(2).open({ context: lab.world.spec(), cells: lab.world.cells([SOUND]) }, 0);
    const work = waiting.work(hooks, ALIVE);
    await delay(30);
    waiting.stop();
    await work;
    expect(waiting.taken).toBe(0);
  });
}

function testLosses(lab: Lab): void {
  const { opened, train } = lab;

  test.each([
    ['throws', throws],
    ['exits', exits],
  ])('tells all that a lost slot did, which took no more: one that %s', async (_, fault) => {
    const batch = opened(1, lab.world.cells([SOUND, fault, SOUND]));
    const lost = diary();
    await expect(batch.work(lost.hooks, ALIVE)).rejects.toThrow();
    expect(lost).toMatchObject({ starts: [0, 1], results: [0] });
    const next = diary();
    await batch.work(next.hooks, ALIVE);
    expect(next).toMatchObject({ starts: [2], results: [2] });
  });

  test('gives up a cell at a signal, and that slot alone', async () => {
    const aborter = new AbortController();
    const batch = opened(1, lab.world.cells([SOUND, loops, SOUND]));
    const lost = diary({ onStart: (position) => position === 1 && setTimeout(() => aborter.abort(), 20) });
    await expect(batch.work(lost.hooks, aborter.signal)).rejects.toThrow();
    expect(lost).toMatchObject({ starts: [0, 1], results: [0] });
    const next = diary();
    await batch.work(next.hooks, ALIVE);
    expect(next).toMatchObject({ starts: [2], results: [2] });
  });

  test('a poison cell fails after two tries, one that loses its slot once does not, others never', async () => {
    const cells = lab.world.cells([exits, SOUND, exitsOnce, SOUND, throws, SOUND]);
    const results = await train(2, [batchOf(cells)]);
    expect(results.map(({ index }) => index)).toEqual(range(6));
    expect(results.map(({ status }) => status)).toEqual([
      'failed',
      'completed',
      'completed',
      'completed',
      'failed',
      'completed',
    ]);
    for (const result of results) {
      if (result.status === 'failed') expect(result.error.message).toContain('died, 2 times');
    }
  });

  test('a cell that takes too long fails, the others do not', async () => {
    const results = await train(2, [batchOf(lab.world.cells([loops, SOUND, loops, SOUND]))], undefined, 2);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'completed', 'failed', 'completed']);
  });

  test('what a hook throws comes out', async () => {
    const batch = opened(1, lab.world.cells([SOUND, SOUND]), 1);
    const { hooks } = diary({
      onResult() {
        throw new Error('no room');
      },
    });
    await expect(batch.work(hooks, ALIVE)).rejects.toThrow('no room');
    batch.stop();
  });
}

function testCandles(lab: Lab): void {
  const { started, opened, train } = lab;

  test.each<[string, (spec: ContextSpec) => ContextSpec, string]>([
    ['stored nowhere', (s) => ({ ...s, series: { ...s.series, digest: 'f'.repeat(64) } }), 'file-unreadable'],
    [
      'under a name that says otherwise',
      (s) => ({
        ...s,
        series: { ...s.series, digest: `${s.series.digest.slice(0, 12)}${'0'.repeat(52)}` },
      }),
      'artifact-damaged',
    ],
    [
      'made otherwise',
      (s) => ({ ...s, higher: s.higher.map((ref) => ({ ...ref, digest: 'f'.repeat(64) })) }),
      'conflict',
    ],
  ])('takes no cell whose candles are %s', async (_, change, code) => {
    const cells = lab.world.cells([SOUND]);
    const batch = started(1).open({ context: change(lab.world.spec()), cells }, 1);
    const { hooks } = diary();
    await expect(batch.work(hooks, ALIVE)).rejects.toMatchObject({ code });
    expect(batch.taken).toBe(0);
  });

  test('sees the bars of the view only', async () => {
    const spec = lab.world.spec();
    const whole = await train(1, [batchOf(lab.world.cells([SOUND]))]);
    const from = Date.UTC(2020, 0, 20);
    const cut = { ...spec, series: { ...spec.series, view: { ...spec.series.view, from } } };
    const result = (await train(1, [batchOf(lab.world.cells([SOUND]))], () => cut))[0]!;
    expect(result.status).toBe('completed');
    expect(withoutTime(result)).not.toEqual(withoutTime(whole[0]!));
  });

  test('ends what is at work when it is closed', async () => {
    const batch = opened(1, lab.world.cells([loops]));
    const begun = Promise.withResolvers<void>();
    const work = batch.work(diary({ onStart: () => begun.resolve() }).hooks, ALIVE);
    const ended = expect(work).rejects.toThrow();
    await begun.promise;
    await lab.close(1);
    await ended;
  });
}

function testEvaluations(lab: Lab): void {
  const { started, train } = lab;

  async function evaluate(threads: number, jobs: readonly EvaluationJob[]): Promise<EvaluationResult[]> {
    const batch = started(threads).open({ context: lab.world.spec(), cells: jobs }, jobs.length);
    const results: EvaluationResult[] = [];
    const hooks: BatchHooks<EvaluationJob> = {
      onStart: () => undefined,
      onResult: (_position, result) => results.push(result),
    };
    await Promise.all(Array.from({ length: threads }, () => batch.work(hooks, ALIVE)));
    return results.sort((a, b) => a.index - b.index);
  }

  test('gives the figures of a model again, bit for bit, whichever slot it trained or was evaluated in', async () => {
    const cells = lab.world.cells([SOUND, SOUND, SOUND, SOUND]);
    const trained = await train(2, [batchOf(cells)]);
    const jobs = lab.world.evaluations(trained, cells);
    const figures = trained.map((result) => result.status === 'completed' && result.results);
    expect(jobs).toHaveLength(4);
    for (const threads of [1, 2]) {
      const again = await evaluate(threads, jobs);
      expect(again.map((result) => result.status === 'evaluated' && result.results)).toEqual(figures);
      expect(again.map((result) => result.status === 'evaluated' && result.modelKey)).toEqual(
        cells.map(({ trainingKey }) => trainingKey),
      );
    }
  });

  test('reports a model that can not be read as failed, and goes on', async () => {
    const cells = lab.world.cells([SOUND, SOUND]);
    const [damaged, sound] = lab.world.evaluations(await train(1, [batchOf(cells)]), cells);
    const model = damaged!.model.slice();
    model[60]! ^= 1;
    const results = await evaluate(1, [{ ...damaged!, model }, sound!]);
    expect(results).toMatchObject([
      { status: 'failed', error: { code: 'artifact-damaged' } },
      { status: 'evaluated' },
    ]);
  });

  test('a model whose slot is lost is begun once', async () => {
    const cells = lab.world.cells([SOUND]);
    const [job] = lab.world.evaluations(await train(1, [batchOf(cells)]), cells);
    const fatal = { ...job!, configuration: { ...job!.configuration, horizon: throws } };
    const batch = started(1).open({ context: lab.world.spec(), cells: [fatal] }, 1);
    await expect(
      batch.work({ onStart: () => undefined, onResult: () => undefined }, ALIVE),
    ).rejects.toThrow();
    expect(batch.taken).toBe(1);
  });
}
