import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from './app.ts';
import type { RawInput } from './contract/api/index.ts';
import { TIMEFRAME_MINUTES } from './contract/timeframe.ts';
import type { Candles } from './market/candles.ts';
import { writeCandleCsv } from './market/testing/candle-csv.ts';
import { randomCandles } from './market/testing/random-candles.ts';
import { openStore } from './store/database.ts';
import { findFold, foldsOf, validationsOf } from './store/validations.ts';
import { train } from './testing/engines.ts';
import { CONFIG } from './testing/workspace.ts';
import { readSpec } from './validation/spec.ts';
import { readFoldResult } from './validation/stored-result.ts';

/** Jobs of folds on two histories that part at some time: until then nothing they store differs, whatever they share among folds. */

const MARKET = { symbol: 'EURUSD', timeframe: 'H4' } as const;
const CANDLES = randomCandles(4400, MARKET.timeframe, 5);
const BAR_MS = TIMEFRAME_MINUTES[MARKET.timeframe] * 60_000;
const GRID = {
  model_types: ['ridge' as const, 'gradient_boosting' as const],
  symbols: [MARKET.symbol],
  timeframes: [MARKET.timeframe],
  days_history: [60, 120],
  horizons: [3],
  hyperparameters: { gradient_boosting: { n_estimators: 5 } },
};
/** Of a run the only strategy is the best, whatever the newest bars are. */
const ONE_STRATEGY = `${CONFIG.slice(0, CONFIG.indexOf('inference_grid'))}
inference_grid: { prediction_methods: [direct], ensemble_methods: [weighted], confidence_thresholds: [0.2], lookback_windows: [50] }
`;
const SPLIT = '\nevaluation: { split: { training: 0.6, tuning: 0.2, test: 0.2 } }\n';
const SCHEMES: readonly [string, RawInput<'validation.create'>, split?: string][] = [
  ['quick', { subject: { ...MARKET, modelType: 'ridge' }, scheme: 'quick' }],
  ['full', { subject: { ...MARKET, modelType: 'ridge' }, scheme: 'full', folds: 12 }],
  [
    'full with a window that moves along',
    {
      subject: { ...MARKET, modelType: 'xgboost', hyperparameters: { n_estimators: 5 } },
      scheme: 'full',
      expandingWindow: false,
      folds: 6,
    },
  ],
  ['own', { subject: { runId: '1' }, scheme: 'own', folds: 6 }],
  ['procedure', { subject: { grid: GRID }, scheme: 'own', folds: 5 }],
  ['own with split windows', { subject: { runId: '1' }, scheme: 'own', folds: 4 }, SPLIT],
  ['procedure with split windows', { subject: { grid: GRID }, scheme: 'own', folds: 3 }, SPLIT],
];

interface StoredTest {
  readonly from: number;
  readonly to: number;
  readonly bytes: string;
  readonly netReturn: readonly number[];
}

async function testsOn(
  candles: Candles,
  input: RawInput<'validation.create'>,
  windows: string,
): Promise<StoredTest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-tampered-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const isOfRun = 'runId' in input.subject;
  writeFileSync(join(workspace, 'config.yaml'), (isOfRun ? ONE_STRATEGY : CONFIG) + windows);
  const file = join(folder, 'candles.csv');
  writeCandleCsv(file, candles);
  const engine = createEngine({ workspace, role: 'command', threads: 1 });
  try {
    await engine.call('market.import', { file, ...MARKET });
    if (isOfRun) await train(engine, GRID);
    const { queueId } = await engine.call('validation.create', input);
    expect(await train(engine, queueId)).toMatchObject({ state: 'completed', failed: 0 });
    await engine.close();
    return storedIn(workspace, queueId);
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function storedIn(workspace: string, queueId: number): StoredTest[] {
  const store = openStore(join(workspace, 'regimen.db'));
  try {
    const [row] = validationsOf(store, queueId);
    const spec = readSpec(row!.spec);
    return foldsOf(store, row!.id).map(({ fold_index, key }) => {
      const { result: bytes } = findFold(store, key)!;
      const { result } = readFoldResult(spec, bytes);
      const { test: tested } = spec.folds[fold_index]!;
      return { ...tested, bytes: Buffer.from(bytes).toString('hex'), netReturn: [...result.netReturn] };
    });
  } finally {
    store.close();
  }
}

/** The same bars until a time, and other ones after it. */
function withOtherFuture(t: number): Candles {
  const future = randomCandles(CANDLES.length, CANDLES.timeframe, 6);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    CANDLES[name].map((value, i) => (CANDLES.time[i]! + BAR_MS <= t ? value : future[name][i]!));
  return {
    ...CANDLES,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

test.each(SCHEMES)(
  '%s: another future changes no byte of what comes before it',
  async (_, input, windows = '') => {
    const stored = await testsOn(CANDLES, input, windows);
    const turned = stored[stored.length >> 1]!;
    const turn = turned.from + 0.6 * (turned.to - turned.from);
    const tampered = await testsOn(withOtherFuture(turn), input, windows);
    let same = 0;
    for (const [i, { from, to, bytes, netReturn }] of stored.entries()) {
      const other = tampered[i]!;
      expect(other).toMatchObject({ from, to });
      if (to <= turn) {
        expect(other.bytes).toBe(bytes);
        same++;
        continue;
      }
      expect(other.bytes).not.toBe(bytes);
      // A bar's return ends with the open of the next one, which has to be known.
      const isKnown = (time: number, row: number) => time >= from && CANDLES.time[row + 1]! + BAR_MS <= turn;
      const known = CANDLES.time.filter(isKnown).length;
      expect(other.netReturn.slice(0, known)).toEqual(netReturn.slice(0, known));
    }
    expect(same).toBeGreaterThan(0);
    expect(same).toBeLessThan(stored.length);
  },
  240_000,
);
