import type { Configuration } from '../../contract/configuration.ts';
import { digestOf, uuidFrom } from '../../identity/digest.ts';
import { encodeModelFile } from '../../models/codec.ts';
import type { NewCell } from '../queues.ts';
import type { NewRun } from '../runs.ts';
import type { CellState, ChampionsTable, StrategiesTable } from '../schema.ts';

/** Rows for tests of what is done with a ledger; figures are made up, names and digests are as the engine makes them. */

export function exampleRun(n: number, changes: Partial<NewRun> = {}) {
  const runKey = digestOf(['run', n]);
  const uuid = uuidFrom(digestOf([runKey, 1]));
  return {
    id: n,
    uuid,
    run_key: runKey,
    attempt: 1,
    config_hash: digestOf(['configuration', n]),
    model_type: 'ridge',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    days_history: 60,
    horizon: n,
    indicator_timeframes: '{}',
    hyperparameters: '{"alpha":1}',
    synthetic: 0,
    basis: '{"candles":"c"}',
    status: 'completed',
    kept: 0,
    train_rows: 1000,
    rmse: 0.01,
    mae: 0.005,
    r2: 0.1,
    rank_ic: 0.05,
    best_sharpe: 1 / 3 + n,
    strategies_tested: 135,
    results: Buffer.from(`results of ${n}\n"{}`),
    tries: '{"bull_trending":{"count":3,"sum":1.5,"sumSquares":9.25}}',
    importance: '{"names":["ä"],"gain":[1]}',
    artifact_file: null,
    artifact_bytes: 100,
    error: null,
    created_at: 1_700_000_000_000 + n,
    seconds: 0.25,
    ...changes,
  } satisfies NewRun;
}

export function exampleConfiguration(horizon: number): Configuration {
  return {
    modelType: 'ridge',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon,
    indicatorTimeframes: {},
    hyperparameters: { alpha: 1 },
  };
}

/** A cell that `exampleRun(n)` is the run of. */
export function exampleCell(n: number, state: CellState, runId: number | null): NewCell {
  const { config_hash: configHash, run_key: runKey } = exampleRun(n);
  return { configuration: exampleConfiguration(n), asOf: null, configHash, runKey, state, runId };
}

/** A run whose model is kept; its file's name. */
export function keptRun(n: number) {
  const run = exampleRun(n);
  return { ...run, kept: 1, artifact_file: `ridge_EURUSD_H1_${run.uuid}.model` };
}

const FIGURES = {
  sharpe: 1.5,
  max_drawdown: 0.1,
  win_rate: 0.6,
  profit_factor: null,
  total_return: 0.2,
  trades: 40,
  holdout_sharpe: 0.5,
  holdout_max_drawdown: 0.05,
  holdout_win_rate: 0.5,
  holdout_trades: 12,
};

export function exampleStrategy(index: number): Omit<StrategiesTable, 'run_id'> {
  return {
    ...FIGURES,
    strategy_index: index,
    prediction_method: 'direct',
    ensemble_method: 'mean',
    confidence_threshold: 0.4,
    lookback_window: 50,
  };
}

export function exampleChampion(runId: number, regime: string, score: number): ChampionsTable {
  return {
    ...FIGURES,
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime,
    run_id: runId,
    strategy_index: 0,
    score,
    achieved_at: 1_700_000_000_000,
  };
}

/** A model file that decodes; larger with more columns. */
export function exampleModel(n: number, columns = 3): Uint8Array {
  const { config_hash: configHash, run_key: runKey } = exampleRun(n);
  return encodeModelFile({
    configuration: exampleConfiguration(12),
    configHash,
    runKey,
    pipelineVersion: 1,
    trainingDataDigest: 'd',
    featureNames: Array.from({ length: columns }, (_, i) => `feature_${i}`),
    members: [Uint8Array.of(1, 2, n)],
  });
}
