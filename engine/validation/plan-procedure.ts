import type { FoldBinder } from '../binding/folds.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import type { FoldOptions } from '../contract/validation.ts';
import { createGrid, type Grid } from '../grid/grid.ts';
import { foldRules } from './fold-rules.ts';
import { type Fold, planFolds } from './folds.ts';
import { assertTrainable, withBars } from './plan.ts';
import type { ProcedureSpec } from './spec.ts';

const DAY_MS = 86_400_000;

/** The grids of a grid's markets: each validated on its own. */
export function gridsOfMarkets({ spec, axes }: Grid): GridSpec[] {
  return axes.symbol.flatMap((symbol) =>
    axes.timeframe.map((timeframe): GridSpec => ({ ...spec, symbols: [symbol], timeframes: [timeframe] })),
  );
}

export interface ProcedurePlanInput {
  /** Of one market. */
  readonly grid: GridSpec;
  readonly options: FoldOptions;
  readonly selectionDays: number;
  /** Sub-models per model. */
  readonly members: number;
  /** See `ProcedureSpec`. */
  readonly survival?: ProcedureSpec['survival'];
}

/**
 * The folds of a procedure: as far apart as the longest of its windows asks for, each with room for every configuration of the grid.
 * @throws EngineError as `planValidation`; `invalid-input` in another scheme than `own`
 */
export function planProcedure(
  binder: FoldBinder,
  { grid: spec, options, selectionDays, members, survival }: ProcedurePlanInput,
): ProcedureSpec {
  if (options.scheme !== 'own') {
    throw new EngineError(
      'invalid-input',
      `A grid is validated with the windows that it trains and selects with: choose "own" instead of "${options.scheme}".`,
    );
  }
  const grid = createGrid(spec);
  const cells = [...grid.cells()];
  const configuration = cells.reduce((longest, cell) => (isLonger(cell, longest) ? cell : longest));
  const market = {
    ...binder.market(configuration),
    earliest: Math.max(
      ...distinct(cells, ({ encoder }) => encoder).map((cell) => binder.market(cell).earliest),
    ),
  };
  const rules = foldRules(options, {
    daysHistory: binder.trainingDays(configuration.daysHistory),
    selectionDays,
  });
  const subject = { configuration };
  const { folds, missing } = withBars(planFolds(rules, market), { market, subject });
  for (const cell of distinct(cells, ({ daysHistory, horizon }) => `${daysHistory} ${horizon}`)) {
    const own = folds.map((fold) => ({
      ...fold,
      training: trainingOf(fold, binder.trainingDays(cell.daysHistory)),
    }));
    const input = { configuration: cell, leadIn: 0, market, members };
    assertTrainable(input, { ...rules, trainDays: binder.trainingDays(cell.daysHistory) }, own);
  }
  return {
    procedure: { grid: spec, size: grid.size },
    configuration,
    strategy: null,
    regime: null,
    runId: null,
    champion: null,
    rules,
    folds,
    missing,
    movedDays: 0,
    // Strategies look back into the selection window.
    leadInBars: 0,
    ...(survival && { survival }),
  };
}

function isLonger(a: Configuration, b: Configuration): boolean {
  return a.daysHistory > b.daysHistory || (a.daysHistory === b.daysHistory && a.horizon > b.horizon);
}

/** A configuration's own training window in a fold, so many days long. */
export function trainingOf({ training: { to } }: Pick<Fold, 'training'>, days: number): Fold['training'] {
  return { from: to - days * DAY_MS, to };
}

/** The first of each. */
export function distinct<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
  const first = new Map<string, T>();
  for (const value of values) {
    const name = nameOf(value);
    if (!first.has(name)) first.set(name, value);
  }
  return [...first.values()];
}
