import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { hasPeers, python } from '../testing/peers.ts';
import { blockLengths } from './block-length.ts';
import { classificationFigures } from './classification.ts';
import { longRunVariance } from './long-run-variance.ts';
import { momentsOf } from './moments.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { rankCorrelation } from './ranks.ts';
import { studentCdf, studentQuantile } from './student.ts';
import { symmetricEigenvalues } from './symmetric-eigenvalues.ts';
import { autoregressive } from './testing/lcg.ts';

const random = createPrng(77);
const PHIS = [-0.4, 0, 0.25, 0.6, 0.9];
// Rounded, so that all of them fit into one argument of a command.
const series = PHIS.flatMap((phi) =>
  [60, 250, 700].map((count) => autoregressive(count, phi, random).map((x) => Math.round(1e4 * x) / 1e4)),
);
const coarse = series.map((values) => values.map((x) => Math.round(8 * x)));

const matrix = new Float64Array(400);
for (let i = 0; i < 20; i++) {
  for (let j = 0; j <= i; j++) matrix[20 * i + j] = matrix[20 * j + i] = random.normal();
}

const actual = Uint8Array.from({ length: 500 }, () => random.int(2));
const scores = Float64Array.from(actual, (y) => Math.round(100 * (0.3 * y + 0.7 * random.float())) / 100);

const ts = [-25.5, -6.2, -1.7, -0.3, 0.8, 4.1];
const degrees = [1, 2.5, 7, 40, 900];
const ps = [1e-8, 0.001, 0.03, 0.4, 0.61, 0.95, 0.9999];

const SCRIPT = `
import json, warnings
import numpy as np
from arch.bootstrap import SPA, optimal_block_length
from scipy import stats
from sklearn import metrics
data = json.loads('''${JSON.stringify({
  series: series.map((values) => [...values]),
  coarse: coarse.map((values) => [...values]),
  matrix: [...matrix],
  actual: [...actual],
  scores: [...scores],
  ts,
  degrees,
  ps,
})}''')
y, q = np.array(data['actual']), np.array(data['scores'])
def variance(values):
    spa = SPA(np.zeros(len(values)), -np.array(values)[:, None], block_size=7, reps=1)
    spa._compute_variance()
    return float(spa._loss_diff_var[0])
print(json.dumps({
    'blocks': [list(optimal_block_length(np.array(x)).values[0]) for x in data['series']],
    'variances': [variance(x) for x in data['series']],
    'moments': [[np.std(x, ddof=1), stats.skew(x), stats.kurtosis(x, fisher=False)] for x in data['series']],
    'spearman': [stats.spearmanr(x[1:], x[:-1]).statistic for x in data['coarse']],
    'eigenvalues': list(np.linalg.eigvalsh(np.array(data['matrix']).reshape(20, 20))),
    'cdf': [[stats.t.cdf(t, d) for t in data['ts']] for d in data['degrees']],
    'quantile': [[stats.t.ppf(p, d) for p in data['ps']] for d in data['degrees']],
    'normal': [[stats.norm.cdf(t) for t in data['ts']], [stats.norm.ppf(p) for p in data['ps']]],
    'classes': {
        'accuracy': metrics.accuracy_score(y, q > 0.5),
        'balancedAccuracy': metrics.balanced_accuracy_score(y, q > 0.5),
        'precision': metrics.precision_score(y, q > 0.5),
        'recall': metrics.recall_score(y, q > 0.5),
        'f1': metrics.f1_score(y, q > 0.5),
        'rocAuc': metrics.roc_auc_score(y, q),
        'logLoss': metrics.log_loss(y, q),
        'brier': metrics.brier_score_loss(y, q),
    },
}))`;

interface Peers {
  readonly blocks: readonly (readonly [number, number])[];
  readonly variances: readonly number[];
  readonly moments: readonly (readonly [number, number, number])[];
  readonly spearman: readonly number[];
  readonly eigenvalues: readonly number[];
  readonly cdf: readonly (readonly number[])[];
  readonly quantile: readonly (readonly number[])[];
  readonly normal: readonly [readonly number[], readonly number[]];
  readonly classes: Readonly<Record<string, number>>;
}

/** Within a relative 1e-10 of each other. */
function expectClose(found: number, peer: number): void {
  expect(Math.abs(found - peer)).toBeLessThanOrEqual(1e-10 * Math.max(1e-12, Math.abs(peer)));
}

test.skipIf(!hasPeers())('arch, scipy, numpy and scikit-learn come to the same figures', () => {
  const peers = JSON.parse(python(SCRIPT)) as Peers;
  series.forEach((values, i) => {
    const { stationary, circular } = blockLengths(values);
    expectClose(stationary, Math.max(1, peers.blocks[i]![0]));
    expectClose(circular, Math.max(1, peers.blocks[i]![1]));
    expectClose(longRunVariance(values, 7), peers.variances[i]!);
    const { standardDeviation, skewness, kurtosis } = momentsOf(values)!;
    [standardDeviation, skewness, kurtosis].forEach((moment, k) => {
      expect(moment).toBeCloseTo(peers.moments[i]![k]!, 11);
    });
  });
  coarse.forEach((values, i) => {
    expect(rankCorrelation(values.slice(1), values.slice(0, -1))).toBeCloseTo(peers.spearman[i]!, 11);
  });
  symmetricEigenvalues(matrix, 20).forEach((value, i) => {
    expect(value).toBeCloseTo(peers.eigenvalues[i]!, 11);
  });
  degrees.forEach((d, i) => {
    ts.forEach((t, j) => {
      expectClose(studentCdf(t, d), peers.cdf[i]![j]!);
    });
    ps.forEach((p, j) => {
      expectClose(studentQuantile(p, d), peers.quantile[i]![j]!);
    });
  });
  ts.forEach((t, j) => {
    expectClose(normalCdf(t), peers.normal[0][j]!);
  });
  ps.forEach((p, j) => {
    expectClose(normalQuantile(p), peers.normal[1][j]!);
  });
  const figures = classificationFigures({ actual, scores, cut: 0.5, horizon: 1, probabilities: true });
  expect(figures).toMatchObject(
    Object.fromEntries(
      Object.entries(peers.classes).map(([name, value]) => [name, expect.closeTo(value, 11)]),
    ),
  );
});
