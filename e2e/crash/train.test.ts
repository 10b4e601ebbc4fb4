import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainedNameDto } from '../../engine/contract/dto/index.ts';
import { ledgerOf } from '../../engine/testing/ledger.ts';
import { within } from '../../engine/testing/within.ts';
import { TWELVE } from '../../engine/testing/workspace.ts';
import { expectPromisesKept } from './kill.ts';
import type { TrainOrder } from './train-host.ts';
import { useWorkspaces } from './workspaces.ts';

/** A production training whose process is killed in each of its stages: asked for once more, it ends as if it never was. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
/** Its gate tests what it puts in charge beside what was there before; on demo data no model passes more. */
const ASKED = {
  ...PLACE,
  modelType: 'ridge',
  target: 'return',
  period: '1y',
  optimize: true,
  trials: 4,
  skipValidation: true,
} as const;
const HOST = fileURLToPath(new URL('./train-host.ts', import.meta.url));
const workspaces = useWorkspaces();

interface Ended {
  readonly steps: readonly string[];
  readonly results: readonly TrainedNameDto[];
}

function train(workspace: string, killAt?: number) {
  const order: TrainOrder = { workspace, asked: ASKED };
  const { signal, stdout, stderr } = spawnSync(process.execPath, [HOST, JSON.stringify(order)], {
    env: { ...process.env, ...(killAt === undefined ? {} : { REGIMEN_KILL_AT: String(killAt) }) },
    encoding: 'utf8',
  });
  return { signal, stdout, stderr };
}

function trained(workspace: string): Ended {
  const { stdout, stderr } = train(workspace);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Ended;
}

/** What a training came to, but for times and the versions that they name. */
function answerOf([result]: readonly TrainedNameDto[]) {
  const { status, run, title, hyperparameters, report, error } = result!;
  expect(error).toBeNull();
  const { mean, low, high, folds } = report!.comparison!;
  return {
    status,
    run,
    title,
    hyperparameters,
    comparison: { mean, low, high, folds },
    curve: report!.curve,
  };
}

/** What was computed, each once: trials, runs, and folds. */
function computed(workspace: string) {
  const { trials, runs, folds, queues } = ledgerOf(workspace);
  const searches = queues.filter(({ kind }) => kind === 'search').length;
  return { searches, trials: trials.length, runs: runs.length, folds: folds.length };
}

/** The version that the file names, which is whole. */
function named(workspace: string): string {
  const folder = join(workspace, 'models', 'DEMO_EURUSD H4');
  const version = readFileSync(join(folder, 'production'), 'utf8').trim();
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining([`model_${version}.bin`, `model_${version}.json`]),
  );
  return version;
}

/** A version is in production. */
let prepared: string;
let first: string;
let whole: { readonly steps: readonly string[]; readonly answer: ReturnType<typeof answerOf> };
let work: ReturnType<typeof computed>;
beforeAll(async () => {
  prepared = workspaces.create();
  await within(prepared, async ({ call }) => {
    const grid = { ...TWELVE, model_types: ['ridge'], days_history: [60], horizons: [3] };
    const { queueId } = await call('queue.create', { grid });
    await call('queue.start', { queueId });
    await call('queue.wait', { queueId });
    first = (await call('production.register', { run: '1' })).version;
    await call('production.rollback', { ...PLACE, version: first });
  });
  const uninterrupted = workspaces.copyOf(prepared);
  const { steps, results } = trained(uninterrupted);
  whole = { steps, answer: answerOf(results) };
  work = computed(uninterrupted);
});

test('it has something to lose: trials, a run, a version, test windows and a place in charge', () => {
  expect(whole.answer).toMatchObject({ status: 'promoted', comparison: { folds: 3 } });
  expect(work).toMatchObject({ searches: 1, trials: 4, runs: 2, folds: 6 });
  expect(whole.steps.slice(-2)).toEqual(['alias moved', 'production named']);
});

/** Right after the n-th time that a step is done. */
const CASES = [
  ['a trial of the search', 'committed', 2],
  ['the model that is fitted with what is best', 'temporary file written', 1],
  ['its run', 'files deleted', 1],
  ['the first file of a version', 'version file written', 1],
  ['its files', 'version files in place', 1],
  ['the version', 'version registered', 1],
  // Four trials and a run come before.
  ['a test window of the gate', 'committed', 7],
  ['its last one', 'committed', 11],
  ['the promotion', 'alias moved', 1],
  ['all of it', 'production named', 1],
] as const;

describe('killed right after', () => {
  test.each(CASES)('%s, it ends with the same answer, and does nothing twice', async (_, step, nth) => {
    const workspace = workspaces.copyOf(prepared);
    const places = whole.steps.flatMap((one, i) => (one === step ? [i + 1] : []));
    expect(places.length).toBeGreaterThanOrEqual(nth);
    const { signal, stderr } = train(workspace, places[nth - 1]);
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });

    // Before anybody opens it again: whole, and a whole version is in charge.
    expectPromisesKept(workspace);
    const isNamed = step === 'production named';
    expect(named(workspace) === first).toBe(!isNamed);

    const again = trained(workspace);
    expect(answerOf(again.results)).toEqual(whole.answer);
    expect(computed(workspace)).toEqual(work);
    expect(named(workspace)).toBe(again.results[0]!.version);
    await within(workspace, async ({ call }) => {
      const { production, aliases, versions } = await call('production.show', PLACE);
      expect({ production, previous: aliases.previous }).toEqual({
        production: again.results[0]!.version,
        previous: first,
      });
      expect(versions).toHaveLength(2);
      const { entries } = await call('production.journal', PLACE);
      expect(entries.map(({ action }) => action)).toEqual([
        'registered',
        'rolled back',
        'registered',
        'promoted',
      ]);
      expect((await call('verify.run', {})).problems).toEqual([]);
      expect((await call('queue.list', {})).map(({ state }) => state)).not.toContain('crashed');
      const [told] = await call('production.trainings', {});
      expect(told).toMatchObject({ state: 'completed', error: null });
    });
    expect(existsSync(join(workspace, 'models', 'DEMO_EURUSD H4', `model_${first}.bin`))).toBe(true);
  });
});
