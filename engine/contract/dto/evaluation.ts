/** Models that are not of today's rules, and what was or is to be done about them. */
export interface StaleModelsDto {
  /** Configurations. */
  readonly count: number;
  /** Of those: a job of the queue is to work on them already. */
  readonly queued: number;
  /** What changed since, in words, most first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * What costs, regimes, rules of selection or the inference grid that changed since ask for: training would give the same models,
 * and other figures.
 */
export interface EvaluationPreviewDto {
  /** Kept models that can be evaluated again, without training. */
  readonly kept: StaleModelsDto;
  /** Deleted models, and kept ones whose file is missing: they would have to be trained again. */
  readonly deleted: StaleModelsDto;
  /** Kept models that training would give as others today, since the as-of date, candles, training settings or the pipeline changed. */
  readonly otherModels: number;
}
