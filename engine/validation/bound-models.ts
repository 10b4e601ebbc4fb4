import type { BoundFold, FoldBinder } from '../binding/folds.ts';
import type { Candles } from '../market/candles.ts';
import { foldCells, testWindowName } from './fold-windows.ts';
import { foldSubject, type ValidationSpec } from './spec.ts';

/** A model of a validation, and the folds that are tested with it. */
export interface BoundModel {
  readonly bound: BoundFold;
  readonly folds: readonly { readonly index: number; readonly key: string; readonly window: string }[];
}

/** The models of a validation in its order, bound to what the workspace has now. */
export function boundModels(binder: FoldBinder, spec: ValidationSpec, candles: Candles): BoundModel[] {
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
