import { expect, test } from 'vitest';
import { hasPeers, python } from '../../testing/peers.ts';
import type { ClassWeight, TrainingSet } from '../model.ts';
import { labelsFrom, matrixOf, noiseFeatures } from '../testing/data.ts';
import { elasticnet, lasso, linearRegression, ridge } from './index.ts';
import type { LinearMember } from './member.ts';

const ROWS = 300;
// Rounded, so that all of them fit into one argument of a command.
const columns = noiseFeatures(41, ROWS, 5).map((column) => column.map((x) => Math.round(1e3 * x) / 1e3));
const labels = labelsFrom(42, columns[1]!, 0.5).map((y) => (y > 3e-4 ? 1 : 0));

function setOf(classWeight: ClassWeight): TrainingSet {
  const all = { from: 0, to: ROWS };
  const leftOut = { from: ROWS, to: ROWS };
  return {
    features: matrixOf(columns),
    labels,
    train: [all],
    leftOut,
    seed: 1,
    task: 'classes',
    classWeight,
  };
}

/** Each with the same penalty as scikit-learn names it. */
const CASES: readonly [(set: TrainingSet) => LinearMember, string][] = [
  [(set) => linearRegression.fit(set, {}), 'C=np.inf, solver="lbfgs"'],
  [(set) => ridge.fit(set, { alpha: 0.5 }), 'C=1/0.5, solver="lbfgs"'],
  [(set) => ridge.fit(set, { alpha: 40 }), 'C=1/40, solver="lbfgs"'],
  [(set) => lasso.fit(set, { alpha: 0.02 }), `C=1/(${ROWS}*0.02), l1_ratio=1, solver="saga"`],
  [
    (set) => elasticnet.fit(set, { alpha: 0.05, l1_ratio: 0.3 }),
    `C=1/(${ROWS}*0.05), l1_ratio=0.3, solver="saga"`,
  ],
];
const WEIGHTS: readonly [ClassWeight, string][] = [
  ['none', 'None'],
  ['balanced', '"balanced"'],
];

test.skipIf(!hasPeers())('scikit-learn finds the same probabilities', () => {
  const fits = WEIGHTS.flatMap(([, weight]) =>
    CASES.map(
      ([, arguments_]) =>
        `LogisticRegression(${arguments_}, class_weight=${weight}, tol=1e-11, max_iter=100000)`,
    ),
  );
  const expected: number[][] = JSON.parse(
    python(`
import json, warnings
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
warnings.filterwarnings('ignore')
x = np.array(json.loads('''${JSON.stringify(columns.map((column) => [...column]))}''')).T
y = np.array(${JSON.stringify([...labels])})
z = StandardScaler().fit_transform(x)
print(json.dumps([list(m.fit(z, y).predict_proba(z)[:, 1]) for m in [${fits.join(', ')}]]))`),
  );
  const found = WEIGHTS.flatMap(([weight]) =>
    CASES.map(([train]) => {
      const q = new Float64Array(ROWS);
      train(setOf(weight)).predict(columns, 0, ROWS, q);
      return q;
    }),
  );
  expect(expected).toHaveLength(found.length);
  found.forEach((q, k) => {
    q.forEach((value, row) => {
      expect(Math.abs(value - expected[k]![row]!), fits[k]).toBeLessThan(1e-6);
    });
  });
});
