/** The closed vocabularies that code, database and screen share. */

export const ENCODERS = ['absolute', 'normalized', 'time_delta'] as const;
export type EncoderName = (typeof ENCODERS)[number];

export const INDICATORS = [
  'sma',
  'ema',
  'macd',
  'adx',
  'rsi',
  'stochastic',
  'roc',
  'atr',
  'bollinger',
  'stddev',
  'obv',
  'vwap',
  'volume_sma',
] as const;
export type IndicatorName = (typeof INDICATORS)[number];

/** Of inference grids. */
export const PREDICTION_METHODS = ['direct', 'direct_multi', 'recursive'] as const;
export type ForecastMethod = (typeof PREDICTION_METHODS)[number];
/** What an agent trades by in place of an inference grid's strategies: what is worth most from the position that it is in. */
export const POLICY = 'policy';
/** All that strategies are called by. */
export const STRATEGY_METHODS = [...PREDICTION_METHODS, POLICY] as const;
export type PredictionMethod = (typeof STRATEGY_METHODS)[number];

export const ENSEMBLE_METHODS = ['mean', 'weighted', 'stacking'] as const;
export type EnsembleMethod = (typeof ENSEMBLE_METHODS)[number];

/** What strategies are ranked by, higher being better. */
export const SCORE_METRICS = [
  'sharpe',
  'sortino',
  'calmar',
  'profit_factor',
  'total_return',
  'composite',
] as const;
export type ScoreMetric = (typeof SCORE_METRICS)[number];

/**
 * What runs compete by: such a metric, or how likely each makes money in the window that follows, as a model of what survives says. Its
 * strategies are ranked by the Sharpe ratio then.
 */
export const EVALUATION_SCORES = [...SCORE_METRICS, 'survival'] as const;
export type EvaluationScore = (typeof EVALUATION_SCORES)[number];

/** What the strategies of one run are ranked by. */
export function rankedBy(score: EvaluationScore): ScoreMetric {
  return score === 'survival' ? 'sharpe' : score;
}

/** Among whom a champion is best: runs of the same symbol and timeframe, or all runs. */
export const CHAMPION_SCOPES = ['symbol_timeframe_regime', 'regime'] as const;
export type ChampionScope = (typeof CHAMPION_SCOPES)[number];

/** The quantities that regime rules compare. All but `volume` are free of the price scale. */
export const REGIME_MEASURES = [
  'trend_strength',
  'returns',
  'volatility',
  'volume',
  'momentum',
  'range',
] as const;
export type RegimeMeasure = (typeof REGIME_MEASURES)[number];

/** What figures are given in: a regime's name, or all bars. No regime has this name while its bars are all. */
export const ALL = 'all';

/** What a run's chances to survive are given in, beside its figures; no regime has this name. */
export const BY_SURVIVAL = 'by survival';

/** A user may call a regime `all`. */
export function regimeKey(regime: string): string {
  return regime === ALL ? `regime ${regime}` : regime;
}

/** The label of a bar for which no active regime's rules all hold. */
export const UNCLASSIFIED = 'unclassified';
