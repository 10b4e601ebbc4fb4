import type { BoundFold, FoldBinder } from '../binding/folds.ts';
import type { Candles } from '../market/candles.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { type BoundProcedure, boundProcedure } from './bound-procedure.ts';
import { foldCells, testWindowName } from './fold-windows.ts';
import { foldSubject, type ModelSpec, type ProcedureSpec, type ValidationSpec } from './spec.ts';
import type { ClosedFold } from './survival-rows.ts';

/** A model of a validation, and the folds that are tested with it. */
export interface BoundModel {
  readonly bound: BoundFold;
  readonly folds: readonly { readonly index: number; readonly key: string; readonly window: string }[];
}

/** By what a procedure's champions are chosen. */
export interface ProcedureChoice {
  readonly rules: SelectionRules;
  /** Where that is what survives: the folds that can be learned from. */
  readonly learned?: (spec: ProcedureSpec) => readonly ClosedFold[];
}

/** What a validation computes at once: a model, or a whole fold of a procedure. */
export type BoundWork = BoundModel | BoundProcedure;

/**
 * The models of a validation, or the folds of a procedure, in its order, bound to what the workspace has now.
 *
 */
export function boundWork(
  binder: FoldBinder,
  spec: ValidationSpec,
  candles: Candles,
  { rules, learned }: ProcedureChoice,
): BoundWork[] {
  return spec.procedure === undefined
    ? boundModels(binder, spec, candles)
    : boundProcedure(binder, spec, candles, { rules, learned: learned?.(spec) });
}

function boundModels(binder: FoldBinder, spec: ModelSpec, candles: Candles): BoundModel[] {
  const subject = foldSubject(spec);
  return foldCells(spec.folds, spec.rules, candles, spec.leadInBars).map(({ fold, asOf, windows }) => {
    const tested = spec.folds.filter(({ model }) => model === fold);
    const bound = binder.bind(subject, {
      asOf,
      windows,
      tests: tested.map(({ index }) => testWindowName(index)),
    });
    return {
      bound,
      folds: tested.map(({ index }) => {
        const window = testWindowName(index);
        return { index, window, key: bound.keys.get(window)! };
      }),
    };
  });
}
