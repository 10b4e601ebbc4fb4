import type { SimulationMarket } from '../backtest/simulator.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import type { Member } from '../models/model.ts';

/** Members that forecast one thing, log return, and what came of it. */
export interface EvaluatedSide {
  readonly members: readonly Member[];
  /** Of every row of the matrix, log return; NaN at the end, where outcomes are unknown. */
  readonly labels: Float64Array;
}

/** A trained model, and what it forecasts from and is held to. */
export interface EvaluatedModel extends EvaluatedSide {
  readonly horizon: number;
  /** Columns of the feature matrix, in training order. */
  readonly columns: readonly Float64Array[];
  /** Where there are two models, the one above is of long trades, and this of short ones. */
  readonly short?: EvaluatedSide | undefined;
  /** What its strategies trade in, where that is not the market of the span: their trades have exits. */
  readonly market?: SimulationMarket | undefined;
  /** Over the lanes of the span; needed when a strategy predicts recursively. */
  readonly rollout?: FeatureRollout | undefined;
}
