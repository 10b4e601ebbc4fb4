import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { leaveAnswers, ofAllDecisions } from '../store/all-decisions.ts';
import { openStore, type Store } from '../store/database.ts';
import { newlyJudged } from '../store/evidence.ts';
import { insertTestRuns } from '../store/testing/runs.ts';
import { evidenceDto, evidenceRuns } from './evidence.ts';
import { regimeHeatmap } from './regime-heatmap.ts';

/** What is computed of new decisions alone, against all decisions at once. */

let store: Store;
let trained: number[];
const random = createPrng(8);
beforeEach(() => {
  store = openStore(':memory:');
  insertTestRuns(store, 120);
  trained = store.raw.prepare("SELECT id FROM runs WHERE status = 'completed'").pluck().all() as number[];
});
afterEach(() => store.close());

const BAR = { minTrades: 20, leastScore: 0.5 };
const DECISIONS = ['champion', 'rejected', 'rejected', 'stale'];
const REGIMES = ['bull', 'bear', 'flat'];

/** Decisions on runs that are there, be they new or were judged before. */
function decide(count: number): void {
  const insert = store.raw.prepare(
    `INSERT INTO audit (at, run_id, symbol, timeframe, regime, decision, old_run_id, new_score, trades, reason)
     SELECT 1, id, symbol, timeframe, ?, ?, ?, ?, ?, 'r' FROM runs WHERE id = ?`,
  );
  const pick = <T>(values: readonly T[]) => values[random.int(values.length)]!;
  for (let i = 0; i < count; i++) {
    const score = random.int(5) === 0 ? null : random.normal();
    const trades = random.int(9) === 0 ? null : random.int(40);
    const old = random.int(2) === 0 ? null : pick(trained);
    insert.run(pick(REGIMES), pick(DECISIONS), old, score, trades, pick(trained));
  }
}

interface Decision {
  readonly symbol: string;
  readonly timeframe: string;
  readonly model_type: string;
  readonly regime: string;
  readonly run_id: number;
  readonly decision: string;
  readonly old_run_id: number | null;
  readonly new_score: number | null;
  readonly trades: number | null;
}

function plainly() {
  const decisions = store.raw
    .prepare('SELECT r.model_type, a.* FROM audit a JOIN runs r ON r.id = a.run_id ORDER BY a.id')
    .all() as Decision[];
  const eligible = new Map<string, Set<number>>();
  const positive = new Map<string, Set<number>>();
  const best = new Map<string, number>();
  for (const {
    symbol,
    timeframe,
    model_type,
    regime,
    run_id,
    decision,
    old_run_id,
    new_score,
    trades,
  } of decisions) {
    if (decision === 'stale') continue;
    const market = `${symbol} ${timeframe}`;
    const put = (of: Map<string, Set<number>>) => of.set(market, (of.get(market) ?? new Set()).add(run_id));
    if (trades !== null && trades >= BAR.minTrades) {
      put(eligible);
      if (new_score !== null && new_score > BAR.leastScore) put(positive);
    }
    if (new_score === null || (decision === 'rejected' && old_run_id === null)) continue;
    const cell = `${model_type} ${regime}`;
    best.set(cell, Math.max(best.get(cell) ?? Number.NEGATIVE_INFINITY, new_score));
  }
  return { eligible, positive, best };
}

async function holds(): Promise<void> {
  const { eligible, positive, best } = plainly();
  for (const market of (await evidenceDto(store, BAR)).markets) {
    const { symbol, timeframe } = market;
    for (const [stage, of] of [
      ['eligible', eligible],
      ['positive', positive],
    ] as const) {
      const ids = [...(of.get(`${symbol} ${timeframe}`) ?? [])].sort((a, b) => b - a);
      expect(market[stage]).toBe(ids.length);
      const page = await evidenceRuns(store, BAR, {
        symbol,
        timeframe: timeframe as 'H1',
        stage,
        limit: 3,
        offset: 1,
      });
      expect(page.runs.map(({ id }) => id)).toEqual(ids.slice(1, 4));
      expect(page.total).toBe(ids.length);
    }
  }
  const heatmap = await regimeHeatmap(store, {});
  heatmap.modelTypes.forEach((model, m) => {
    heatmap.regimes.forEach((regime, r) => {
      expect(heatmap.scores[m]![r]).toBe(best.get(`${model} ${regime}`) ?? null);
    });
  });
}

it('is the same after every few decisions, and where some were changed or are gone', async () => {
  for (let i = 0; i < 12; i++) {
    decide(1 + random.int(60));
    await holds();
    if (i % 4 === 1) store.raw.exec(`DELETE FROM audit WHERE run_id = ${trained[i]}`);
    if (i % 4 === 2)
      store.raw.exec(`UPDATE audit SET new_score = 9, trades = 39 WHERE run_id = ${trained[i]}`);
    if (i % 4 > 0) await holds();
  }
});

it('is the same where another process decides and changes decisions, of which the first leaves what was computed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-decisions-'));
  store.close();
  store = openStore(join(folder, 'regimen.db'));
  insertTestRuns(store, 120);
  decide(50);
  await holds();
  const own = store;
  const other = openStore(own.file);
  const began = () => {
    let count = 0;
    return ofAllDecisions(
      own,
      'began',
      () => count++,
      () => undefined,
    ).then(() => count);
  };
  expect(await began()).toBe(1);
  try {
    store = other;
    decide(40);
    store = own;
    await holds();
    expect(await began()).toBe(0);
    other.raw.exec(`UPDATE audit SET new_score = 9, trades = 39 WHERE id = 7`);
    await holds();
    expect(await began()).toBe(1);
    other.raw.exec(`DELETE FROM audit WHERE id = 9`);
    await holds();
  } finally {
    other.close();
    rmSync(folder, { recursive: true });
  }
});

it('counts a run once, in however many pieces its decisions are gone through', () => {
  decide(400);
  const { eligible, positive } = plainly();
  const counts = new Map<string, [number, number]>();
  for (let from = 1; from <= 400; ) {
    const to = from + 1 + random.int(50);
    for (const { symbol, timeframe, ...found } of newlyJudged(store, BAR, from, to)) {
      const [before, above] = counts.get(`${symbol} ${timeframe}`) ?? [0, 0];
      counts.set(`${symbol} ${timeframe}`, [before + found.eligible, above + found.positive]);
    }
    from = to;
  }
  for (const [market, [some, above]] of counts) {
    expect([market, some, above]).toEqual([
      market,
      eligible.get(market)?.size ?? 0,
      positive.get(market)?.size ?? 0,
    ]);
  }
});

it('goes through decisions once, however many ask at the same time', async () => {
  decide(300);
  const seen: number[] = [];
  const ask = () =>
    ofAllDecisions(
      store,
      'all',
      () => ({ count: 0 }),
      (state, from, to) => {
        seen.push(from);
        state.count += to - from;
      },
    );
  const all = await Promise.all([ask(), ask(), ask()]);
  expect(all.map(({ count }) => count)).toEqual([300, 300, 300]);
  expect(new Set(seen).size).toBe(seen.length);
  decide(10);
  expect((await ask()).count).toBe(310);
});

describe('what a host leaves for the next', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regimen-decisions-'));
    store.close();
    store = openStore(join(folder, 'regimen.db'));
    insertTestRuns(store, 120);
    decide(300);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Decisions that the next host goes through to answer this. */
  async function goneThrough(): Promise<number> {
    let count = 0;
    const state = await ofAllDecisions(
      store,
      'scores',
      () => new Map<string, number>(),
      (best, from, to) => {
        count += to - from;
        const rows = store.raw
          .prepare('SELECT regime, new_score FROM audit WHERE id >= ? AND id < ? AND new_score IS NOT NULL')
          .all(from, to) as { regime: string; new_score: number }[];
        for (const { regime, new_score } of rows)
          best.set(regime, Math.max(best.get(regime) ?? Number.NEGATIVE_INFINITY, new_score));
      },
    );
    const plain = store.raw
      .prepare('SELECT regime, max(new_score) AS best FROM audit GROUP BY 1 HAVING best IS NOT NULL')
      .all() as { regime: string; best: number }[];
    expect(state).toEqual(new Map(plain.map(({ regime, best }) => [regime, best])));
    return count;
  }

  function next(): void {
    const { file } = store;
    store.close();
    store = openStore(file);
  }

  it('is gone on with, numbers that JSON does not know included, and holds what its places say', async () => {
    store.raw.exec("UPDATE audit SET new_score = -9e999 WHERE regime = 'flat' AND new_score IS NOT NULL");
    expect(await goneThrough()).toBe(300);
    await holds();
    leaveAnswers(store, 300);
    next();
    expect(await goneThrough()).toBe(0);
    decide(20);
    expect(await goneThrough()).toBe(20);
    await holds();
  });

  it('is not written down again for few decisions', async () => {
    await goneThrough();
    leaveAnswers(store, 301);
    next();
    expect(await goneThrough()).toBe(300);
    leaveAnswers(store, 300);
    decide(20);
    await goneThrough();
    leaveAnswers(store, 21);
    next();
    expect(await goneThrough()).toBe(20);
    leaveAnswers(store, 20);
    next();
    expect(await goneThrough()).toBe(0);
  });

  it('is computed anew where decisions were changed or are gone since, or it is not what was left', async () => {
    const changes = [
      "UPDATE audit SET new_score = 9 WHERE regime = 'bull'",
      'DELETE FROM audit WHERE id = 300',
      `UPDATE decision_answers SET state = replace(state, '"bull"', '"bulk"')`,
      'UPDATE decision_answers SET next = next - 1',
      "UPDATE decision_answers SET question = 'of another release'",
    ];
    for (const change of changes) {
      await goneThrough();
      leaveAnswers(store, 1);
      next();
      store.raw.exec(change);
      expect([change, await goneThrough()]).toEqual([change, expect.any(Number)]);
      next();
      expect(await goneThrough()).toBeGreaterThan(290);
    }
  });
});
