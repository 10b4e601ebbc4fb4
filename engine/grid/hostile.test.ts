import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDefaults } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import { demoMarket } from '../market/demo-market.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { type CandleLibrary, createCandleLibrary } from '../store/candle-library.ts';
import { openStore, type Store } from '../store/database.ts';
import { type Hostile, hostileFiles, hostileJson, withstand } from '../testing/hostile.ts';
import { checkGrid } from './check.ts';
import { readGridFile } from './file.ts';
import { readGridText } from './text.ts';

/** Whatever a grid file holds: it is checked, or refused with its place, soon and without a trace. */

const GRID = {
  name: 'x',
  model_types: ['ridge', 'random_forest'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1', 'H4'],
  days_history: [60],
  horizons: [3],
  encoders: ['normalized'],
  indicator_timeframes: { rsi: ['H1', 'H4'] },
  hyperparameters: { ridge: { alpha: [1, 2] }, random_forest: { trees: 50 } },
};
const YAML = `# A grid
name: x
model_types: [ridge, random_forest]
symbols: [DEMO_EURUSD]
timeframes: [1h, H4]
days_history: [60, 90]
horizons: [3]
hyperparameters:
  ridge: { alpha: [1, 2] }
`;

let folder: string;
let store: Store;
let library: CandleLibrary;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-grid-'));
  store = openStore(':memory:');
  library = createCandleLibrary(store, join(folder, 'candles'), () => 'new_york');
  library.record(writeSeries(library.folder, demoMarket()[0]!), 0, undefined);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const config = loadConfig(readDefaults());
const check = (spec: Parameters<typeof checkGrid>[1]) =>
  checkGrid({ store, library, models: { has: () => true }, config, threads: 1 }, spec, {
    retrain: false,
    skipImpossible: true,
  });
const checkFile = (content: Uint8Array) => {
  const file = join(folder, 'grid.yaml');
  writeFileSync(file, content);
  return check(readGridText(readGridFile(file), file));
};
const state = () => [readdirSync(library.folder), store.raw.serialize().length];
const ofText = ({ title, content }: Hostile<string>): Hostile => ({ title, content: Buffer.from(content) });

describe('a hostile grid', () => {
  it('of other bytes', async () => {
    await withstand({
      inputs: hostileFiles(Buffer.from(YAML), 5, 60),
      attempt: checkFile,
      state,
      refused: 20,
    });
  });

  it('of other values', async () => {
    const inputs = hostileJson(GRID, 6, 80).map(ofText);
    await withstand({ inputs, attempt: checkFile, state, refused: 60 });
  });

  it('that abuses what YAML can do', async () => {
    const texts = [
      'a: &a [x]\nb: *a\n',
      `a: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`,
      '<<: { name: x }\n',
      'name: !!js/function "function () {}"\n',
      'name: !!binary aGVsbG8=\n',
      '--- a\n--- b\n',
      '? [a, b]\n: c\n',
      'name: x\nname: y\n',
      '__proto__: { horizons: [1] }\n',
      'constructor: { prototype: { horizons: [1] } }\n',
      `${'- '.repeat(5000)}x\n`,
      `${'{a: '.repeat(5000)}x\n`,
      `name: ${'"'.repeat(5001)}\n`,
      `name: |\n${'  x\n'.repeat(50_000)}`,
      `${'k: v\n'.repeat(10_000)}`,
      'horizons: [0x10, 0o7, 1_000, .inf, .nan, -.inf]\n',
      'horizons: 2024-01-01\n',
      '%YAML 9.9\n---\nname: x\n',
      '\t\tname: x\n',
      'name: "\\x00\\ud800"\n',
      '\ufeff\ufeffname: x\n',
      `#${'x'.repeat(300_000)}\n`,
    ];
    const inputs = texts.map((content) => ofText({ title: content.slice(0, 40), content }));
    await withstand({ inputs, attempt: checkFile, state, refused: texts.length });
  });
});

describe('a grid that is too large is refused before it is expanded', () => {
  const range = (length: number, from = 1) => Array.from({ length }, (_, i) => from + i);
  const text = (changes: object) => JSON.stringify({ ...GRID, hyperparameters: undefined, ...changes });
  const refusal = (changes: object) => {
    const start = performance.now();
    try {
      check(readGridText(text(changes), 'grid.yaml'));
    } catch (error) {
      expect(performance.now() - start).toBeLessThan(5000);
      return error;
    }
    return undefined;
  };

  it('by its axes, with the number and the limit', () => {
    expect(refusal({ days_history: range(3000, 5), horizons: range(500) })).toMatchObject({
      code: 'grid-invalid',
      message: expect.stringContaining(
        '3,000 days x 500 horizons = 6,000,000 configurations; a grid may have 100,000',
      ),
    });
  });

  it('by its hyper-parameters, with the number and the limit', () => {
    const long = range(100).map((i) => i / 100);
    expect(
      refusal({
        model_types: ['elasticnet'],
        hyperparameters: { elasticnet: { alpha: long, l1_ratio: long.concat(long) } },
      }),
    ).toMatchObject({
      code: 'grid-invalid',
      details: {
        problems: [
          {
            path: 'hyperparameters.elasticnet',
            message: 'its lists give 20,000 combinations; at most 10,000 can be made',
          },
        ],
      },
    });
    const keys = Object.fromEntries(range(200).map((i) => [`k${i}`, range(50)]));
    expect(refusal({ model_types: ['ridge'], hyperparameters: { ridge: keys } })).toMatchObject({
      message: expect.stringMatching(/its lists give \d\.\de\+339 combinations|its lists give Infinity/),
    });
  });

  it.each([
    ['symbols that are not there', { symbols: range(20_000).map((i) => `S${i}`) }],
    ['model types that are none', { model_types: range(20_000).map((i) => `m${i}`) }],
    [
      'one model type again and again',
      {
        model_types: Array(20_000).fill('elasticnet'),
        hyperparameters: { elasticnet: { alpha: range(5000).map((i) => -i) } },
      },
    ],
    [
      'hyper-parameters of no model',
      { hyperparameters: Object.fromEntries(range(5000).map((i) => [`m${i}`, { a: 1 }])) },
    ],
  ])('or at once by thousands of %s', (_title, changes) => {
    expect(refusal(changes)).toMatchObject({ code: 'grid-invalid' });
  });
});
