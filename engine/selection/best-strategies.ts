import {
  ALL_BARS,
  type EvaluationTable,
  knownStrategies,
  metricReader,
} from '../pipeline/evaluation-table.ts';

/** How many of a run's strategies are kept with all of their figures, whatever they win. */
const BEST_STRATEGIES = 10;

/** Sharpe ratio of the best strategy over all bars of the selection window; -Infinity where none has one. */
export function highestSharpe(table: EvaluationTable): number {
  return Math.max(...knownStrategies(table).map(sharpeReader(table)));
}

/** Indices of the best strategies by Sharpe over all bars of the selection window, best first, those without one last. */
export function bestStrategies(table: EvaluationTable): number[] {
  const sharpeOf = sharpeReader(table);
  // The few best are kept in their order: to sort all takes five times as long.
  const best: { readonly strategy: number; readonly sharpe: number }[] = [];
  for (const strategy of knownStrategies(table)) {
    const sharpe = sharpeOf(strategy);
    let place = best.length;
    while (place > 0 && sharpe > best[place - 1]!.sharpe) place--;
    if (place >= BEST_STRATEGIES) continue;
    best.splice(place, 0, { strategy, sharpe });
    if (best.length > BEST_STRATEGIES) best.pop();
  }
  return best.map(({ strategy }) => strategy);
}

/** Of a strategy over all bars of the selection window; -Infinity where it has none. */
function sharpeReader(table: EvaluationTable): (strategy: number) => number {
  const sharpe = metricReader(table, 'selection', 'sharpe');
  return (strategy) => {
    const value = sharpe(strategy, ALL_BARS);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
}
