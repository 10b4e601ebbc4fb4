import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountComparisonDto, ForwardDetailDto } from '../../engine/contract/dto/index.ts';
import { traderStatement } from '../../engine/live/testing/trader-statement.ts';
import { regimen } from './testing/command-line.ts';
import {
  createRealMarket,
  type RealMarket,
  type Receiver,
  realLines,
  startReceiver,
  type Watch,
} from './testing/real-market.ts';

/**
 * What a user does with a model on real candles: it is promoted, a folder is watched in which bars arrive one by one, signals change, alerts
 * go out, the forward test grows, and a statement is held against it. Killed in the middle, it comes to what an uninterrupted one does.
 */

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const CANDLES = join(folder, 'EURUSD_H1.csv');
const present = existsSync(CANDLES);
const PLACE = { symbol: 'EURUSD', timeframe: 'H1' } as const;
const NAME = 'EURUSD H1';
/** Bars that are there at first, and those that arrive: a stretch in which the signal changes often. */
const [FIRST, ARRIVING, LEFT_OUT] = [5976, 16, 408];

/** One strategy, which trades often. */
const CONFIG = `inference_grid: { prediction_methods: [direct], ensemble_methods: [mean], confidence_thresholds: [0.2], lookback_windows: [50] }
queue: { test_robustness: false }
live: { alert_hosts: [127.0.0.1] }
`;
const GRID = {
  name: 'Real',
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [3],
};

/** Trains, promotes, and asks to be told. */
async function prepare(market: RealMarket, workspace: string, { url }: Receiver): Promise<void> {
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  market.setClock(FIRST);
  const file = join(workspace, 'first.csv');
  market.exportTo(file, FIRST);
  const { call, close } = market.open(workspace);
  await call('market.import', { file, ...PLACE });
  const { queueId } = await call('queue.create', { grid: GRID });
  await call('queue.start', { queueId });
  await call('queue.wait', { queueId });
  await call('production.register', { run: '1', name: NAME });
  await call('production.promote', { ...PLACE, skipValidation: true });
  await call('alert.add', { name: 'phone', kind: 'webhook', url, events: ['signal-changed'] });
  await close();
}

/** Uninterrupted, in one process: what the signal is before the first bar arrives, and after each; and the forward test at the end. */
async function straight(market: RealMarket, workspace: string) {
  const { call, close } = market.open(workspace);
  await call('alert.remove', { name: 'phone' });
  const signals: string[] = [];
  for (let bars = FIRST; bars <= FIRST + ARRIVING; bars++) {
    market.setClock(bars);
    const file = join(workspace, 'bars.csv');
    market.exportTo(file, bars);
    if (bars > FIRST) await call('market.import', { file, ...PLACE });
    signals.push((await call('signals.list', {})).signals[0]!.signal);
  }
  await close();
  return signals;
}

async function shown(market: RealMarket, workspace: string): Promise<ForwardDetailDto> {
  const { call, close } = market.open(workspace);
  try {
    return await call('forward.show', { name: NAME });
  } finally {
    await close();
  }
}

async function until(what: () => boolean, told: () => string): Promise<void> {
  for (let turn = 0; !what(); turn++) {
    if (turn === 600) throw new Error(`It did not come to that: ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * The same in processes that watch a folder; `changes`: after which bars the signal changes. At the first of them the watch is killed as
 * soon as it says that the bar is there: what follows from it may be half done. At the third it is killed while the alert is sent.
 */
async function interrupted(
  market: RealMarket,
  workspace: string,
  receiver: Receiver,
  changes: readonly number[],
): Promise<void> {
  const exports = join(workspace, 'exports');
  const file = join(exports, 'EURUSD_H1.csv');
  mkdirSync(exports);
  market.setClock(FIRST);
  market.exportTo(file, FIRST);
  let watch: Watch = market.watch(workspace, exports);
  await until(() => watch.said().includes('Watching'), watch.said);
  for (let bar = 1; bar <= ARRIVING; bar++) {
    if (bar === changes[2]) receiver.onNext(() => watch.process.kill('SIGKILL'));
    market.setClock(FIRST + bar);
    market.exportTo(file, FIRST + bar);
    const newest = market
      .timeOf(FIRST + bar)
      .slice(0, 16)
      .replace('T', ' ');
    const isThere = () => watch.said().includes(newest);
    const isKilled = bar === changes[0] || bar === changes[2];
    if (isKilled) {
      if (bar === changes[0]) {
        await until(isThere, watch.said);
        watch.process.kill('SIGKILL');
      }
      expect(await watch.ended).toBe('SIGKILL');
      // Nobody takes an alert that another process has in hand before a minute is over.
      market.wait(61_000);
      watch = market.watch(workspace, exports);
    }
    const due = changes.filter((at) => at <= bar).length;
    await until(
      () => (isKilled || isThere()) && receiver.told().length === due,
      () => `bar ${newest}, told ${receiver.told().join(', ')}. ${watch.said()}`,
    );
  }
  watch.process.kill('SIGINT');
  expect(await watch.ended).toBe(0);
}

describe.skipIf(!present)(`real candles${present ? '' : ` (skipped: none in ${folder})`}`, () => {
  let root: string;
  let receiver: Receiver;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'real-forward-'));
    receiver = await startReceiver();
  });
  afterAll(() => {
    receiver.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('from a promotion to a statement, killed in the watch and while an alert is sent, nothing is lost or doubled', async () => {
    const { head, lines } = realLines(CANDLES, FIRST + ARRIVING, LEFT_OUT);
    const market = createRealMarket(root, head, lines);
    const [watched, other] = [join(root, 'watched'), join(root, 'straight')];
    await prepare(market, watched, receiver);
    cpSync(watched, other, { recursive: true });
    const signals = await straight(market, other);
    const changes = signals.flatMap((signal, i) => (i > 0 && signal !== signals[i - 1] ? [i] : []));
    expect(changes.length).toBeGreaterThan(3);
    await interrupted(market, watched, receiver, changes);

    // Each change was told once and in order; what was being sent when it was killed came again by the same id.
    const words = changes.map((at) => `${NAME}: ${signals[at] === 'none' ? 'no signal' : signals[at]}`);
    expect(receiver.told()).toEqual(words);
    expect(receiver.taken).toHaveLength(words.length + 1);
    const paper = await shown(market, watched);
    expect(paper).toMatchObject({ bars: ARRIVING, corrected: [], late: [], problem: null });
    expect(paper).toEqual(await shown(market, other));

    const closed = paper.tradeList.filter(({ exitTime }) => exitTime !== null);
    expect(closed.length).toBeGreaterThan(2);
    const statement = join(root, 'Statement.csv');
    writeFileSync(statement, traderStatement(closed));
    const account = ['--account', '7', '--timezone', 'UTC', '--workspace', watched];
    expect(await regimen(['statement', 'import', statement, ...account])).toMatchObject({ status: 0 });
    const ran = await regimen(['statement', 'compare', NAME, '--workspace', watched, '--json']);
    const compared = JSON.parse(ran.stdout) as AccountComparisonDto;
    expect(compared).toMatchObject({ account: '7', version: paper.version, symbols: ['EURUSD.M'] });
    const missed = 1 + (paper.open === null ? 0 : 1);
    expect(compared.counts).toEqual({ matched: closed.length - 1, late: 0, missed, extra: 1 });
    const match = compared.matches.find(({ kind }) => kind === 'matched')!;
    expect(match.delaySeconds).toBe(20);
    expect(match.entryWorse).toBeCloseTo(0.0001, 5);
  }, 120_000);
});
