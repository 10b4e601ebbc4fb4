import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { createPrng } from '../random/prng.ts';
import { bestScores } from './audit-scores.ts';
import { allChampions, auditOfRun, insertAudit, insertChampion, listedChampions } from './champions.ts';
import { openStore, type Store } from './database.ts';
import { damageNotes } from './health.ts';
import { listLooks, spendLook } from './looks.ts';
import { countLuck } from './luck.ts';
import { readLuck } from './luck-reading.ts';
import { measuredRates } from './measured-rates.ts';
import { allQueues, cellsOf, countCells, finishCell, insertQueue } from './queues.ts';
import { openReadingStore } from './reading.ts';
import { keepRobustness, readRobustness } from './robustness.ts';
import { listedRuns, searchRuns } from './run-search.ts';
import { modelStorage } from './run-totals.ts';
import { bestStrategies, findRun, insertRun, keptModels } from './runs.ts';
import { allSeries, saveSeries } from './series.ts';
import {
  exampleCell,
  exampleChampion,
  exampleLook,
  exampleRobustness,
  exampleStrategy,
  exampleTried,
  keptRun,
} from './testing/example-rows.ts';
import { workspaceIdentity } from './workspace.ts';

const FLIPS = 150;
const RUNS = 40;

let folder: string;
let file: string;
let sound: Buffer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flips-'));
  file = join(folder, 'regimen.db');
  const store = openStore(file);
  fill(store);
  store.close();
  sound = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

function fill(store: Store): void {
  const ids = Array.from({ length: RUNS }, (_, i) => i + 1);
  const queue = { name: 'q', spec: { model_types: ['ridge'] }, createdAt: 1 };
  const queueId = insertQueue(
    store,
    queue,
    ids.map((n) => exampleCell(n, 'pending', null)),
  );
  for (const n of ids) {
    store.transaction(() => {
      insertRun(store, { ...keptRun(n), basis: JSON.stringify({ digest: 'd'.repeat(900), n }) }, [
        exampleStrategy(0),
        { ...exampleStrategy(1), sharpe: 1 / n },
      ]);
      for (const regime of ['bull', 'bear']) {
        insertAudit(store, {
          at: n,
          run_id: n,
          symbol: 'EURUSD',
          timeframe: 'H1',
          regime,
          decision: 'champion',
          strategy_index: 0,
          old_run_id: n === 1 ? null : n - 1,
          old_score: 1 / n,
          old_stored_score: 1 / n,
          old_score_error: null,
          new_score_error: null,
          new_score: 1.5 + n,
          margin: 0.1,
          trades: 40,
          reason: `Run ${n} is better than the one before.`,
        });
      }
      finishCell(store, queueId, n - 1, 'completed', n);
    });
    if (n % 4 === 0) insertChampion(store, exampleChampion(n, `regime_${n}`, n / 3));
  }
  countLuck(store, exampleTried());
  for (const n of [4, 8]) keepRobustness(store, placeOf(n), `key ${n}`, exampleRobustness(n));
  spendLook(store, exampleLook());
  saveSeries(store, {
    symbol: 'EURUSD',
    timeframe: 'H1',
    bars: 5000,
    first_time: 1,
    last_time: 2,
    digest: 'd',
    synthetic: 0,
    file: 'EURUSD_H1_d.candles',
    quality: '{"session":"24/5"}',
    imported_at: 3,
  });
}

const placeOf = (n: number) => ({ symbol: 'EURUSD', timeframe: 'H1', regime: `regime_${n}`, run_id: n });

const NEWEST = { sort: 'sharpe', descending: true } as const;

/** Figures and decisions as they are read, by what is asked. */
const QUESTIONS: Readonly<Record<string, (store: Store) => unknown>> = {
  history: (store) => listedRuns(store, searchRuns(store, {}, NEWEST, 100, 0).ids),
  found: (store) => searchRuns(store, { symbol: 'EURUSD', kept: true }, NEWEST, 10, 5),
  best: (store) => [...bestStrategies(store, [1, 2, 3, 20, 40]).values()],
  champions: listedChampions,
  deciding: allChampions,
  run: (store) => [3, 17, 33].map((id) => [findRun(store, id), auditOfRun(store, id)]),
  scores: (store) => bestScores(store, {}, 0, 1000),
  storage: modelStorage,
  rates: (store) => [...measuredRates(store)],
  models: keptModels,
  queues: allQueues,
  cells: (store) => [cellsOf(store, 1), countCells(store, 1)],
  series: allSeries,
  luck: (store) => readLuck(store).scope({ symbol: 'EURUSD', timeframe: 'H1', regime: 'bull' })?.maxima,
  robustness: (store) => [4, 8].map((n) => readRobustness(store)(placeOf(n))),
  looks: listLooks,
  identity: workspaceIdentity,
};

/** Each answer, or the error's code; whatever is no error of Regimen's own is thrown. */
function answers(): { notes: readonly string[]; answers: Record<string, string> } {
  let store: Store;
  try {
    store = openReadingStore(file);
  } catch (error) {
    return {
      notes: [],
      answers: Object.fromEntries(Object.keys(QUESTIONS).map((name) => [name, codeOf(error)])),
    };
  }
  try {
    const answer = (ask: (store: Store) => unknown) => {
      try {
        return JSON.stringify(ask(store)) ?? 'nothing';
      } catch (error) {
        return codeOf(error);
      }
    };
    const all = Object.entries(QUESTIONS).map(([name, ask]) => [name, answer(ask)] as const);
    return { notes: damageNotes(store), answers: Object.fromEntries(all) };
  } finally {
    store.close();
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof EngineError)) throw error;
  expect(['store-damaged', 'artifact-damaged', 'store-newer']).toContain(error.code);
  return `error ${error.code}`;
}

it(`of ${FLIPS} flipped bits of a database none gives another answer without a word`, () => {
  writeFileSync(file, sound);
  const expected = answers();
  expect(expected.notes).toEqual([]);
  const random = createPrng(20261128);
  const silent: string[] = [];
  const outcomes = { same: 0, told: 0, refused: 0 };
  for (let n = 0; n < FLIPS; n++) {
    const at = random.int(sound.length);
    const bit = random.int(8);
    const flipped = Buffer.from(sound);
    flipped[at]! ^= 1 << bit;
    writeFileSync(file, flipped);
    const found = answers();
    const other = Object.keys(QUESTIONS).filter((name) => found.answers[name] !== expected.answers[name]);
    const refused = other.filter((name) => found.answers[name]!.startsWith('error '));
    if (other.length === 0) outcomes.same++;
    else if (found.notes.length > 0) outcomes.told++;
    else if (refused.length === other.length) outcomes.refused++;
    else silent.push(`bit ${bit} of byte ${at}: ${other.filter((name) => !refused.includes(name)).join()}`);
  }
  expect(silent).toEqual([]);
  // Most damage costs no more than the rows that it is in.
  expect(outcomes.told + outcomes.same).toBeGreaterThan(FLIPS / 2);
  expect(outcomes.told).toBeGreaterThan(0);
});
