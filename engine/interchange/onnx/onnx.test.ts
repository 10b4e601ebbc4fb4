import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hyperparameters } from '../../contract/configuration.ts';
import { joinSides } from '../../inference/two-sides.ts';
import { modelType } from '../../models/catalog.ts';
import { decodeModelFile, type ModelFile } from '../../models/codec.ts';
import { PLAIN_SCALE, scaledMember } from '../../models/scaled-member.ts';
import { hasPeers, python } from '../../testing/peers.ts';
import { hardRows } from '../testing/hard-rows.ts';
import { newAnswers, type OnnxAnswer, oldAnswer } from '../testing/onnx-runtimes.ts';
import { type TrainedOptions, trained } from '../testing/trained.ts';
import { exportOnnx } from './write.ts';

const ROWS = 10_000;
const TREES = { n_estimators: 20 };

interface Case extends TrainedOptions {
  readonly type: string;
  readonly parameters?: Hyperparameters;
  readonly member?: number;
  readonly missing?: boolean;
}

const CASES: readonly Case[] = [
  { type: 'linear_regression' },
  { type: 'linear_regression', encoder: 'absolute' },
  { type: 'ridge', encoder: 'time_delta' },
  { type: 'lasso', parameters: { alpha: 0.03 } },
  { type: 'lasso', parameters: { alpha: 1 } },
  { type: 'elasticnet', member: 2 },
  { type: 'random_forest', parameters: TREES, missing: true },
  { type: 'gradient_boosting', parameters: TREES, encoder: 'absolute' },
  { type: 'xgboost', parameters: { n_estimators: 80, max_depth: 6 } },
  { type: 'xgboost', parameters: { ...TREES, objective: 'logistic' } },
  { type: 'xgboost', parameters: TREES, member: 3, missing: true },
  { type: 'lightgbm', parameters: TREES, encoder: 'time_delta' },
  { type: 'ensemble' },
  { type: 'ensemble', parameters: { base_models: 'xgboost+lightgbm' }, member: 1 },
  { type: 'ridge', target: 'direction', calibration: 'sigmoid' },
  { type: 'lightgbm', parameters: TREES, target: 'direction', calibration: 'isotonic' },
  { type: 'random_forest', parameters: TREES, target: 'direction', calibration: 'none' },
  { type: 'ensemble', target: 'direction', calibration: 'isotonic' },
  { type: 'xgboost', parameters: TREES, target: 'outcome 2:1' },
  { type: 'elasticnet', target: 'outcome 2:1', member: 5 },
  { type: 'gradient_boosting', parameters: TREES, target: 'barrier 1:1', calibration: 'isotonic' },
  { type: 'ridge', target: 'barrier 1:1' },
];

interface Exported {
  readonly file: ModelFile;
  readonly columns: readonly Float64Array[];
  readonly bytes: Uint8Array;
  readonly expected: Readonly<Record<string, Float64Array>>;
}

/** What members say, as strategies hear it: calibrated, scaled, and their mean. */
function meanOf(file: ModelFile, columns: readonly Float64Array[], chosen: readonly number[], scaled = true) {
  const type = modelType(file.configuration.modelType);
  const sum = new Float64Array(ROWS);
  const out = new Float64Array(ROWS);
  for (const k of chosen) {
    const scale = scaled ? file.scales?.[k] : undefined;
    const member = scaledMember(
      type.decode(file.members[k]!),
      scale ?? PLAIN_SCALE,
      undefined,
      file.calibrations?.[k],
    );
    member.predict(columns, 0, ROWS, out);
    for (let i = 0; i < ROWS; i++) sum[i]! += out[i]!;
  }
  return sum.map((value) => value / chosen.length);
}

function exported({ type, parameters, member, missing = false, ...options }: Case): Exported {
  const run = trained(type, parameters, options);
  const file = decodeModelFile(run.model, 'm');
  const columns = hardRows({
    rows: ROWS,
    members: file.members.map((bytes) => modelType(type).decode(bytes)),
    columns: run.context.features.matrix.columns,
    from: run.rows.from,
    missing,
  });
  const { bytes } = exportOnnx(file, member);
  const areClasses = /^(direction|barrier)/.test(options.target ?? '');
  const isPair = member === undefined && file.members.length === 6;
  const say = (chosen: readonly number[], names: readonly [string, string]) => ({
    [names[0]]: meanOf(file, columns, chosen),
    ...(areClasses ? { [names[1]]: meanOf(file, columns, chosen, false) } : {}),
  });
  if (!isPair) {
    const expected = say(member === undefined ? [0, 1, 2] : [member - 1], ['forecast', 'probability']);
    return { file, columns, bytes, expected };
  }
  const long = say([0, 1, 2], ['long', 'long_probability']);
  const short = say([3, 4, 5], ['short', 'short_probability']);
  const forecast = new Float64Array(ROWS);
  joinSides(long.long!, short.short!, forecast);
  return { file, columns, bytes, expected: { forecast, ...long, ...short } };
}

const deviationOf = (values: Float64Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
};

/**
 * Nothing but the rounding to float32 at the end may differ: half of its last bit, and a billionth of the spread for sums in another order. A branch that
 * flips would be a leaf off.
 */
function expectOneRounding(found: Float32Array, expected: Float64Array): void {
  expect(found).toHaveLength(ROWS);
  const deviation = deviationOf(expected);
  let largest = 0;
  let worst = 0;
  expected.forEach((value, i) => {
    const away = Math.abs(found[i]! - value);
    largest = Math.max(largest, away);
    worst = Math.max(worst, away - (Math.abs(value) * 2 ** -24 + 1e-9 * deviation + 1e-45));
  });
  expect(worst).toBeLessThanOrEqual(0);
  const level = Math.max(...expected.map(Math.abs));
  // What is large beside its spread has no more digits than a float32 holds.
  if (level < 10 * deviation) expect(largest).toBeLessThan(1e-6 * deviation);
}

function expectSame(answer: OnnxAnswer, { expected }: Exported): void {
  expect(Object.keys(answer).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) expectOneRounding(answer[name]!, values);
}

describe('a model in ONNX says what the engine says, of 10,000 rows on and beside every threshold', () => {
  let all: readonly Exported[];
  beforeAll(() => {
    all = CASES.map(exported);
  });

  test.each(CASES.map((one, k) => [JSON.stringify(one), k] as const))('%s', async (_name, k) => {
    const { forecast } = all[k]!.expected;
    expectSame(await oldAnswer(all[k]!), all[k]!);
    // A forecast that never moves shows nothing; that of the harshest lasso has to be the mean label.
    expect(forecast!.some((value) => value !== forecast![0])).toBe(CASES[k]!.parameters?.alpha !== 1);
  });

  describe.skipIf(!hasPeers())("in today's ONNX Runtime (a test peer)", () => {
    const folder = mkdtempSync(join(tmpdir(), 'regimen-onnx-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    test('all of them say the same, and are valid to the checker', () => {
      newAnswers(all, python, folder).forEach((answer, k) => {
        expectSame(answer, all[k]!);
      });
    });
  });

  test('the same model is the same bytes', () => {
    expect(exported(CASES[0]!).bytes).toEqual(all[0]!.bytes);
  });
});
