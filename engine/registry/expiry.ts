import { validationsOf } from '../store/validations.ts';
import type { VersionRow } from '../store/versions.ts';
import { readValidation } from '../validation/to-dto.ts';
import { subjectOf, subjectOfSpec } from '../validation/verdicts.ts';
import { readManifest } from './manifest.ts';
import type { ViewDeps } from './views.ts';

const DAY_MS = 86_400_000;

/**
 * When a version is to be trained anew, ms since 1970-01-01 UTC: `registry.expire_days` after it was made, or at the age at which half
 * of what the first model of its newest quick validation earned when it was fresh is gone, where that is sooner.
 */
export function expiryOf({ store, config }: Pick<ViewDeps, 'store' | 'config'>, row: VersionRow): number {
  const { configHash, strategy, regime } = readManifest(row);
  const subject = subjectOf({ configHash, strategy, regime });
  const quick = validationsOf(store).findLast(
    (one) => one.scheme === 'quick' && one.config_hash === configHash && one.regime === regime,
  );
  const days = config().registry.expire_days;
  if (quick === undefined) return row.created_at + days * DAY_MS;
  const { spec, folds } = readValidation(store, quick);
  const half = subjectOfSpec(spec) === subject ? halfLife(agesOf(folds)) : null;
  return row.created_at + Math.min(days, half ?? Number.POSITIVE_INFINITY) * DAY_MS;
}

/** What a model earned at an age. */
export interface Aged {
  /** Days from the end of its training to the middle of the window. */
  readonly age: number;
  /** Mean net log return a bar. */
  readonly mean: number;
}

function agesOf(folds: ReturnType<typeof readValidation>['folds']): Aged[] {
  const [first] = folds;
  return folds.flatMap(({ model, counted, result, test }) =>
    model !== first!.model || !counted || result === undefined || result.netReturn.length === 0
      ? []
      : [
          {
            age: ((test.from + test.to) / 2 - first!.test.from) / DAY_MS,
            mean: result.netReturn.reduce((sum, r) => sum + r, 0) / result.netReturn.length,
          },
        ],
  );
}

/**
 * Days at which a straight line through the means (least squares) has lost half of the first one, at least 1; null where the first earned
 * nothing, or nothing is lost.
 */
export function halfLife(windows: readonly Aged[]): number | null {
  const [fresh] = windows;
  if (fresh === undefined || windows.length < 2 || fresh.mean <= 0) return null;
  const age = windows.reduce((sum, one) => sum + one.age, 0) / windows.length;
  const mean = windows.reduce((sum, one) => sum + one.mean, 0) / windows.length;
  const squares = windows.reduce((sum, one) => sum + (one.age - age) ** 2, 0);
  const slope = windows.reduce((sum, one) => sum + (one.age - age) * (one.mean - mean), 0) / squares;
  if (!(slope < 0)) return null;
  return Math.max(1, age + (fresh.mean / 2 - mean) / slope);
}
