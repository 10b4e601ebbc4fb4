import { configHash } from '../../cells/config-hash.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { RobustnessDto } from '../../contract/dto/index.ts';
import { digestOf, sha256, uuidFrom } from '../../identity/digest.ts';
import { encodeModelFile } from '../../models/codec.ts';
import { encodeLinearMember, LinearMember } from '../../models/linear/member.ts';
import { SAMPLE_WIDTH, type ScopeLuck } from '../../pipeline/luck.ts';
import type { Look } from '../looks.ts';
import type { TriedCell } from '../luck.ts';
import type { NewCell } from '../queues.ts';
import type { NewRun } from '../runs.ts';
import type { CellState, ChampionsTable, EvaluatedColumns, StrategiesTable } from '../schema.ts';

/** Rows for tests of what is done with a ledger; figures are made up, names and digests are as the engine makes them. */

export function exampleRun(n: number, changes: Partial<NewRun> = {}) {
  const runKey = digestOf(['run', n]);
  const uuid = uuidFrom(digestOf([runKey, 1]));
  return {
    id: n,
    uuid,
    run_key: runKey,
    training_key: null,
    evaluation_keys: null,
    attempt: 1,
    config_hash: configHash(exampleConfiguration(n)),
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
    selection: '{"score":"sharpe"}',
    tries: '{"bull_trending":{"count":3,"sum":1.5,"sumSquares":9.25}}',
    importance: '{"names":["ä"],"gain":[1]}',
    left_out: null,
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
    target: 'return',
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

export const FIGURES: EvaluatedColumns = {
  sharpe: 1.5,
  sharpe_error: 2,
  sortino: 2.25,
  max_drawdown: 0.1,
  calmar: 3,
  win_rate: 0.6,
  profit_factor: null,
  expectancy: 0.001,
  total_return: 0.2,
  trades: 40,
  exposure: 0.3,
  longest_losing_streak: 4,
  composite: 0.55,
  roi: 0.05,
  average_win: 0.002,
  average_loss: 0.0015,
  kelly: 0.04,
  kelly_error: 0.02,
  score_result: 0.6,
  score_stake: 0.58,
  score_profit: 0.52,
  score_wins: 0.51,
  score_run_up: 0.54,
  holdout_sharpe: 0.5,
  holdout_sharpe_error: 3.5,
  holdout_max_drawdown: 0.05,
  holdout_win_rate: 0.5,
  holdout_profit_factor: 1.1,
  holdout_total_return: 0.01,
  holdout_trades: 12,
  holdout_composite: 0.51,
};

export function exampleStrategy(index: number): Omit<StrategiesTable, 'run_id'> {
  return {
    ...FIGURES,
    strategy_index: index,
    rank: index + 1,
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
    stale: null,
    basis: null,
    achieved_at: 1_700_000_000_000,
    luck_score: 1.25,
    skewness: -0.5,
    kurtosis: 4.5,
  };
}

function exampleMember(n: number, columns: number): LinearMember {
  const one = (value: number) => Float64Array.of(value);
  return new LinearMember({
    featureCount: columns,
    used: Uint32Array.of(0),
    coefficients: one(n),
    means: one(0.5),
    deviations: one(0.25),
    intercept: 0.001,
  });
}

/** A model file that decodes; larger with more columns. */
export function exampleModel(n: number, columns = 3): Uint8Array {
  const { config_hash: configHash, run_key: runKey } = exampleRun(n);
  return encodeModelFile({
    configuration: exampleConfiguration(12),
    configHash,
    modelKey: runKey,
    pipelineVersion: 1,
    trainingDataDigest: 'd',
    featureNames: Array.from({ length: columns }, (_, i) => `feature_${i}`),
    members: [encodeLinearMember(exampleMember(n, columns))],
  });
}

/** What the n-th cell tried on all bars and in `bull`: three strategies over four days. */
export function exampleTried(n = 1): TriedCell {
  const floats = (length: number, first: number) => Float64Array.from({ length }, (_, i) => first + i * n);
  const scope = (first: number): ScopeLuck => ({
    count: 3,
    sharpeSum: first,
    sharpeSquares: first * first,
    standardized: { count: 3, sum: floats(4, first) },
    maxima: floats(500, first),
    sample: Float32Array.from(floats(3 * SAMPLE_WIDTH, 0), (x, i) =>
      i % SAMPLE_WIDTH === 0 ? i / SAMPLE_WIDTH : x,
    ),
  });
  return {
    symbol: 'EURUSD',
    timeframe: 'H1',
    evaluationKeys: { all: sha256(`all ${n}`), bull: sha256(`bull ${n}`) },
    selection: { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 3, 1) },
    regimeNames: ['bull', 'never'],
    luck: {
      bars: 1500,
      barsPerYear: 6200,
      days: Float64Array.of(19_723, 19_724, 19_725, 19_726),
      scopes: [
        scope(n),
        scope(2 * n),
        { ...scope(0), count: 0, maxima: new Float64Array(), sample: new Float32Array() },
      ],
      shapes: new Float64Array(),
    },
  };
}

export function exampleRobustness(score: number): RobustnessDto {
  const outcome = { score, trades: 40 };
  return {
    scoredBy: 'sharpe',
    breakEven: 0,
    own: outcome,
    neighbors: [{ axis: 'lookbackWindow', value: 50, ...outcome }],
    neighborMedian: score,
    neighborRatio: 1,
    costs: [{ factor: 2, score: score / 2, trades: 40 }],
    late: { score: null, trades: 0 },
    withoutBest: { part: 0.05, score: score / 3, trades: 38 },
    random: { sets: 1000, percentile: 0.93, quantiles: [{ part: 0.5, score: -0.1 }] },
  };
}

export function exampleLook(): Look {
  return {
    symbol: 'EURUSD',
    timeframe: 'H1',
    holdout_from: 1,
    holdout_to: 2,
    opened_at: 3,
    opened_by: 'window',
    opened_for: 'all',
  };
}

/** A first champion, of a strategy of a run. */
export function exampleAudit(run: number) {
  return {
    at: 1,
    run_id: run,
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull',
    decision: 'champion',
    strategy_index: 0,
    old_run_id: null,
    old_score: null,
    old_stored_score: null,
    old_score_error: null,
    new_score_error: null,
    new_score: 1.5,
    margin: null,
    trades: 40,
    reason: 'first',
  };
}
