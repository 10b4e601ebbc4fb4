import { describe, expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import type { StoredFold } from './fold-blob.ts';
import { forecastFigures } from './fold-figures.ts';
import {
  decodeProcedure,
  encodeProcedure,
  type StoredContender,
  type StoredProcedure,
} from './procedure-blob.ts';

function fold(bars: number, first: number): StoredFold {
  return {
    netReturn: Float64Array.from({ length: bars }, (_, i) => first + i / 7),
    trades: [{ entry: 1, exit: 2, direction: -1, stake: 0.25 }],
    marketDay: Int32Array.from({ length: bars }, (_, i) => 20_000 + i),
    forecasts: forecastFigures(
      { forecast: new Float64Array(0), firstRow: 0 },
      { labels: new Float64Array(0), horizon: 1 },
    ),
    metrics: Float64Array.from(METRICS, (_, i) => (i === 0 ? Number.NaN : i / 3)),
    barsPerYear: 1560,
    costs: 0.001,
  };
}

const strategy = {
  predictionMethod: 'direct',
  ensembleMethod: 'mean',
  confidenceThreshold: 0.4,
  lookbackWindow: 50,
} as const;
const CONTENDER: StoredContender = {
  regime: 'bull',
  cell: 3,
  configHash: 'a',
  modelType: 'ridge',
  target: 'return',
  horizon: 6,
  daysHistory: 60,
  strategy,
  figures: { sharpe: 1 / 3, profitFactor: null },
  outcome: { trades: 4, net: -0.01, staked: 0.02 },
};
const PROCEDURE: StoredProcedure = {
  failed: 2,
  together: fold(5, 0.1),
  champions: [
    { regime: 'bull', cell: 3, configHash: 'a', strategy, score: 1 / 3, trades: 12, alone: fold(5, 0.2) },
    { regime: 'bear', cell: 0, configHash: 'b', strategy, score: 2.5, trades: 30, alone: fold(5, 0.3) },
  ],
  contenders: [CONTENDER, { ...CONTENDER, cell: 4 }],
};

describe('a fold of a procedure, as it is stored,', () => {
  const bytes = encodeProcedure(PROCEDURE);

  test('comes back as it was, with and without champions', () => {
    expect(decodeProcedure(bytes)).toEqual(PROCEDURE);
    expect(encodeProcedure(decodeProcedure(bytes))).toEqual(bytes);
    const none = { ...PROCEDURE, champions: [] };
    expect(decodeProcedure(encodeProcedure(none))).toEqual(none);
  });

  test('of a time before contenders were kept is read, and says so', () => {
    const before = { ...PROCEDURE, contenders: null };
    const old = encodeProcedure(before);
    expect(Buffer.from(old.subarray(4, 17)).toString()).toBe('{"version":1,');
    expect(decodeProcedure(old)).toEqual(before);
    expect(Buffer.from(bytes.subarray(4, 17)).toString()).toBe('{"version":2,');
  });

  test('is read only as it was written', () => {
    for (const length of [3, 40, bytes.length - 9, bytes.length - 1]) {
      expect(() => decodeProcedure(bytes.subarray(0, length)), `${length}`).toThrow(
        'is not what was written',
      );
    }
    expect(() => decodeProcedure(Buffer.concat([bytes, new Uint8Array(4)]))).toThrow(
      'is not what was written',
    );
    const text = Buffer.from(bytes).toString('latin1').replace('"version":2', '"version":3');
    expect(() => decodeProcedure(Buffer.from(text, 'latin1'))).toThrow('Update Regimen');
  });
});
