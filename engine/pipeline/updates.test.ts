import { beforeAll, describe, expect, test } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import type { LinearMember } from '../models/linear/member.ts';
import { decodeSums } from '../models/linear/sums.ts';
import type { TreeEnsemble } from '../models/trees/ensemble.ts';
import type { BatchContext } from './context.ts';
import { fitMembers } from './fit-members.ts';
import type { RefitJob } from './job.ts';
import {
  baseContext,
  membersOf,
  type RefitAt,
  refitAt as refitOf,
  updateErrors,
} from './testing/update-folds.ts';

const CANDLES = randomCandles(5200, 'H1', 11);
const NEWEST = CANDLES.time[CANDLES.length - 1]! - 20 * 86_400_000;

let base: BatchContext;
beforeAll(() => {
  base = baseContext(CANDLES, 20);
});

/** A refit `days` before the newest bar; `before`: what it goes on from. */
const refitAt = (days: number, of: Omit<RefitAt, 'newest' | 'days'>) =>
  refitOf(base, { newest: NEWEST, days, ...of });

describe.each([
  ['linear_regression', 'return', {}],
  ['ridge', 'return', { alpha: 10 }],
  ['lasso', 'return', { alpha: 0.02 }],
  ['elasticnet', 'return', {}],
  ['ridge', 'outcome 2:1', {}],
] as const)('%s on %s', (model, target, hyperparameters) => {
  test('sums that are moved window by window give what a fit on the last one gives, to 1e-9', () => {
    const type = modelType(model);
    let update: RefitJob['update'] = {};
    const steps = [28, 21, 14, 13, 7, 0];
    let last: ReturnType<typeof refitAt>['refit'] | undefined;
    for (const days of steps) {
      last = refitAt(days, { model, target, hyperparameters, before: [], update }).refit;
      if (days < 28) expect(last.moved?.added).toBeGreaterThan(0);
      update = { sums: last.sums };
    }
    const fresh = refitAt(0, { model, target, hyperparameters, before: [] });
    const { matrix } = fresh.context.features;
    const { labels } = fresh.context.target(target, 6).sides[0]!;
    const window = { from: matrix.fitEnd - 1000, to: matrix.fitEnd - 10 };
    const scale = Math.sqrt(
      labels.subarray(window.from, window.to).reduce((sum, y) => sum + y * y, 0) / (window.to - window.from),
    );
    membersOf(last!).forEach((bytes, k) => {
      const [moved, fitted] = [bytes, membersOf(fresh.refit)[k]!].map(
        (one) => type.decode(one) as LinearMember,
      );
      expect(moved!.used).toEqual(fitted!.used);
      const [a, b] = [moved!, fitted!].map((member) => {
        const out = new Float64Array(990);
        member.predict(matrix.columns, window.from, 990, out);
        return out;
      });
      a!.forEach((value, i) => {
        expect(Math.abs(value - b![i]!) / scale).toBeLessThan(1e-9);
      });
    });
    // A fit would not see a row that was dropped or added wrongly by less than this.
    const [kept, own] = [last!, fresh.refit].map(({ sums }) => decodeSums(sums![0]!));
    expect(kept!.ranges).toEqual(own!.ranges);
    expect(kept!.moments.rows).toBe(own!.moments.rows);
  });
});

test('sums of features that are shifted by other centers count for nothing', () => {
  const first = refitAt(7, { model: 'ridge', before: [] }).refit;
  const broken = first.sums!.map((bytes) => {
    const { ranges, moments } = decodeSums(bytes);
    expect(ranges.length).toBeGreaterThan(0);
    const at =
      bytes.length - 8 * (2 + moments.labelProducts.length + moments.gram.length + 2 * moments.sums.length);
    const copy = bytes.slice();
    new DataView(copy.buffer).setFloat64(at, 12.5, true);
    return copy;
  });
  const anew = refitAt(0, { model: 'ridge', before: [], update: { sums: broken } }).refit;
  const fresh = refitAt(0, { model: 'ridge', before: [] }).refit;
  expect(anew.moved).toBeUndefined();
  expect(anew.artifact).toEqual(fresh.artifact);
});

test('logistic regression has no sums: it is fitted on its window', () => {
  const first = refitAt(7, { model: 'ridge', target: 'direction', before: [] }).refit;
  expect(first.sums).toBeUndefined();
});

const SMALL = { n_estimators: 24 };
describe.each(['xgboost', 'lightgbm', 'gradient_boosting', 'random_forest'])('%s', (model) => {
  test.each(['return', 'direction'])(
    'on %s a replay is, bit for bit, the updates that were done',
    (target) => {
      const asked = { model, target, hyperparameters: SMALL };
      const root = refitAt(14, { ...asked, before: [] }).refit;
      const second = refitAt(7, { ...asked, before: [14], update: { members: membersOf(root) } }).refit;
      expect(second.newRows).toBeGreaterThan(80);
      const third = refitAt(0, { ...asked, before: [14, 7], update: { members: membersOf(second) } }).refit;
      const { context, job, earlier } = refitAt(0, { ...asked, before: [14, 7] });
      expect(earlier).toHaveLength(2);
      const type = modelType(model);
      const replayed = fitMembers(context, { ...job, earlier });
      expect(replayed.fitted.map(({ member }) => type.encode(member))).toEqual(membersOf(third));
      expect(membersOf(third)).not.toEqual(membersOf(second));
    },
  );

  test('renews as many trees as the share of its bars that is new, or grows half as many', () => {
    const asked = { model, hyperparameters: SMALL };
    const root = refitAt(14, { ...asked, before: [] }).refit;
    const { refit } = refitAt(0, { ...asked, before: [14], update: { members: membersOf(root) } });
    const isForest = model === 'random_forest';
    const each = Math.ceil((24 * refit.newRows) / refit.trainRows / (isForest ? 1 : 2));
    expect(refit.trees).toEqual({ added: 3 * each, dropped: isForest ? 3 * each : 0 });
    const ensembles = membersOf(refit).map((bytes) => modelType(model).decode(bytes) as TreeEnsemble);
    for (const { parts } of ensembles) {
      expect(parts.nodes.roots).toHaveLength(isForest ? 24 : 24 + each);
    }
    const before = modelType(model).decode(membersOf(root)[0]!) as TreeEnsemble;
    const now = ensembles[0]!;
    // The oldest trees come first: a forest's are gone, those of boosting say less than they did.
    const first = ({ parts: { nodes, cuts } }: TreeEnsemble) => cuts[nodes.feature[0]!]![nodes.cut[0]!]!;
    const kept = isForest ? before.parts.nodes.roots.subarray(each).length : before.parts.nodes.roots.length;
    expect(kept + each).toBe(now.parts.nodes.roots.length);
    if (!isForest) expect(first(now)).toBe(first(before));
    const leaf = (of: TreeEnsemble) => of.parts.nodes.value.find((value) => value !== 0)!;
    if (!isForest) expect(leaf(now) / leaf(before)).toBeCloseTo(1 - refit.newRows / refit.trainRows, 5);
  });

  test('members never learn from what they left out', () => {
    const { context, job, earlier } = refitAt(0, { model, hyperparameters: SMALL, before: [14, 7] });
    const root = fitMembers(context, { ...job, training: earlier[0]! });
    const updated = fitMembers(context, { ...job, earlier });
    updated.fitted.forEach(({ data }, k) => {
      const block = root.fitted[k]!.data.leftOut;
      expect(data.leftOut.from).toBeGreaterThanOrEqual(block.from);
      expect(data.leftOut.to).toBe(block.to);
      for (const { from, to } of data.train) {
        expect(to <= block.from - 6 || from >= block.to + 6).toBe(true);
      }
      expect(data.train.at(-1)!.to).toBe(updated.window.to);
    });
  });
});

/**
 * Two updates, a week apart, of 90 days and three members: near the most that they may take in. Of each kind one type; the others, at their
 * defaults and on real candles, are the benchmark's (`bench -- updates`, which holds them to the same bound).
 */
const UPDATES = { folds: 20, trainDays: 90, testDays: 10, before: [14, 7] };
const BOUND = 1.01;

describe('out of sample over 20 folds, an update is no worse than a fresh fit by 1 %', () => {
  test.each([
    ['xgboost', 'return'],
    ['xgboost', 'direction'],
    ['random_forest', 'return'],
    ['random_forest', 'direction'],
  ])(
    '%s on %s',
    (model, target) => {
      const errors = updateErrors({
        ...UPDATES,
        candles: randomCandles(7500, 'H1', 5),
        modelType: model,
        target,
        hyperparameters: { n_estimators: 20 },
      });
      expect(errors.updated / errors.fresh).toBeLessThan(BOUND);
      // It is no copy of either.
      expect(errors.updated).not.toBe(errors.fresh);
      expect(errors.updated).not.toBe(errors.stale);
    },
    120_000,
  );
});
