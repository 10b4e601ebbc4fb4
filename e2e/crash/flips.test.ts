import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import type { ReadingMethod } from '../../engine/contract/api/effects.ts';
import type { Method } from '../../engine/contract/api/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import { demoMarket } from '../../engine/market/demo-market.ts';
import { createPrng } from '../../engine/random/prng.ts';
import { create, seenByProcess, train } from '../../engine/testing/engines.ts';
import { readingInputs } from '../../engine/testing/reading-inputs.ts';
import { CONFIG, type EmptyPlace, preparePlace, TWELVE } from '../../engine/testing/workspace.ts';
import type * as analysis from '../../engine/workers/analysis.ts';
import { restoreWorkspace } from '../../engine/workspace/offline.ts';

// One thread for all engines: it keeps nothing of a workspace, and starting it takes longer than all else.
vi.mock('../../engine/workers/analysis.ts', async (original) => {
  const actual = await original<typeof analysis>();
  let shared: analysis.Analysis | undefined;
  return {
    createAnalysis: () => {
      shared ??= actual.createAnalysis();
      return { ...shared, close: async () => undefined };
    },
  };
});

/** Bars of the market, so few that everything about a run is computed in milliseconds. */
const BARS = 4800;
const NOW = Date.UTC(2026, 10, 28, 12);
const TIMEFRAME: Timeframe = 'H1';
/** A process that there can't be: what it left was left by a kill. */
const GONE = 2 ** 22 + 1;
const GRID = {
  ...TWELVE,
  model_types: ['ridge', 'xgboost'],
  symbols: ['EURUSD'],
  timeframes: [TIMEFRAME],
  days_history: [60],
  horizons: [3],
  hyperparameters: { xgboost: { n_estimators: 3, max_depth: 2 } },
};
const KEEP_ALL = `${CONFIG}model_management: { delete_non_best_models: false }\n`;

let place: EmptyPlace;
/** As it is once its last process has closed it. */
let closed: string;
/** As a kill leaves it: the last results are in the log of the database alone. */
let killed: string;
/** For files that are asked for. */
let outside: string;

beforeAll(async () => {
  place = preparePlace();
  const workspace = place.folder;
  outside = join(dirname(workspace), 'outside');
  mkdirSync(outside);
  writeFileSync(join(workspace, 'config.yaml'), KEEP_ALL);
  const bars = join(outside, 'EURUSD_H1.csv');
  writeFileSync(bars, barsText());
  const engine = createEngine({
    workspace,
    role: 'command',
    threads: 1,
    home: place.home,
    now: () => NOW,
    processes: seenByProcess(GONE),
  });
  await engine.call('market.import', { file: bars, symbol: 'EURUSD', timeframe: TIMEFRAME });
  await create(engine, { ...GRID, name: 'Later', horizons: [6] });
  expect(await train(engine, GRID)).toMatchObject({ completed: 2, kept: 2 });
  await engine.call('backup.create', { file: join(workspace, 'backups.zip') });
  await engine.call('verify.record', {});
  killed = join(dirname(workspace), 'killed');
  cpSync(workspace, killed, { recursive: true });
  await engine.close();
  closed = workspace;
  expect(readdirSync(killed)).toContain('regimen.db-wal');
  expect(readdirSync(closed)).not.toContain('regimen.db-wal');
  rmSync(join(killed, 'regimen.db-shm'));
  const reader = createEngine({ workspace: closed, role: 'reader' });
  await reader.call('model.export', { run: TREE_RUN, out: join(outside, 'exported.json') });
  await reader.close();
});
afterAll(() => place.remove());

const TREE_RUN = '2';

function barsText(): string {
  const { time, open, high, low, close } = demoMarket()[0]!;
  const lines = ['time,open,high,low,close'];
  for (let i = time.length - BARS; i < time.length; i++) {
    lines.push([new Date(time[i]!).toISOString(), open[i], high[i], low[i], close[i]].join());
  }
  return lines.join('\n');
}

/** Those that compute features or bars anew: a tenth of a second each. All of what they rest on is read by others, too. */
const SLOW: ReadonlySet<string> = new Set<ReadingMethod>([
  'evaluation.preview',
  'model.export',
  'model.features',
  'model.import',
  'run.trace',
  'run.trades',
  'trades.export',
]);
/** So they are asked at one flip of so many, but at each one of a model or of candles. */
const SLOW_EVERY = 6;

/** What methods that read answer, of a refusal its code, with the text of the files that were asked for. */
async function answersOf(workspace: string, withSlow: boolean): Promise<Found> {
  let reader: Engine;
  const home = join(outside, 'home');
  try {
    reader = createEngine({ workspace, role: 'reader', home, now: () => NOW });
  } catch (error) {
    return { notes: [codeOf(error)], answers: {} };
  }
  const files: string[] = [];
  const inputs = readingInputs({
    candleFile: join(outside, 'EURUSD_H1.csv'),
    run: TREE_RUN,
    exported: join(outside, 'exported.json'),
    grid: GRID,
    out(ending) {
      files.push(join(outside, `out-${files.length}.${ending}`));
      return files.at(-1)!;
    },
  });
  const answers: Record<string, string> = {};
  try {
    const call = reader.call as (method: Method, input: unknown) => Promise<unknown>;
    for (const method of Object.keys(inputs) as ReadingMethod[]) {
      if (SLOW.has(method) && !withSlow) continue;
      try {
        const answer = await call(method, inputs[method]());
        const { file } = (answer ?? {}) as { file?: string };
        const written = file?.startsWith(outside) === true ? readFileSync(file, 'utf8') : '';
        const known = method === 'storage.summary' ? { ...(answer as object), freeBytes: 0 } : answer;
        answers[method] = JSON.stringify(known) + written;
        if (method === 'verify.run') answers[method] = answers[method].replace(/"at":"[^"]+"/, '');
      } catch (error) {
        answers[method] = codeOf(error);
      }
    }
    return { notes: reader.notes(), answers };
  } finally {
    await reader.close();
    for (const file of files) rmSync(file, { force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

type Answers = Readonly<Record<string, string>>;

interface Found {
  readonly notes: readonly string[];
  readonly answers: Answers;
}

/** What an error is called; whatever is no error of Regimen's own is thrown. */
function codeOf(error: unknown): string {
  if (!(error instanceof EngineError)) throw error;
  expect(error.code, error.message).not.toBe('internal');
  return `error ${error.code}`;
}

/** Methods whose answer is another one, and does not say why. */
function silentIn(found: Found, expected: Answers): string[] {
  if (found.notes.length > 0) return [];
  return Object.entries(found.answers).flatMap(([method, answer]) => {
    return answer === expected[method] || isTold(method, answer) ? [] : [method];
  });
}

function isSame({ notes, answers }: Found, expected: Found): boolean {
  const isExpected = ([method, answer]: [string, string]) => answer === expected.answers[method];
  return notes.length === 0 && Object.entries(answers).every(isExpected);
}

/** An error says so, and so does a list in which something is marked as damaged; what verifies says what it found. */
function isTold(method: string, answer: string): boolean {
  return answer.startsWith('error ') || /Damaged: |artifact-damaged/.test(answer) || method === 'verify.run';
}

interface Kind {
  readonly workspace: () => string;
  /** Paths in the workspace. */
  readonly files: (workspace: string) => readonly string[];
  readonly flips: number;
}

const within = (folder: string, ending: string) => (workspace: string) =>
  readdirSync(join(workspace, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const KINDS: Readonly<Record<string, Kind>> = {
  database: { workspace: () => closed, files: () => ['regimen.db'], flips: 65 },
  'database after a kill': { workspace: () => killed, files: () => ['regimen.db'], flips: 20 },
  'log of the database': { workspace: () => killed, files: () => ['regimen.db-wal'], flips: 55 },
  candles: { workspace: () => closed, files: within('candles', '.candles'), flips: 20 },
  models: { workspace: () => closed, files: within('artifacts', '.model'), flips: 20 },
  checkpoints: {
    workspace: () => closed,
    files: within(join('checkpoints', 'training_pipeline'), '.json'),
    flips: 20,
  },
  backups: { workspace: () => closed, files: () => ['backups.zip'], flips: 20 },
  'marks of folders': {
    workspace: () => closed,
    files: () => ['candles', 'artifacts'].map((folder) => join(folder, '.regimen.json')),
    flips: 20,
  },
  'the last verification': { workspace: () => closed, files: () => ['verified.json'], flips: 20 },
};

/** Of one kind, from its own seed: how each flip came out. */
async function flipAll(name: string): Promise<{ silent: string[]; told: number; same: number }> {
  const { workspace: of, files, flips } = KINDS[name]!;
  const workspace = of();
  const expected = await answersOf(workspace, true);
  expect(expected.notes).toEqual([]);
  const random = createPrng(20261128);
  const outcome = { silent: [] as string[], told: 0, same: 0 };
  const paths = files(workspace).filter((path) => existsSync(join(workspace, path)));
  for (let n = 0; n < flips; n++) {
    const path = join(workspace, paths[n % paths.length]!);
    const sound = readFileSync(path);
    const flipped = Buffer.from(sound);
    const at = random.int(sound.length);
    const bit = random.int(8);
    flipped[at]! ^= 1 << bit;
    writeFileSync(path, flipped);
    try {
      const withSlow = n % SLOW_EVERY === 0 || name === 'models' || name === 'candles';
      const found = await answersOf(workspace, withSlow);
      const silent = silentIn(found, expected.answers);
      const what = `bit ${bit} of byte ${at} of ${relative(workspace, path)}: ${silent.join()}`;
      if (silent.length > 0) outcome.silent.push(what);
      else if (isSame(found, expected)) outcome.same++;
      else outcome.told++;
    } finally {
      writeFileSync(path, sound);
    }
  }
  return outcome;
}

describe('a flipped bit gives no other figure without a word', () => {
  test.each(Object.keys(KINDS))('%s', { timeout: 300_000 }, async (name) => {
    const { silent, told } = await flipAll(name);
    expect(silent).toEqual([]);
    // Where every byte counts, every flip is told.
    if (['models', 'checkpoints', 'the last verification'].includes(name))
      expect(told).toBe(KINDS[name]!.flips);
    if (name === 'database' || name === 'log of the database') expect(told).toBeGreaterThan(0);
  });
});

test('a flipped bit of config.yaml is refused, or shown with the settings, and changes no figure of a run', async () => {
  const expected = await answersOf(closed, true);
  const path = join(closed, 'config.yaml');
  const sound = readFileSync(path);
  const random = createPrng(7);
  // What the settings are is theirs to say; the grid is counted and the regimes are labeled by today's.
  const ofToday = /^(settings|grid|regimes|evaluation|verify|champions\.vacancies|storage)\b/;
  for (let n = 0; n < 40; n++) {
    const flipped = Buffer.from(sound);
    flipped[random.int(sound.length)]! ^= 1 << random.int(8);
    writeFileSync(path, flipped);
    try {
      const { answers, notes } = await answersOf(closed, false);
      if (notes.length > 0) continue;
      const settings = JSON.parse(answers['settings.get']!) as { text: string };
      expect(settings.text).toBe(flipped.toString());
      const other = Object.keys(answers).filter((method) => !ofToday.test(method));
      for (const method of other) {
        if (/"(outdated|stale)":"/.test(answers[method]!)) continue;
        expect(answers[method], `${method} with ${flipped}`).toBe(expected.answers[method]);
      }
    } finally {
      writeFileSync(path, sound);
    }
  }
});

function inTheMiddle(bytes: Buffer): void {
  bytes[bytes.length >> 1]! ^= 4;
}

/** Of the workspace, with one bit of a file turned round. */
async function damagedCopy(path: string, change = inTheMiddle): Promise<string> {
  const workspace = join(dirname(closed), `copy-${copies++}`);
  cpSync(closed, workspace, { recursive: true });
  const bytes = readFileSync(join(workspace, path));
  change(bytes);
  writeFileSync(join(workspace, path), bytes);
  return workspace;
}
let copies = 0;

async function verifyIn(workspace: string) {
  const reader = createEngine({ workspace, role: 'reader', home: place.home, now: () => NOW });
  try {
    return (await reader.call('verify.run', {})).problems;
  } finally {
    await reader.close();
  }
}

/** Does what the command says that a problem can be had from. */
async function follow(workspace: string, advice: string): Promise<void> {
  const resume = /^regimen queue resume --checkpoint (.+)$/.exec(advice);
  if (resume !== null) {
    const engine = createEngine({ workspace, role: 'command', threads: 1, home: place.home, now: () => NOW });
    await engine.call('queue.resume', { checkpoint: resume[1]! });
    await engine.close();
    return;
  }
  await restoreWorkspace(/^regimen restore (.+)$/.exec(advice)![1]!, workspace);
}

describe('what the newest checkpoint or backup holds is had back by the advice', () => {
  const inText = (text: string) => (bytes: Buffer) => {
    const at = bytes.lastIndexOf(text);
    expect(at).toBeGreaterThan(0);
    bytes[at + 3]! ^= 1;
  };
  const held: readonly (readonly [string, () => string, ((bytes: Buffer) => void) | undefined])[] = [
    ['a row of the database', () => 'regimen.db', inText('"pipeline_version"')],
    ['a model', () => within('artifacts', '.model')(closed)[0]!, undefined],
    ['candles', () => within('candles', '.candles')(closed)[0]!, undefined],
  ];
  test.each(held)('%s', async (_what, path, change) => {
    const expected = await answersOf(closed, true);
    const workspace = await damagedCopy(path(), change);
    const problems = await verifyIn(workspace);
    expect(problems.length).toBeGreaterThan(0);
    for (const advice of new Set(problems.map(({ from }) => from))) await follow(workspace, advice!);
    expect(await verifyIn(workspace)).toEqual([]);
    const { notes, answers } = await answersOf(workspace, true);
    expect(notes).toEqual([]);
    for (const method of ['history.search', 'champions.list', 'run.trace', 'model.features', 'market.list']) {
      expect(answers[method]?.replaceAll(workspace, closed), method).toBe(expected.answers[method]);
    }
  });

  test('the results of a log that was cut, before anything else is touched', async () => {
    const expected = await answersOf(killed, false);
    const workspace = join(dirname(closed), `copy-${copies++}`);
    cpSync(killed, workspace, { recursive: true });
    const log = readFileSync(join(workspace, 'regimen.db-wal'));
    // One bit would be turned back.
    const at = log.lastIndexOf('"pipeline_version"');
    log.fill(7, at, at + 16);
    writeFileSync(join(workspace, 'regimen.db-wal'), log);
    const engine = createEngine({ workspace, role: 'command', threads: 1, home: place.home, now: () => NOW });
    const lost = await engine.call('recovery.lost', {});
    expect(lost).toHaveLength(1);
    await engine.call('recovery.restore', { checkpoint: lost[0]!.checkpoint });
    await engine.close();
    const { notes, answers } = await answersOf(workspace, false);
    expect(notes).toEqual([]);
    for (const method of ['history.search', 'champions.list'])
      expect(answers[method], method).toBe(expected.answers[method]);
  });
});
