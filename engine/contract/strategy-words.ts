import type { StrategyDto } from './dto/index.ts';
import { plainName } from './plain-name.ts';
import { POLICY } from './words.ts';

/** Whether a row of results is an agent's own policy and none of an inference grid's strategies. */
export function isPolicy({ predictionMethod }: Pick<StrategyDto, 'predictionMethod'>): boolean {
  return predictionMethod === POLICY;
}

/** `direct multi, mean, confidence threshold 0, lookback 100`, or `policy`. */
export function strategyWords(strategy: StrategyDto): string {
  if (isPolicy(strategy)) return POLICY;
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return `${plainName(predictionMethod)}, ${plainName(ensembleMethod)}, confidence threshold ${confidenceThreshold}, lookback ${lookbackWindow}`;
}
