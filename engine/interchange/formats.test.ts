import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Hyperparameters } from '../contract/hyperparameters.ts';
import {
  MODEL_FORMATS as ALL_FORMATS,
  formatRefusal,
  formatsOf,
  type ModelFormat,
} from '../contract/model-formats.ts';
import { MODEL_TYPES, modelType } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import { hasPeers, python } from '../testing/peers.ts';
import { exportModel } from './export-model.ts';
import { hardRows, nextFloat } from './testing/hard-rows.ts';
import { type Trained, trained } from './testing/trained.ts';

/** Of a model alone; a bundle for MetaTrader holds its strategy, too, and has tests of its own. */
const MODEL_FORMATS = ALL_FORMATS.filter((format) => format !== 'metatrader5');

const FEW = { n_estimators: 8 };
const parametersOf = (name: string): Hyperparameters =>
  'n_estimators' in (modelType(name).hyperparameters.parse({}) as object) ? FEW : {};

const written = ({ model }: Trained, format: ModelFormat, member?: number) =>
  exportModel({ model, file: 'm', format, member }).content;

/** Types that leave in some format; an agent does in none. */
const WRITTEN = MODEL_TYPES.map(({ name }) => name).filter(
  (modelType) => formatsOf({ modelType, target: 'return', hyperparameters: {} }).length > 0,
);

describe.each(['return', 'direction'])(
  'target %s: what is said to be possible is, and nothing else',
  (target) => {
    test.each(WRITTEN)('%s', (name) => {
      const run = trained(name, parametersOf(name), { target });
      const { configuration } = decodeModelFile(run.model, 'm');
      for (const format of MODEL_FORMATS) {
        for (const member of [undefined, 2]) {
          const refusal = formatRefusal(format, { ...configuration, member });
          if (refusal === null) expect(written(run, format, member).length).toBeGreaterThan(100);
          else expect(() => written(run, format, member)).toThrow(refusal);
        }
      }
    });
  },
);

test('a type that no format knows is refused with the reason, whatever its name', () => {
  for (const format of ALL_FORMATS) {
    const subject = { modelType: 'q_agent', target: 'return', hyperparameters: {} };
    expect(formatRefusal(format, { ...subject, modelType: 'other' })).toMatch(/made neither of trees nor/);
    expect(formatRefusal(format, subject)).toMatch(/type Q agent says .* which no format holds/);
  }
});

test('an expert is refused what no broker has, with the reason', () => {
  const subject = { modelType: 'ridge', target: 'return', hyperparameters: {}, encoder: 'absolute' };
  const refusal = (more: object) => formatRefusal('metatrader5', { ...subject, ...more });
  expect(refusal({ indicatorTimeframes: { rsi: ['H1'] } })).toBeNull();
  expect(refusal({ indicatorTimeframes: { rsi: ['H1'], obv: ['H1'] } })).toMatch(
    /on-balance volume in absolute/,
  );
  expect(refusal({ indicatorTimeframes: { volume_sma: ['H1'] } })).toMatch(/volumes in absolute units/);
  expect(refusal({ indicatorTimeframes: { obv: ['H1'] }, encoder: 'normalized' })).toBeNull();
  expect(refusal({ indicatorTimeframes: { rsi: ['H1', 'W1'] }, encoder: 'normalized' })).toMatch(
    /weekly bars/,
  );
  expect(refusal({ member: 2 })).toMatch(/has all members/);
});

const ROWS = 2000;

/** Rows beside every threshold, as doubles: half of them a bit more or less than a float32 number. */
function doubleRows(run: Trained): Float64Array[] {
  const type = modelType(decodeModelFile(run.model, 'm').configuration.modelType);
  const { columns } = run.context.features.matrix;
  const members = decodeModelFile(run.model, 'm').members.map((bytes) => type.decode(bytes));
  const rows = hardRows({ rows: ROWS, members, columns, from: run.rows.from, missing: true });
  for (const column of rows) {
    for (let i = 0; i < ROWS; i += 2) {
      // Where it lies in the middle between two float32 numbers, rounding goes to the even one.
      if (column[i] !== 0) column[i] = (column[i]! + nextFloat(column[i]!, i % 4 === 0 ? 1 : -1)) / 2;
    }
  }
  return rows;
}

function predictionsOf(run: Trained, columns: readonly Float64Array[], member?: number): Float64Array {
  const file = decodeModelFile(run.model, 'm');
  const type = modelType(file.configuration.modelType);
  const chosen = member === undefined ? file.members : [file.members[member - 1]!];
  const sum = new Float64Array(ROWS);
  const out = new Float64Array(ROWS);
  for (const bytes of chosen) {
    type.decode(bytes).predict(columns, 0, ROWS, out);
    for (let i = 0; i < ROWS; i++) sum[i]! += out[i]! / chosen.length;
  }
  return sum;
}

const TREE_CASES: readonly [string, Hyperparameters, string, number | undefined][] = [
  ['lightgbm', FEW, 'return', undefined],
  ['lightgbm', FEW, 'direction', 2],
  ['random_forest', FEW, 'direction', undefined],
  ['xgboost', { ...FEW, objective: 'logistic' }, 'return', 1],
  ['gradient_boosting', FEW, 'outcome 2:1', 4],
  ['ensemble', { base_models: 'random_forest+xgboost+lightgbm' }, 'return', undefined],
  ['ensemble', { base_models: 'xgboost+lightgbm' }, 'direction', 3],
];

/** Shares of the largest: of a stack leaves are rounded to float32 once more, and shares of votes that round beyond 1 are 1 here. */
const TOLERANCE: Readonly<Record<string, number>> = { ensemble: 1e-7, random_forest: 1e-8 };

describe.skipIf(!hasPeers())('beside the libraries themselves (test peers)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-formats-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('LightGBM and XGBoost predict the same of rows beside every threshold', () => {
    const runs = TREE_CASES.map(([name, parameters, target]) => trained(name, parameters, { target }));
    const rows = runs.map(doubleRows);
    runs.forEach((run, k) => {
      const member = TREE_CASES[k]![3];
      writeFileSync(join(folder, `${k}.txt`), written(run, 'lightgbm-text', member));
      writeFileSync(join(folder, `${k}.json`), written(run, 'xgboost-json', member));
      const missing = rows[k]!.map((column) => [...column].map((x) => (Number.isNaN(x) ? null : x)));
      writeFileSync(join(folder, `${k}.rows.json`), JSON.stringify(missing));
    });
    const answers: { lightgbm: number[]; xgboost: number[] }[] = JSON.parse(
      python(`
import json
import lightgbm as lgb, numpy as np, xgboost as xgb
answers = []
for k in range(${runs.length}):
    base = ${JSON.stringify(folder)} + f"/{k}"
    X = np.array(json.load(open(base + ".rows.json")), dtype=float).T
    one, other = lgb.Booster(model_file=base + ".txt"), xgb.Booster(model_file=base + ".json")
    assert one.feature_name() == other.feature_names
    answers.append({"lightgbm": one.predict(X).tolist(), "xgboost": other.predict(xgb.DMatrix(X, feature_names=other.feature_names)).tolist()})
print(json.dumps(answers))
`),
    );
    runs.forEach((run, k) => {
      const [name, parameters, , member] = TREE_CASES[k]!;
      let expected = predictionsOf(run, rows[k]!, member);
      // What is written says the probability itself.
      if (parameters.objective === 'logistic') {
        const { link } = exportModel({ model: run.model, file: 'm', format: 'lightgbm-text', member });
        const scale = link?.kind === 'logistic' ? link.scale : Number.NaN;
        expected = expected.map((value) => (value / scale + 1) / 2);
      }
      const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      const away = (found: readonly number[]) =>
        expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0) / largest;
      expect(away(answers[k]!.lightgbm), name).toBeLessThan(TOLERANCE[name] ?? 1e-12);
      expect(away(answers[k]!.xgboost), name).toBeLessThan(2e-6);
    });
  });

  test('coefficients as CSV and as JSON give the forecast, calculated by whoever reads them', () => {
    const runs = [trained('ridge'), trained('lasso', { alpha: 0.01 }, { target: 'direction' })];
    runs.forEach((run, k) => {
      writeFileSync(join(folder, `c${k}.csv`), written(run, 'csv'));
      writeFileSync(join(folder, `c${k}.json`), written(run, 'json'));
      const { columns } = run.context.features.matrix;
      const rows = columns.map((column) => [...column.subarray(run.rows.from, run.rows.from + 200)]);
      writeFileSync(join(folder, `c${k}.rows.json`), JSON.stringify(rows));
    });
    const answers: { csv: number[]; json: number[] }[] = JSON.parse(
      python(`
import json
import numpy as np, pandas as pd
answers = []
for k in range(2):
    base = ${JSON.stringify(folder)} + f"/c{k}"
    model = json.load(open(base + ".json"))
    X = pd.DataFrame(np.array(json.load(open(base + ".rows.json"))).T, columns=model["features"])
    table = pd.read_csv(base + ".csv", float_precision="round_trip")
    out = lambda z: z if k == 0 else 1 / (1 + np.exp(-z))
    def of_csv(rows):
        terms = rows[rows.feature != "(intercept)"]
        return out(rows.coefficient.iloc[0] + ((X[terms.feature].values - terms["mean"].values) * terms.coefficient.values).sum(axis=1))
    def of_json(member):
        return out(member["intercept"] + sum(t["coefficient"] * (X[t["feature"]] - t["mean"]) for t in member["terms"]))
    answers.append({
        "csv": np.mean([of_csv(rows) for _, rows in table.groupby("member")], axis=0).tolist(),
        "json": np.mean([of_json(member) for member in model["members"]], axis=0).tolist(),
    })
print(json.dumps(answers))
`),
    );
    runs.forEach((run, k) => {
      const expected = run.predictions().subarray(0, 200);
      const largest = Math.max(...expected.map(Math.abs));
      expected.forEach((value, i) => {
        expect(Math.abs(answers[k]!.csv[i]! - value)).toBeLessThan(1e-12 * largest);
        expect(Math.abs(answers[k]!.json[i]! - value)).toBeLessThan(1e-12 * largest);
      });
    });
  });
});
