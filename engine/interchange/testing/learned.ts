import { learnableLabels, normalColumns, trainingSet } from '../../models/trees/testing/sets.ts';
import { xgboost, xgboostParameters } from '../../models/trees/xgboost.ts';

/** Columns of very different sizes, one with missing values, that labels can be learned from. */

const ROWS = 400;
const prng = normalColumns(5, 1, ROWS)[0]!;
export const columns = normalColumns(6, 5, ROWS).map((column, f) =>
  column.map((x, row) => (f === 3 && prng[row]! > 1 ? Number.NaN : x * 10 ** (f - 2))),
);
export const labels = learnableLabels(
  7,
  columns.map((column) => column.map((x) => (Number.isNaN(x) ? 0 : x))),
);
export const names = ['rsi', 'sma 20', 'time "of" day', 'äöü', 'atr'];

export function fitted(parameters: object) {
  return xgboost.fit(trainingSet(columns, labels), xgboostParameters.parse(parameters));
}

export function predictions(member: { predict: ReturnType<typeof fitted>['predict'] }): Float64Array {
  const out = new Float64Array(ROWS);
  member.predict(columns, 0, ROWS, out);
  return out;
}
