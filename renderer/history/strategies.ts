import type {
  MetricsDto,
  RunDetailDto,
  StrategyDto,
  StrategyResultDto,
} from '../../engine/contract/dto/index.ts';
import { isPolicy } from '../../engine/contract/strategy-words.ts';
import type { HeatColumn } from '../charts/heat-map.tsx';
import { titleOf } from '../ui/format.ts';
import { texts } from './texts.ts';

/** `Direct, mean, confidence threshold 0.6, lookback 50`; of an agent `Policy`. */
export function strategyLabel(strategy: StrategyDto): string {
  if (isPolicy(strategy)) return titleOf(strategy.predictionMethod);
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return texts.confidenceLookback({
    predictionMethod: titleOf(predictionMethod),
    ensembleMethod: titleOf(ensembleMethod).toLowerCase(),
    confidenceThreshold,
    lookbackWindow,
  });
}

/** The strategy with the highest Sharpe ratio over the selection window; undefined for a failed run. */
export function bestStrategy({ strategies }: RunDetailDto): StrategyResultDto | undefined {
  return strategies.reduce<StrategyResultDto | undefined>(
    (best, strategy) => (best === undefined || sharpeOf(strategy) > sharpeOf(best) ? strategy : best),
    undefined,
  );
}

/** A strategy without one comes last. */
function sharpeOf({ selection }: StrategyResultDto): number {
  return selection.sharpe ?? Number.NEGATIVE_INFINITY;
}

/** Where a figure is taken from: the selection window, the holdout, or a regime by its index. */
export type MetricsScope = 'selection' | 'holdout' | number;

/** The holdout is asked for only where it is open. */
export function metricsOf(strategy: StrategyResultDto, scope: MetricsScope): MetricsDto {
  return typeof scope === 'number' ? strategy.regimes[scope]! : strategy[scope]!;
}

export interface StrategyHeat {
  readonly rows: readonly string[];
  readonly columns: readonly HeatColumn[];
  readonly values: readonly (readonly (number | null)[])[];
  /** `[row, column]` of a strategy. */
  cellOf(strategy: StrategyDto): readonly [number, number];
}

/**
 * Strategies as a grid: prediction method and way of combining down, confidence thresholds and lookback windows across.
 * Null where a strategy made no trade: its figures say nothing.
 */
export function strategyHeat(
  strategies: readonly StrategyResultDto[],
  figure: (metrics: MetricsDto) => number | null,
  scope: MetricsScope,
): StrategyHeat {
  const rowOf = (s: StrategyDto) =>
    isPolicy(s)
      ? titleOf(s.predictionMethod)
      : `${titleOf(s.predictionMethod)} · ${titleOf(s.ensembleMethod).toLowerCase()}`;
  const columnOf = (s: StrategyDto) => `${s.confidenceThreshold} ${s.lookbackWindow}`;
  const rows = [...new Set(strategies.map(rowOf))];
  const columns = new Map<string, HeatColumn>();
  for (const s of [...strategies].sort(byColumn)) {
    columns.set(columnOf(s), {
      key: columnOf(s),
      label: String(s.lookbackWindow),
      group: texts.confidenceThreshold({ confidenceThreshold: s.confidenceThreshold }),
    });
  }
  const keys = [...columns.keys()];
  const values: (number | null)[][] = rows.map(() => keys.map(() => null));
  const cellOf = (s: StrategyDto) => [rows.indexOf(rowOf(s)), keys.indexOf(columnOf(s))] as const;
  for (const s of strategies) {
    const [row, column] = cellOf(s);
    const metrics = metricsOf(s, scope);
    values[row]![column] = metrics.trades === 0 ? null : figure(metrics);
  }
  return { rows, columns: [...columns.values()], values, cellOf };
}

function byColumn(a: StrategyDto, b: StrategyDto): number {
  return a.confidenceThreshold - b.confidenceThreshold || a.lookbackWindow - b.lookbackWindow;
}
