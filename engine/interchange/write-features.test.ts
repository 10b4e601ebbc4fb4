import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENCODERS, INDICATORS } from '../contract/words.ts';
import { hasPeers, python } from '../testing/peers.ts';
import { expectClose } from './testing/expect-close.ts';
import { HORIZON, trained, trainedWindows } from './testing/trained.ts';
import { type FeaturesJob, writeFeatures } from './write-features.ts';
import { evaluateImport } from './xgboost-json/evaluate.ts';
import { importXgboostJson } from './xgboost-json/read.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { loaded, context } = trained('ridge');
const { candles } = loaded;
const DAYS_HISTORY = 30;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-features-'));
  file = join(folder, 'features.csv');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (more: Partial<FeaturesJob> = {}) =>
  writeFeatures({
    context: loaded,
    training: trainedWindows(DAYS_HISTORY).training,
    horizon: HORIZON,
    target: 'return',
    holdout: false,
    format: 'csv',
    file,
    ...more,
  });

/** The file as a plain reader sees it: no cell of it is quoted. */
function read(): { head: string[]; rows: string[][] } {
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('"');
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  const [head = [], ...rows] = lines.map((line) => line.split(','));
  for (const row of rows) expect(row).toHaveLength(head.length);
  return { head, rows };
}

const barOf = (row: readonly string[]) => candles.time.indexOf(Date.parse(row[0]!));

// The windows by the clock alone: the data ends when its last bar closes.
const end = candles.time[candles.length - 1]! + HOUR;
const HOLDOUT = end - 5 * DAY;
const SELECTION = HOLDOUT - 15 * DAY;
const TRAINING = SELECTION - DAYS_HISTORY * DAY;

function windowAt(time: number): string {
  if (time >= HOLDOUT) return 'holdout';
  if (time >= SELECTION) return 'selection';
  return time >= TRAINING ? 'training' : 'before';
}

test.each(['direction', 'barrier 2:1', 'outcome 1:1.5'])(
  'labels of %s are those that its models learn',
  (target) => {
    const { labels } = write({ target });
    const { head, rows } = read();
    const { sides } = context.target(target, HORIZON);
    expect(labels).toEqual(target === 'direction' ? ['label'] : ['label_long', 'label_short']);
    expect(head.slice(2, 2 + sides.length)).toEqual(labels);
    let labeled = 0;
    for (const row of rows) {
      sides.forEach(({ labels: learned }, s) => {
        const text = row[2 + s]!;
        if (text === '') return;
        labeled++;
        expect(Number(text)).toBe(learned[barOf(row)]);
      });
    }
    expect(labeled).toBeGreaterThan(500);
  },
);

describe('the rows', () => {
  test('are the bars of training and selection in order, and never one of the holdout', () => {
    const { windows } = write();
    const { head, rows } = read();
    expect(head.slice(0, 3)).toEqual(['time', 'window', 'label']);
    const expected = Array.from(candles.time, (time) => [new Date(time).toISOString(), windowAt(time)]);
    const wanted = expected.filter(([, window]) => window === 'training' || window === 'selection');
    expect(rows.map((row) => row.slice(0, 2))).toEqual(wanted);
    expect(windows.map(({ window, rows }) => [window, rows])).toEqual(
      ['training', 'selection'].map((name) => [name, wanted.filter(([, window]) => window === name).length]),
    );
  });

  test('of the holdout follow when they are asked for, and change no other', () => {
    write();
    const without = readFileSync(file, 'utf8');
    const { windows } = write({ holdout: true });
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(without)).toBe(true);
    const added = text.slice(without.length).trimEnd().split('\r\n');
    expect(added).toHaveLength(Array.from(candles.time).filter((time) => time >= HOLDOUT).length);
    for (const line of added) expect(line).toMatch(/^[^,]+,holdout,/);
    expect(windows[2]).toEqual({
      window: 'holdout',
      rows: added.length,
      labeled: added.length - 1 - HORIZON,
    });
  });

  test('start where every feature is known, when the series does not reach further back', () => {
    const { windows } = write({ training: trainedWindows(10_000).training });
    const { rows } = read();
    expect(barOf(rows[0]!)).toBe(99); // the z-score of the volume takes 100 bars
    expect(windows[0]!.rows).toBe(candles.time.findIndex((time) => time >= SELECTION) - 99);
    for (const row of rows) for (const cell of row.slice(3)) expect(cell).toMatch(/^-?\d/);
  });
});

test('labels are log returns from open to open, empty where they would reach into the next window', () => {
  const { windows } = write({ holdout: true });
  const { rows } = read();
  const labeled = { training: 0, selection: 0, holdout: 0 };
  for (const row of rows) {
    const entry = barOf(row) + 1;
    const exit = entry + HORIZON;
    const within = exit < candles.length && windowAt(candles.time[exit]!) === row[1];
    if (!within) expect(row[2]).toBe('');
    else {
      expect(row[2]).not.toBe('');
      expect(Number(row[2])).toBe(Math.log(candles.open[exit]! / candles.open[entry]!));
      labeled[row[1] as keyof typeof labeled]++;
    }
  }
  expect(windows.map(({ window, labeled }) => [window, labeled])).toEqual(Object.entries(labeled));
  for (const { rows, labeled } of windows) expect(rows - labeled).toBe(1 + HORIZON);
});

test('features are named and ordered as in training, and are the numbers of the market', () => {
  const { features, bytes } = write();
  const { head, rows } = read();
  expect(head.slice(3)).toEqual(features);
  expect(features).toEqual(context.features.matrix.names);
  expect(bytes).toBe(readFileSync(file).length);

  const column = (name: string) => head.indexOf(name);
  const { high, low, close } = candles;
  for (const row of rows) {
    const bar = barOf(row);
    expect(Number(row[column('roc_10')])).toBeCloseTo(close[bar]! / close[bar - 10]! - 1, 12);
    expect(Number(row[column('range')])).toBeCloseTo((high[bar]! - low[bar]!) / close[bar]!, 12);
    expect(Number(row[column('rsi_14')])).toBeCloseTo(relativeStrength(bar) / 50 - 1, 9);
    // Text reads back as the very number that Regimen trains on.
    features.forEach((_, j) => {
      expect(Number(row[3 + j])).toBe(context.features.matrix.columns[j]![bar]);
    });
  }
});

/** Wilder's index from the first bar of the series, step by step. */
function relativeStrength(bar: number): number {
  const change = (i: number) => candles.close[i]! - candles.close[i - 1]!;
  let gain = 0;
  let loss = 0;
  for (let i = 1; i <= 14; i++) {
    gain += Math.max(change(i), 0) / 14;
    loss += Math.max(-change(i), 0) / 14;
  }
  for (let i = 15; i <= bar; i++) {
    gain = (13 * gain + Math.max(change(i), 0)) / 14;
    loss = (13 * loss + Math.max(-change(i), 0)) / 14;
  }
  return 100 - 100 / (1 + gain / loss);
}

test.each(ENCODERS)('names of encoder %s stand in a spreadsheet and in XGBoost as they are', (encoder) => {
  const indicatorTimeframes = Object.fromEntries(INDICATORS.map((name) => [name, ['H1' as const]]));
  const { features } = write({
    context: { ...loaded, spec: { ...loaded.spec, encoder, indicatorTimeframes } },
  });
  const { head } = read();
  expect(head.slice(3)).toEqual(features);
  expect(new Set(head).size).toBe(head.length);
  // XGBoost refuses [, ] and <; a leading =, +, - or @ would make a formula.
  for (const name of head) expect(name).toMatch(/^[a-z][a-z0-9_@]*$/);
});

test('the same run gives the same bytes', () => {
  write();
  const first = readFileSync(file);
  write();
  expect(readFileSync(file).equals(first)).toBe(true);
});

test('a place that can not be written to is refused, and nothing is left behind', () => {
  expect(() => write({ file: join(folder, 'none', 'features.csv') })).toThrow(/there is no folder/);
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  expect(() => write({ file: taken })).toThrow(/can not be written/);
  expect(readdirSync(folder)).toEqual(['taken']);
});

describe.skipIf(!hasPeers())('beside XGBoost itself (a test peer)', () => {
  test('a model that is trained there on the file predicts the same here to 1e-6', () => {
    write();
    const saved = join(folder, 'model.json');
    const there: number[] = JSON.parse(
      python(`
import csv, json
import numpy as np
import xgboost as xgb
head, *rows = csv.reader(open(${JSON.stringify(file)}, newline=""))
X = np.array([row[3:] for row in rows], float)
training = [i for i, row in enumerate(rows) if row[1] == "training" and row[2]]
y = np.array([rows[i][2] for i in training], float)
booster = xgb.train({"max_depth": 4, "base_score": 0}, xgb.DMatrix(X[training], y, feature_names=head[3:]), 40)
booster.save_model(${JSON.stringify(saved)})
print(json.dumps(booster.predict(xgb.DMatrix(X, feature_names=head[3:])).tolist()))
`),
    );
    const json = readFileSync(saved, 'utf8');
    const { member, featureNames } = importXgboostJson(json);
    expect(featureNames).toEqual(context.features.matrix.names);
    const here = new Float64Array(there.length);
    member.predict(context.features.matrix.columns, barOf(read().rows[0]!), here.length, here);
    expectClose(there, here, 1e-6);

    const known = context.features.matrix.names.length;
    expect(evaluateImport({ context: loaded, horizon: HORIZON, json })).toMatchObject({
      trees: 40,
      features: { used: known, known },
    });
  });
});
