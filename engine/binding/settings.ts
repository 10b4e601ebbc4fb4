import type { CostModel } from '../backtest/costs.ts';
import { type Config, costsOf } from '../config/schema.ts';
import type { StrategyAxes } from '../inference/strategy-grid.ts';
import type { WindowDays } from '../pipeline/windows.ts';

export function strategyAxes({ inference_grid: grid }: Pick<Config, 'inference_grid'>): StrategyAxes {
  return {
    predictionMethods: grid.prediction_methods,
    ensembleMethods: grid.ensemble_methods,
    confidenceThresholds: grid.confidence_thresholds,
    lookbackWindows: grid.lookback_windows,
  };
}

export function costModel(config: Config, symbol: string): CostModel {
  const costs = costsOf(config, symbol);
  return {
    spreadPips: costs.spread_pips,
    slippagePips: costs.slippage_pips,
    commissionPerSide: costs.commission_per_side,
    swapLongPips: costs.swap_long_pips,
    swapShortPips: costs.swap_short_pips,
  };
}

export function windowDays({ evaluation }: Config): WindowDays {
  return { holdoutDays: evaluation.holdout_days, selectionDays: evaluation.selection_days };
}
