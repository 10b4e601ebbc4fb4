import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeModelFile, encodeModelFile } from '../../models/codec.ts';
import { hasPeers, python } from '../../testing/peers.ts';
import { exportModel } from '../export-model.ts';
import { expectClose } from '../testing/expect-close.ts';
import { type Trained, trained } from '../testing/trained.ts';
import { importXgboostJson } from './read.ts';

const SMALL = { n_estimators: 12 };
const TREE_MODELS = ['xgboost', 'lightgbm', 'gradient_boosting', 'random_forest'];

function exported({ model }: Trained, member?: number) {
  const { content, ...rest } = exportModel({ model, file: 'm.model', format: 'xgboost-json', member });
  return { ...rest, json: String(content) };
}

/** What a text in XGBoost's format predicts here. */
function readBack({ context, rows }: Trained, json: string): Float64Array {
  const out = new Float64Array(rows.to - rows.from);
  importXgboostJson(json).member.predict(context.features.matrix.columns, rows.from, out.length, out);
  return out;
}

describe.each(TREE_MODELS)('%s', (name) => {
  const run = trained(name, SMALL);

  test('reads back as the mean of its members, features named in the order of the matrix', () => {
    const { json, features, trees, members } = exported(run);
    expect({ trees, members }).toEqual({ trees: 36, members: 3 });
    expect(features).toEqual(run.context.features.matrix.names);
    expect(importXgboostJson(json).featureNames).toEqual(features);
    expectClose(readBack(run, json), run.predictions(), 1e-6);
  });

  test('reads back as each of its members', () => {
    for (const member of [1, 2, 3]) {
      const { json, trees } = exported(run, member);
      expect(trees).toBe(12);
      expectClose(readBack(run, json), run.predictions(member), 1e-6);
    }
  });
});

test('the sign of the return: member by member only', () => {
  const run = trained('xgboost', { ...SMALL, objective: 'logistic' });
  expect(() => exported(run)).toThrow(/its members say probabilities.*one member \(--member 1\)/);
  expectClose(readBack(run, exported(run, 2).json), run.predictions(2), 1e-6);
});

test('a LONG and a SHORT model: member by member only', () => {
  const run = trained('xgboost', SMALL);
  const file = decodeModelFile(run.model, 'm.model');
  const configuration = { ...file.configuration, target: 'outcome 2:1' };
  const two = encodeModelFile({ ...file, configuration, members: [...file.members, ...file.members] });
  expect(() => exported({ ...run, model: two })).toThrow(
    /a LONG model, members 1 to 3, and a SHORT model, members 4 to 6/,
  );
  expect(exported({ ...run, model: two }, 4).trees).toBe(12);
});

test('refuses a member that there is not, and a model without trees', () => {
  expect(() => exported(trained('xgboost', SMALL), 4)).toThrow('The model has members 1 to 3, not 4.');
  expect(() => exported(trained('ridge'))).toThrow(
    /type Ridge has no trees.*It can be written as onnx .*csv/,
  );
});

describe.skipIf(!hasPeers())('beside XGBoost itself (a test peer)', () => {
  test("predicts a run's features the same to 1e-6", () => {
    const folder = mkdtempSync(join(tmpdir(), 'regimen-export-'));
    try {
      const runs = TREE_MODELS.map((name) => trained(name, SMALL));
      const { context, rows } = runs[0]!;
      const columns = context.features.matrix.columns.map((c) => [...c.subarray(rows.from, rows.to)]);
      writeFileSync(join(folder, 'columns.json'), JSON.stringify(columns));
      runs.forEach((run, i) => {
        writeFileSync(join(folder, `${i}.json`), exported(run).json);
      });
      const there = python(`
import json
import numpy as np
import xgboost as xgb
folder = ${JSON.stringify(folder)}
X = np.array(json.load(open(folder + "/columns.json"))).T
answers = []
for i in range(${runs.length}):
    booster = xgb.Booster(model_file=f"{folder}/{i}.json")
    answers.append(booster.predict(xgb.DMatrix(X, feature_names=booster.feature_names)).tolist())
print(json.dumps(answers))
`);
      const answers: number[][] = JSON.parse(there);
      runs.forEach((run, i) => {
        expectClose(answers[i]!, run.predictions(), 1e-6);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
