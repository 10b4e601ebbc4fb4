import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import type { ReadingMethod } from '../../engine/contract/api/effects.ts';
import type { Method } from '../../engine/contract/api/index.ts';
import type { VerifyDto } from '../../engine/contract/dto/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import { demoMarket } from '../../engine/market/demo-market.ts';
import { create, seenByProcess, train } from '../../engine/testing/engines.ts';
import { readingInputs } from '../../engine/testing/reading-inputs.ts';
import { CONFIG, type EmptyPlace, preparePlace, TWELVE } from '../../engine/testing/workspace.ts';

/** Bars of the market, so few that everything about a run is computed in milliseconds. */
const BARS = 4800;
export const NOW = Date.UTC(2026, 10, 28, 12);
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

/** Workspaces whose bits are flipped, and what their answers are asked with. */
export interface FlipPlace {
  readonly home: string;
  /** As it is once its last process has closed it. */
  readonly closed: string;
  /** As a kill leaves it: the last results are in the log of the database alone. */
  readonly killed: string;
  /** For files that are asked for. */
  readonly outside: string;
  remove(): void;
}

/** A workspace with two runs, a checkpoint, a backup and the result of a verification. */
export async function prepareFlips(): Promise<FlipPlace> {
  const place: EmptyPlace = preparePlace();
  const workspace = place.folder;
  const outside = join(dirname(workspace), 'outside');
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
  const killed = join(dirname(workspace), 'killed');
  cpSync(workspace, killed, { recursive: true });
  await engine.close();
  expect(readdirSync(killed)).toContain('regimen.db-wal');
  expect(readdirSync(workspace)).not.toContain('regimen.db-wal');
  rmSync(join(killed, 'regimen.db-shm'));
  const reader = createEngine({ workspace, role: 'reader' });
  await reader.call('model.export', { run: TREE_RUN, out: join(outside, 'exported.json') });
  await reader.call('run.export', { run: TREE_RUN, out: join(outside, 'bundle.zip') });
  await reader.close();
  return { home: place.home, closed: workspace, killed, outside, remove: place.remove };
}

export const TREE_RUN = '2';

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
export const SLOW_EVERY = 6;

/** What methods that read answer, of a refusal its code, with the text of the files that were asked for. */
export async function answersOf(
  { outside }: FlipPlace,
  workspace: string,
  withSlow: boolean,
): Promise<Found> {
  let reader: Engine;
  const home = join(outside, 'home');
  try {
    reader = createEngine({ workspace, role: 'reader', home, now: () => NOW });
  } catch (error) {
    return { notes: [codeOf(error)], answers: {}, said: [wordsOf(error)], advice: [] };
  }
  const said = [...reader.notes()];
  const advice: string[] = [];
  const files: string[] = [];
  // Answers name their files: by whom they are asked for, whatever is left out before.
  let asked = '';
  const inputs = readingInputs({
    candleFile: join(outside, 'EURUSD_H1.csv'),
    champion: 'EURUSD/H1/bull_trending',
    run: TREE_RUN,
    exported: join(outside, 'exported.json'),
    bundle: join(outside, 'bundle.zip'),
    grid: GRID,
    out(ending) {
      files.push(join(outside, `out-${asked}.${ending}`));
      return files.at(-1)!;
    },
  });
  const answers: Record<string, string> = {};
  try {
    const call = reader.call as (method: Method, input: unknown) => Promise<unknown>;
    for (const method of Object.keys(inputs) as ReadingMethod[]) {
      if (SLOW.has(method) && !withSlow) continue;
      asked = method;
      try {
        const answer = await call(method, inputs[method]());
        const { file } = (answer ?? {}) as { file?: string };
        const written = file?.startsWith(outside) === true ? readFileSync(file, 'utf8') : '';
        const known = method === 'storage.summary' ? { ...(answer as object), freeBytes: 0 } : answer;
        answers[method] = JSON.stringify(known) + written;
        if (method === 'verify.run') {
          for (const { path, message, from } of (answer as VerifyDto).problems) {
            said.push(`${path}: ${message}`);
            if (from !== null) advice.push(from);
          }
        }
        const texts = (JSON.stringify(answer) ?? '').split('"');
        said.push(...texts.filter((text) => /Damaged: |not what was written/.test(text)));
        if (method === 'verify.run') answers[method] = answers[method].replace(/"at":"[^"]+"/, '');
      } catch (error) {
        answers[method] = codeOf(error);
        said.push(wordsOf(error));
      }
    }
    return { notes: reader.notes(), answers, said, advice: [...new Set(advice)] };
  } finally {
    await reader.close();
    for (const file of files) rmSync(file, { force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

export type Answers = Readonly<Record<string, string>>;

export interface Found {
  readonly notes: readonly string[];
  readonly answers: Answers;
  /** All sentences on what is wrong: notes, errors, and what verification found. */
  readonly said: readonly string[];
  /** Commands that verification names. */
  readonly advice: readonly string[];
}

const wordsOf = (error: unknown) => (error as Error).message;

/** What an error is called; whatever is no error of Regimen's own is thrown. */
function codeOf(error: unknown): string {
  if (!(error instanceof EngineError)) throw error;
  expect(error.code, error.message).not.toBe('internal');
  return `error ${error.code}`;
}

/** Methods whose answer is another one, and does not say why. */
export function silentIn(found: Found, expected: Found): string[] {
  if (found.notes.length > 0) return [];
  return Object.entries(found.answers).flatMap(([method, answer]) => {
    return answer === expected.answers[method] || isTold(method, answer) ? [] : [method];
  });
}

export function isSame({ notes, answers }: Found, expected: Found): boolean {
  const isExpected = ([method, answer]: [string, string]) => answer === expected.answers[method];
  return notes.length === 0 && Object.entries(answers).every(isExpected);
}

/** An error says so, and so does a list in which something is marked as damaged; what verifies says what it found. */
function isTold(method: string, answer: string): boolean {
  return answer.startsWith('error ') || /Damaged: |artifact-damaged/.test(answer) || method === 'verify.run';
}
