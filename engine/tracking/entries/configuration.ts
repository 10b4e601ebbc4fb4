import { AXIS_LIST, type Configuration } from '../../contract/configuration.ts';
import type { StrategyDto } from '../../contract/dto/index.ts';
import { textsOf } from '../entry.ts';

/** A configuration as parameters: an axis each under its name, hyper-parameters under their own (`max_depth`, `long.max_depth`). */
export function configurationParams(configuration: Configuration): Record<string, string> {
  const params: Record<string, string> = {};
  for (const { key, name, initial } of AXIS_LIST) {
    const value: unknown = configuration[key];
    if (value === undefined || value === initial) continue;
    if (key === 'hyperparameters') flatten(value, '', params);
    else params[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return textsOf(params);
}

function flatten(value: unknown, prefix: string, into: Record<string, string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    into[prefix] = Array.isArray(value) ? JSON.stringify(value) : String(value);
    return;
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, prefix ? `${prefix}.${key}` : key, into);
}

export function strategyParams(strategy: StrategyDto): Record<string, string> {
  return textsOf({
    prediction_method: strategy.predictionMethod,
    ensemble_method: strategy.ensembleMethod,
    confidence_threshold: strategy.confidenceThreshold,
    lookback_window: strategy.lookbackWindow,
  });
}
