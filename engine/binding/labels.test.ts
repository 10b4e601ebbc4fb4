import { expect, it, vi } from 'vitest';
import { storeView } from '../market/series/views.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { windowsBefore } from '../pipeline/windows.ts';
import { DEFAULT_REGIMES } from '../regimes/defaults.ts';
import { labelDigests } from '../regimes/label-digests.ts';
import { compileRegimes } from '../regimes/labeler.ts';
import { createLabels } from './labels.ts';

vi.mock('../regimes/label-digests.ts', async (load) => {
  const real = await load<typeof import('../regimes/label-digests.ts')>();
  return { labelDigests: vi.fn(real.labelDigests) };
});

const CANDLES = randomCandles(3000);
const END = CANDLES.time.at(-1)! + 3_600_000;
const { evaluation } = windowsBefore(END, { holdoutDays: 5, selectionDays: 15 }, 30);
const VIEW = storeView(CANDLES, CANDLES.time[100]!, END);

it('labels the bars that signals of the windows come from: the one before the first, and not the last', () => {
  const from = CANDLES.time.findIndex((time) => time + 3_600_000 > evaluation.start);
  const labels = createLabels(DEFAULT_REGIMES)(CANDLES, VIEW, evaluation);
  expect(labels).toEqual(
    labelDigests(CANDLES, compileRegimes(DEFAULT_REGIMES), from - 1, CANDLES.length - 1),
  );
  expect(Object.keys(labels).length).toBeGreaterThan(1);
});

it('works each view out once for as long as the series is in memory, and anew under other rules', () => {
  const calls = () => vi.mocked(labelDigests).mock.calls.length;
  const before = calls();
  createLabels(DEFAULT_REGIMES)(CANDLES, VIEW, evaluation);
  expect(calls()).toBe(before);
  createLabels(DEFAULT_REGIMES.slice(1))(CANDLES, VIEW, evaluation);
  createLabels(DEFAULT_REGIMES)(CANDLES, { ...VIEW, digest: 'other' }, evaluation);
  expect(calls()).toBe(before + 2);
});
