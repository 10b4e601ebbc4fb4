import type { StrategyDto, StrategyResultDto } from '../../engine/contract/dto/index.ts';

/** Which of a run's strategies it is; undefined when it is none of them. */
export function indexOfStrategy(
  strategies: readonly StrategyResultDto[],
  strategy: StrategyDto,
): number | undefined {
  return strategies.find(
    (one) =>
      one.predictionMethod === strategy.predictionMethod &&
      one.ensembleMethod === strategy.ensembleMethod &&
      one.confidenceThreshold === strategy.confidenceThreshold &&
      one.lookbackWindow === strategy.lookbackWindow,
  )?.index;
}
