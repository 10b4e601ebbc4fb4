import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAgent } from '../../contract/model-type-names.ts';
import { ENCODERS, ENSEMBLE_METHODS, type EncoderName, PREDICTION_METHODS } from '../../contract/words.ts';
import { MODEL_TYPES, modelType } from '../../models/catalog.ts';
import { canCompile, compile } from '../../testing/compiler.ts';
import { bundled, check, unpack } from './testing/bundled.ts';
import { newestCandles } from './testing/candles.ts';

// Code is compiled once for each encoder; that takes most of the time.
const CANDLES = await newestCandles(2700);
const TYPES = MODEL_TYPES.map(({ name }) => name).filter((name) => !isAgent(name));
const TARGETS = ['return', 'direction', 'barrier 2:1', 'outcome 1.5:1'];
const COSTS = {
  spreadPips: 0.2,
  slippagePips: 0.1,
  commissionPerSide: 0.00001,
  swapLongPips: 0.3,
  swapShortPips: -0.1,
};
const folder = mkdtempSync(join(tmpdir(), 'metatrader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every pair of encoder, target and model type, in a third of their combinations. */
const CASES = ENCODERS.flatMap((encoder, e) =>
  TARGETS.flatMap((target, t) =>
    TYPES.filter((_, k) => (e + t + k) % 3 === 0).map((name, k) => ({
      encoder,
      target,
      name,
      method: t < 2 && (e + k) % 3 === 0 ? PREDICTION_METHODS[2] : PREDICTION_METHODS[(k + t) % 2]!,
      ensemble: ENSEMBLE_METHODS[(t + k) % 3]!,
    })),
  ),
);

describe.skipIf(!canCompile()).each(ENCODERS)(
  'code for the encoder %s, compiled as C++',
  (encoder: EncoderName) => {
    const program = join(folder, encoder);

    beforeAll(() => {
      const strategy = {
        predictionMethod: 'direct',
        ensembleMethod: 'mean',
        confidenceThreshold: 0,
        lookbackWindow: 50,
      } as const;
      const include = unpack(
        bundled({
          candles: CANDLES,
          encoder,
          modelType: 'ridge',
          strategy,
          rows: 10,
          settings: { costs: COSTS },
        }),
        program.concat('.code'),
      );
      compile(join(program.concat('.code'), 'check/parity.cpp'), program, [
        include,
        join(program.concat('.code'), 'check'),
      ]);
    }, 60_000);

    test.each(CASES.filter((one) => one.encoder === encoder))(
      'computes what Regimen computes: $name, $target, $method, $ensemble',
      ({ name, target, method, ensemble }) => {
        const few: Record<string, number> =
          'n_estimators' in (modelType(name).hyperparameters.parse({}) as object) ? { n_estimators: 3 } : {};
        const recursive = method === 'recursive';
        const bundle = bundled({
          candles: CANDLES,
          encoder,
          modelType: name,
          target,
          hyperparameters: few,
          horizon: recursive ? (name === 'elasticnet' ? 3 : 2) : 4,
          strategy: {
            predictionMethod: method,
            ensembleMethod: ensemble,
            confidenceThreshold: 0.3,
            lookbackWindow: recursive ? 20 : 60,
          },
          rows: recursive ? 8 : 120,
          settings: { costs: COSTS },
        });
        const include = unpack(bundle, join(folder, `${encoder}.model`));
        const found = check(program, include);
        expect(found).toMatchObject({ regimes: 0, signals: 0, passed: true });
        expect(found.rows).toBe(recursive ? 8 : 120);
        // A terminal whose history begins in the middle of the span says the same.
        if (!recursive) expect(check(program, include, 0, 13)).toEqual(found);
        expect(found.features).toBeLessThan(1e-9);
        expect(found.forecasts).toBeLessThan(1e-6);
      },
      60_000,
    );

    test('a number that is another fails it', () => {
      const include = join(folder, `${encoder}.model`, 'MQL5/Include/Regimen/EURUSD_H1_bull_trending');
      const whole = readFileSync(join(include, 'parity.bin'));
      const rows = new Float64Array(
        whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength),
      );
      const width = rows[2]! + 5;
      const change = (place: number, value: number) => {
        const other = rows.slice();
        other[other.length - width + place]! += value;
        writeFileSync(join(include, 'parity.bin'), other);
        return check(program, include);
      };
      expect(change(0, 1e-8)).toMatchObject({ passed: false, signals: 0, regimes: 0 });
      expect(change(width - 4, 1)).toMatchObject({ passed: false, regimes: 1 });
      expect(change(width - 2, 1)).toMatchObject({ passed: false, signals: 1 });
      expect(change(width - 3, 0)).toMatchObject({ passed: true });
    });
  },
);
