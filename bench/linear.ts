import type { FeatureMatrix } from '../engine/features/matrix.ts';
import { parseHyperparameters } from '../engine/models/catalog.ts';
import { elasticnet, lasso, linearRegression, ridge } from '../engine/models/linear/index.ts';
import { memberSplits } from '../engine/models/members.ts';
import type { AnyModelType } from '../engine/models/model.ts';
import { createPrng } from '../engine/random/prng.ts';
import { medianMs, type Subject } from './subject.ts';

const ROWS = 3000;
const FEATURES = 40;
const MEMBERS = 3;
const HORIZON = 12;

export const linearSubject: Subject = {
  name: 'linear',
  title: 'one linear configuration, 3 members on 3,000 x 40',
  async measure(runs = 31) {
    const features = correlatedFeatures();
    const labels = weakLabels(features);
    const figures = [linearRegression, ridge, lasso, elasticnet].flatMap((type) => [
      {
        name: `${type.name}, first of its batch`,
        value: medianMs(runs, () => fitMembers(type, { ...features }, labels.slice())),
        unit: 'ms',
        atMost: 5,
      },
      {
        name: `${type.name}, first of its horizon`,
        // Labels that no model has seen: nothing of an earlier run can be used.
        value: medianMs(runs, () => fitMembers(type, features, labels.slice())),
        unit: 'ms',
        atMost: 5,
      },
      {
        name: `${type.name}, after another of its horizon`,
        value: medianMs(runs, () => fitMembers(type, features, labels)),
        unit: 'ms',
        atMost: 5,
      },
    ]);
    return { data: 'synthetic correlated features with a weak signal', runs, figures };
  },
};

function fitMembers(type: AnyModelType, features: FeatureMatrix, labels: Float64Array): void {
  const hyperparameters = parseHyperparameters(type, {});
  for (const split of memberSplits({ from: 0, to: ROWS }, MEMBERS, HORIZON)) {
    type.fit({ features, labels, ...split, seed: 1 }, hyperparameters);
  }
}

/** Slow waves with noise, as indicators are: neighbors have much in common. */
function correlatedFeatures(): FeatureMatrix {
  const prng = createPrng(5);
  const common = Float64Array.from({ length: ROWS }, () => prng.normal());
  const columns = Array.from({ length: FEATURES }, () => {
    let level = 0;
    return common.map((x) => {
      level = 0.95 * level + prng.normal();
      return level + x;
    });
  });
  const names = columns.map((_, j) => `feature_${j}`);
  return { names, columns, rows: ROWS, firstValid: 0, fitEnd: ROWS };
}

function weakLabels({ columns }: FeatureMatrix): Float64Array {
  const prng = createPrng(6);
  return columns[0]!.map((x, i) => 1e-3 * (0.05 * x - 0.03 * columns[1]![i]! + prng.normal()));
}
