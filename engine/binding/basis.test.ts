import { describe, expect, it } from 'vitest';
import type { StoredView } from '../market/series/views.ts';
import { windowsBefore } from '../pipeline/windows.ts';
import { type Basis, describeChange, storedWindows, windowsOf } from './basis.ts';
import { evaluationDigests, evaluationKeys, runKey, trainingDigest, trainingKey } from './keys.ts';

const COSTS: Basis['costs'] = {
  spreadPips: 1,
  slippagePips: 0.2,
  commissionPerSide: 0,
  swapLongPips: 0.5,
  swapShortPips: 0.5,
};
const STRATEGIES: Basis['inference_grid'] = {
  prediction_methods: ['direct'],
  ensemble_methods: ['mean'],
  confidence_thresholds: [0.5],
  lookback_windows: [50],
};
const DAY = 86_400_000;
const AS_OF = Date.UTC(2025, 5, 27, 21);
const view = (digest: string): StoredView => ({
  digest,
  first: '2024-01-01T00:00:00.000Z',
  bars: 9000,
  source: 'H1',
});
const windows = (asOf: number, holdoutDays = 30) =>
  storedWindows(windowsBefore(asOf, { holdoutDays, selectionDays: 90 }, 60));
const BASIS: Basis = {
  as_of: new Date(AS_OF).toISOString(),
  windows: windows(AS_OF),
  candles: view('c1'),
  higher_timeframes: { H4: view('h1'), D1: view('d1') },
  training: { members: 3, seed: 42 },
  costs: COSTS,
  inference_grid: STRATEGIES,
  regimes: 'r1',
  regime_rules: [],
  regime_labels: { bull: 'l', calm: 'l' },
  pipeline_version: 1,
};
const WEEK_LATER: Partial<Basis> = {
  as_of: new Date(AS_OF + 7 * DAY).toISOString(),
  windows: windows(AS_OF + 7 * DAY),
  candles: view('c2'),
  higher_timeframes: { H4: view('h2'), D1: view('d2') },
};

const CHANGES: readonly [Partial<Basis>, string, trains: boolean][] = [
  [WEEK_LATER, 'the as-of date changed since', true],
  [{ candles: view('c2') }, 'its candles changed since', true],
  [
    { higher_timeframes: { H4: view('h2'), D1: view('d1') } },
    'the candles of its higher timeframes changed since',
    true,
  ],
  [{ windows: windows(AS_OF, 31) }, 'the holdout or selection window changed since', true],
  [
    { training: { members: 3, seed: 43 } },
    'what training has (members, seed, calibration or class_weight) changed since',
    true,
  ],
  [{ costs: { ...COSTS, spreadPips: 2 } }, 'the trading costs changed since', false],
  [
    { inference_grid: { ...STRATEGIES, lookback_windows: [50, 60] } },
    'the inference grid changed since',
    false,
  ],
  [{ regimes: 'r2', regime_labels: { bull: 'l2' } }, 'the regime rules changed since', false],
  [{ pipeline_version: 2 }, "Regimen's pipeline changed since", true],
];

const trainingKeyOf = (basis: Basis, hash = 'hash') =>
  trainingKey(hash, trainingDigest(basis, { modelType: 'ridge', target: 'return' }));
const runKeyOf = (basis: Basis, hash = 'hash') =>
  runKey(trainingKeyOf(basis, hash), evaluationDigests(basis));

describe.each(CHANGES)('%j', (change, text, trains) => {
  const now = { ...BASIS, ...change };

  it('changes the run key, and the training key if it changes the model', () => {
    expect(runKeyOf(now)).not.toBe(runKeyOf(BASIS));
    expect(trainingKeyOf(now) !== trainingKeyOf(BASIS)).toBe(trains);
  });

  it('is said', () => {
    expect(describeChange(BASIS, now)).toBe(text);
  });
});

it('knows other regime rules by the bars that they label', () => {
  // A regime more, which takes no bar; one that takes other bars changes its own figures alone.
  const same = { ...BASIS, regimes: 'r2', regime_rules: [{ name: 'rare', rules: { returns: '> 1' } }] };
  expect(runKeyOf(same)).toBe(runKeyOf(BASIS));
  expect(describeChange(BASIS, { ...same, costs: { ...COSTS, slippagePips: 3 } })).toBe(
    'the trading costs changed since',
  );
  const other = { ...BASIS, regimes: 'r2', regime_labels: { ...BASIS.regime_labels, calm: 'l2' } };
  const [before, now] = [BASIS, other].map((basis) => evaluationKeys('model', evaluationDigests(basis)));
  expect(now!.calm).not.toBe(before!.calm);
  expect([now!.bull, now!.all]).toEqual([before!.bull, before!.all]);
});

it('tells all bars from a regime that is called so', () => {
  const digests = evaluationDigests({ ...BASIS, regime_labels: { all: 'l' } });
  expect(Object.keys(digests)).toEqual(['all', 'regime all']);
});

it('has a change for every part', () => {
  const { regime_rules: _rules, ...parts } = BASIS;
  expect(new Set(CHANGES.flatMap(([change]) => Object.keys(change)))).toEqual(new Set(Object.keys(parts)));
});

it('keeps the key of candles that are stored in another way', () => {
  const resampled = { ...view('h1'), source: 'M15', first: '2024-01-01T04:00:00.000Z' } as const;
  const now = { ...BASIS, higher_timeframes: { D1: view('d1'), H4: resampled } };
  expect(runKeyOf(now)).toBe(runKeyOf(BASIS));
});

it('joins several changes, and counts a part that an older run did not know', () => {
  const { regime_labels: _labels, ...other } = BASIS;
  const now = { ...other, candles: view('c2'), regimes: 'r2', costs: { ...COSTS, slippagePips: 3 } };
  expect(describeChange(BASIS, now)).toBe(
    'its candles, the trading costs and the regime rules changed since',
  );
  const { costs: _costs, ...older } = BASIS;
  expect(describeChange(older, BASIS)).toBe('the trading costs changed since');
});

it('tells nothing of windows and candles that other rules describe in another way', () => {
  const released = {
    ...BASIS,
    pipeline_version: 0,
    candles: 'digest of a file',
    higher_timeframes: {},
    windows: { holdout_days: 30, selection_days: 90 },
    as_of: undefined,
    regimes: 'r0',
  } as unknown as Basis;
  expect(describeChange(released, BASIS)).toBe("the regime rules and Regimen's pipeline changed since");
});

it('gives another key to another configuration, whatever the order of keys', () => {
  expect(runKeyOf(BASIS, 'a')).not.toBe(runKeyOf(BASIS, 'b'));
  const reordered = Object.fromEntries(Object.entries(BASIS).toReversed()) as unknown as Basis;
  expect(runKeyOf(reordered)).toBe(runKeyOf(BASIS));
});

it('gives the windows back as they were', () => {
  const cell = windowsBefore(AS_OF, { holdoutDays: 30, selectionDays: 90 }, 60);
  expect(windowsOf({ windows: JSON.parse(JSON.stringify(storedWindows(cell))) })).toEqual(cell);
});
