import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from './app.ts';
import { grouped } from './contract/counted.ts';
import type { SignalDto } from './contract/dto/index.ts';
import { type Candles, pickCandles } from './market/candles.ts';
import {
  createGrowingMarket,
  GROWING_GRID,
  GROWING_PLACE,
  type GrowingMarket,
  trainGrowing,
} from './testing/growing-market.ts';
import { within } from './testing/within.ts';
import { CONFIG } from './testing/workspace.ts';

/** What the models of a workspace say now, through whole engines, while candles arrive. */

const HOUR = 3_600_000;
const BARS = 6000;

let market: GrowingMarket;
let trained: string;
beforeAll(async () => {
  market = createGrowingMarket(BARS + 200);
  trained = await trainGrowing(market, BARS, {
    ...GROWING_GRID,
    model_types: ['ridge', 'xgboost'],
    hyperparameters: { xgboost: { n_estimators: 20 } },
  });
}, 120_000);
afterAll(() => market.remove());

function copy(config = ''): string {
  const workspace = mkdtempSync(join(market.root, 'copy-'));
  cpSync(trained, workspace, { recursive: true });
  writeFileSync(join(workspace, 'config.yaml'), `${CONFIG}\n${config}`);
  return workspace;
}

/** When bar number `bars` of the market has closed, and a minute has passed. */
const after = (bars: number) => market.candles.time[bars - 1]! + HOUR + 60_000;

/** What is said at each of some times, by one engine. */
async function saidAtAll(
  workspace: string,
  times: readonly number[],
): Promise<readonly (readonly SignalDto[])[]> {
  let now = times[0]!;
  const engine = createEngine({ workspace, role: 'reader', now: () => now });
  const said: (readonly SignalDto[])[] = [];
  try {
    for (now of times) said.push((await engine.call('signals.list', {})).signals);
  } finally {
    await engine.close();
  }
  return said;
}

const saidAt = async (workspace: string, now: number) => (await saidAtAll(workspace, [now]))[0]!;

/** Times at which every so many bars had closed, up to `to`. */
const closes = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);

/** Makes a version of a run and puts it in charge. */
function putInCharge(workspace: string, run: string, name = 'EURUSD H1'): Promise<string> {
  return within(workspace, async ({ call }) => {
    const { version, symbol, timeframe, regime } = await call('production.register', { run, name });
    await call('production.rollback', { symbol, timeframe, regime: regime ?? 'all', version });
    return version;
  });
}

test('without versions the champion of the bar’s regime speaks, unless champions are hidden', async () => {
  const workspace = copy();
  const champions = await within(workspace, ({ call }) => call('champions.list', {}));
  const spoken = new Set<string>();
  const bars = closes(BARS - 80, BARS, 8);
  const all = await saidAtAll(workspace, bars.map(after));
  for (const [k, [one, ...more]] of all.entries()) {
    const last = bars[k]! - 1;
    expect(more).toEqual([]);
    expect(one!.bar).toMatchObject({
      time: new Date(market.candles.time[last]!).toISOString(),
      close: expect.closeTo(market.candles.close[last]!, 5),
      missing: 0,
      age: 60_000,
    });
    const own = champions.find(({ regime }) => regime === one!.bar!.regime);
    spoken.add(own === undefined ? 'nobody' : 'champion');
    if (own === undefined) expect(one).toMatchObject({ speaker: null, silence: { code: 'nobody' } });
    else {
      expect(one!.speaker).toMatchObject({
        kind: 'champion',
        version: null,
        name: own.champion,
        runId: own.runId,
        strategy: own.strategy,
        verdict: own.verdict,
      });
    }
  }
  expect(spoken).toContain('champion');
  const hidden = copy('live: { champions: hide }');
  expect(await saidAt(hidden, after(BARS))).toEqual([]);
  await putInCharge(hidden, '1', 'EURUSD H1 volatile_ranging');
  const regimes = new Set<string>();
  for (const [one] of await saidAtAll(hidden, bars.map(after))) {
    regimes.add(one!.speaker?.name ?? one!.silence!.code);
    if (one!.silence?.code === 'champion-hidden')
      expect(one!.silence.text).toContain('live.champions is hide');
    if (one!.speaker === null)
      expect(one!.silence!.text).toContain('In production is EURUSD H1 volatile_ranging.');
  }
  expect(regimes).toContain('EURUSD H1 volatile_ranging');
  expect(regimes.size).toBeGreaterThan(1);
});

test('the version of the regime speaks before that of all, which speaks before the champion', async () => {
  const workspace = copy();
  const all = await putInCharge(workspace, '1');
  const own = await putInCharge(workspace, '2', 'EURUSD H1 calm_ranging');
  const spoken = new Map<string, string | null>();
  for (const [one] of await saidAtAll(workspace, closes(BARS - 80, BARS, 4).map(after))) {
    spoken.set(one!.bar!.regime, one!.speaker!.version);
    expect(one!.inCharge).toEqual(['EURUSD H1', 'EURUSD H1 calm_ranging']);
    expect(one!.speaker).toMatchObject({ kind: 'version', verdict: null, isExpired: false });
  }
  expect(spoken.get('calm_ranging')).toBe(own);
  const { calm_ranging: _, ...others } = Object.fromEntries(spoken);
  expect(new Set(Object.values(others))).toEqual(new Set([all]));
});

test('bars arrive one by one: signals come with a trade, none with its reason, and a later look says the same of earlier bars', async () => {
  const workspace = copy();
  await putInCharge(workspace, '1');
  const come = 3;
  const told: (readonly SignalDto[])[] = [];
  for (let bars = BARS + 1; bars <= BARS + come; bars++) {
    await market.grow(workspace, bars);
    told.push(await saidAt(workspace, after(bars)));
  }
  // Once all have arrived, a look with the clock set back says what was said then: nothing at a bar depends on later ones.
  const bars = closes(BARS - 24, BARS + come, 1);
  const later = await saidAtAll(workspace, bars.map(after));
  expect(later.slice(-come)).toEqual(told);
  const signals = new Set<string>();
  for (const [k, [one]] of later.entries()) {
    const { signal, trade, speaker, since, silence } = one!;
    signals.add(signal);
    expect(speaker).toMatchObject({ kind: 'version', target: 'return', horizon: 3 });
    expect(Math.abs(one!.forecast!) > one!.roundTrip! && one!.confidence! >= 0.4).toBe(signal !== 'none');
    if (signal === 'none') {
      expect([trade, since]).toEqual([null, null]);
      expect(['no-forecast', 'low-confidence', 'small-forecast']).toContain(silence!.code);
      continue;
    }
    expect(signal).toBe(one!.forecast! > 0 ? 'LONG' : 'SHORT');
    expect(silence).toBeNull();
    expect(trade).toMatchObject({ reference: one!.bar!.close, stop: null, takeProfit: null, bars: 3 });
    // The series has all hours of the currency week, and no others.
    const opens = [bars[k]!, bars[k]! + 3].map((bar) => market.candles.time[bar]);
    expect([trade!.entryAt, trade!.exitAt].map(Date.parse)).toEqual(opens);
    const before = later[k - 1]?.[0];
    if (before?.signal === signal) expect(since).toBe(before.since);
    else if (before !== undefined) expect(since).toBe(one!.bar!.time);
  }
  expect(signals.size).toBeGreaterThan(1);
}, 120_000);

test('a market whose next bars should be there is late, in time that it trades', async () => {
  const workspace = copy();
  await putInCharge(workspace, '1');
  const friday = market.candles.time.findLastIndex((time, row) => {
    const next = market.candles.time[row + 1];
    return row < BARS && next !== undefined && next - time > 24 * HOUR;
  });
  const closed = market.candles.time[friday]! + HOUR;
  const weekend = await saidAt(workspace, closed + 40 * HOUR);
  expect(weekend[0]!.bar).toMatchObject({ missing: 0, age: 0 });
  expect(weekend[0]!.silence?.code).not.toBe('late');
  const [late] = await saidAt(workspace, after(BARS) + 26 * HOUR);
  const trading = market.candles.time.filter(
    (t) => t > market.candles.time[BARS - 1]! && t + HOUR <= after(BARS) + 26 * HOUR,
  );
  expect(late).toMatchObject({ signal: 'none', trade: null, bar: { missing: trading.length } });
  expect(late!.silence).toMatchObject({ code: 'late' });
  expect(late!.silence!.text).toContain(`${grouped(trading.length)} more should have closed by now`);
  expect(late!.forecast).not.toBeNull();
});

test('candles that it learned from must be those; later ones may be corrected, and it is said', async () => {
  const workspace = copy();
  await putInCharge(workspace, '1');
  await market.grow(workspace, BARS + 3);
  const raised = (row: number) => (candles: Candles) => {
    const rows = Array.from({ length: candles.length }, (_, i) => i);
    const other = pickCandles(candles, rows);
    other.close[row]! += 0.00002;
    other.high[row] = Math.max(other.high[row]!, other.close[row]!);
    return other;
  };
  const before = await saidAt(workspace, after(BARS + 3));
  expect(before[0]!.notes).toEqual([]);
  // In its lead-in, the last 50 bars that were there when it was made.
  await market.grow(workspace, BARS + 3, raised(BARS - 10));
  const [corrected] = await saidAt(workspace, after(BARS + 3));
  expect(corrected!.notes.join()).toMatch(/^Candles of EURUSD H1 were corrected since, from .* on\.$/);
  expect(corrected!.notes.join()).toContain(
    new Date(market.candles.time[BARS - 10]!).toISOString().slice(0, 10),
  );
  expect(corrected!.forecast).not.toBeNull();
  await market.grow(workspace, BARS + 4, raised(BARS - 300));
  const [other] = await saidAt(workspace, after(BARS + 4));
  expect(other).toMatchObject({ signal: 'none', forecast: null, silence: { code: 'candles-changed' } });
});

test('a model that is gone, and one that was retired, are told as that', async () => {
  const workspace = copy('live: { champions: hide }');
  const version = await putInCharge(workspace, '1');
  rmSync(join(workspace, 'models', 'EURUSD H1', `model_${version}.bin`));
  expect((await saidAt(workspace, after(BARS)))[0]).toMatchObject({ silence: { code: 'model-missing' } });
  await within(workspace, ({ call }) => call('production.retire', GROWING_PLACE));
  const [retired] = await saidAt(workspace, after(BARS));
  expect(retired!.speaker).toBeNull();
  expect(retired!.silence!.text).toContain(`Version ${version} of EURUSD H1 is no longer in production.`);
});
