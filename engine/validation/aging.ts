import type { AgingDto } from '../contract/dto/index.ts';
import type { FoldFigures } from './fold-average.ts';
import type { PlannedFold } from './spec.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/** A fold as far as its aging goes. */
export interface AgedFold extends Pick<PlannedFold, 'index' | 'kind' | 'model' | 'test'> {
  readonly counted: boolean;
  readonly figures: FoldFigures | undefined;
}

/**
 * What the first model loses from window to window: its own test, and the aging folds. Only counted windows that are computed have
 * a say. Null where no fold ages.
 */
export function agingOf(folds: readonly AgedFold[]): AgingDto | null {
  const [first] = folds;
  if (first === undefined || folds.every(({ kind }) => kind !== 'aging')) return null;
  const windows = folds.filter(({ model, counted, figures }) => model === first.model && counted && figures);
  const ages = windows.map(({ index, test }) => ({
    days: ((test.from + test.to) / 2 - first.test.from) / DAY_MS,
    fold: index,
  }));
  const fall = (metric: 'spearman' | 'sharpe') => {
    const points = windows.flatMap(({ figures }, i) => {
      const value = figures?.[metric]?.value;
      return value === undefined ? [] : [{ x: ages[i]!.days / MONTH_DAYS, y: value }];
    });
    const slope = slopeOf(points);
    return slope === null ? null : 0 - slope;
  };
  return { ages, spearmanPerMonth: fall('spearman'), sharpePerMonth: fall('sharpe') };
}

/** By least squares; null for fewer than two different x. */
function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  const n = points.length;
  const mx = points.reduce((sum, { x }) => sum + x, 0) / n;
  const my = points.reduce((sum, { y }) => sum + y, 0) / n;
  const sxx = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
  return sxx > 0 ? points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / sxx : null;
}
