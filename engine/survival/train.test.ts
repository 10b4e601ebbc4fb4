import { describe, expect, test } from 'vitest';
import { SURVIVAL_MODEL_TYPES, type SurvivalModelType } from '../contract/survival.ts';
import type { AgentMember } from '../models/agent/member.ts';
import { decodeSurvival, encodeSurvival, fitRaw, fitSurvival, predictSurvival } from './model.ts';
import { halfKellyOf } from './payoff.ts';
import { pickFigures } from './picks.ts';
import { resultPerStake, type SurvivalRow, survived } from './rows.ts';
import { temporalSplit } from './split.ts';
import { madeUpRows } from './testing/rows.ts';
import { assertEnough, trainSurvival, trySurvival } from './train.ts';
import { SURVIVAL_TYPES } from './types.ts';
import { toProbabilities } from './worth.ts';

const planted = madeUpRows({ folds: 60, edge: 1.2 });
const noise = madeUpRows({ folds: 60 });
const fitOf = (modelType: SurvivalModelType) => ({
  modelType,
  tuned: SURVIVAL_TYPES[modelType].start,
  seed: 3,
});

/** The same rows, and after their test part began other outcomes. */
function withOtherTest(rows: readonly SurvivalRow[]): SurvivalRow[] {
  const { test: last } = temporalSplit(rows);
  const from = last[0]!.decidedAt;
  return rows.map((row) =>
    row.decidedAt < from ? row : { ...row, outcome: { ...row.outcome, net: -row.outcome.net } },
  );
}

describe.each(SURVIVAL_MODEL_TYPES)('a %s of what survives', (modelType) => {
  const fit = fitOf(modelType);

  test('finds what was planted, and nothing in noise', () => {
    const { judgement, parts } = trainSurvival(planted, fit);
    expect(parts).toMatchObject({ training: 432, validation: 144, test: 144, purged: 0 });
    const { rocAuc, errors, brier, base } = judgement.classes;
    expect(rocAuc!).toBeGreaterThan(0.5 + 3 * errors.rocAuc!);
    expect(brier!).toBeLessThan(base.brier!);
    const none = trainSurvival(noise, fit).judgement.classes;
    expect(Math.abs(none.rocAuc! - 0.5)).toBeLessThan(3 * none.errors.rocAuc!);
  });

  test('chooses by rows that are no test rows: other outcomes there change neither a trial nor who is judged', () => {
    expect(trySurvival(withOtherTest(planted), fit)).toBe(trySurvival(planted, fit));
    const { judgement } = trainSurvival(planted, fit);
    const other = trainSurvival(withOtherTest(planted), fit).judgement;
    expect(other.calibration.map(({ forecast }) => forecast)).toEqual(
      judgement.calibration.map(({ forecast }) => forecast),
    );
    expect(other.classes.rocAuc).not.toBe(judgement.classes.rocAuc);
  });

  test('comes back from its bytes as it was', () => {
    const model = fitSurvival(planted, fit);
    const bytes = encodeSurvival(model);
    const back = decodeSurvival(bytes);
    expect(predictSurvival(back, planted)).toEqual(predictSurvival(model, planted));
    expect(encodeSurvival(back)).toEqual(bytes);
    expect(() => decodeSurvival(bytes.subarray(0, 30))).toThrow('is not what was written');
  });
});

test('half Kelly is half of what grows the capital fastest, found by trying', () => {
  const payoff = { win: 0.4, loss: 0.25 };
  const growth = (p: number, f: number) =>
    p * Math.log(1 + f * payoff.win) + (1 - p) * Math.log(1 - f * payoff.loss);
  let best = 0;
  for (let f = 0; f < 1; f += 1e-4) if (growth(0.41, f) > growth(0.41, best)) best = f;
  expect(halfKellyOf(0.41, payoff)).toBeCloseTo(best / 2, 3);
  expect(halfKellyOf(0.3, payoff)).toBe(0);
  expect(halfKellyOf(0.9, payoff)).toBe(0.25);
});

test('picks are one of each place, and each rule picks whom it says', () => {
  const { test: rows } = temporalSplit(planted);
  const judged = rows.map((row, i) => ({ row, probability: ((i * 37) % 100) / 100 }));
  const payoff = { win: 1, loss: 1 };
  const figures = new Map(pickFigures(judged, payoff).map((one) => [one.rule, one]));
  const places = new Map<string, typeof judged>();
  for (const one of judged) {
    const name = `${one.row.regime} ${one.row.decidedAt}`;
    places.set(name, [...(places.get(name) ?? []), one]);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const groups = [...places.values()];
  const bySharpe = groups.map(
    (of) => [...of].sort((a, b) => b.row.figures.sharpe! - a.row.figures.sharpe!)[0]!.row,
  );
  expect(figures.get('sharpe')).toMatchObject({ picks: groups.length, places: groups.length });
  expect(figures.get('sharpe')!.roi).toBeCloseTo(mean(bySharpe.map(resultPerStake)), 12);
  expect(figures.get('sharpe')!.hitRate).toBeCloseTo(mean(bySharpe.map((row) => Number(survived(row)))), 12);
  const likeliest = groups.map((of) => [...of].sort((a, b) => b.probability - a.probability)[0]!);
  expect(figures.get('likeliest')!.roi).toBeCloseTo(
    mean(likeliest.map(({ row }) => resultPerStake(row))),
    12,
  );
  const taken = likeliest.filter(({ probability }) => probability > 0.5);
  expect(figures.get('survival')!.picks).toBe(taken.length);
  expect(figures.get('survival')!.roi).toBeCloseTo(mean(taken.map(({ row }) => resultPerStake(row))), 12);
  expect(figures.get('random')!.roi).toBeCloseTo(
    mean(groups.map((of) => mean(of.map(({ row }) => resultPerStake(row))))),
    12,
  );
});

test('too few rows are refused with how many there are, and what gives more', () => {
  expect(() => assertEnough({ all: 950, good: 900, older: 8, folds: 60 }, 0.5)).toThrow(
    /needs 1,000 rows, and there are 900, 50 more are below a composite score of 0.5.*60 folds.*8 folds were computed before.*regimen validate own --grid/,
  );
  expect(() => assertEnough({ all: 1000, good: 1000, older: 0, folds: 60 }, 0.5)).not.toThrow();
});

test('an agent that found nothing takes nobody, and one that did takes what is worth a stake', () => {
  const fit = fitOf('q_agent');
  const picksOf = (rows: readonly SurvivalRow[], seed: number) =>
    trainSurvival(rows, { ...fit, seed }).judgement.picks.find(({ rule }) => rule === 'survival')!;
  const taken = picksOf(planted, 1);
  expect(taken.picks).toBeGreaterThan(taken.places / 4);
  expect(taken.roi! - 2 * taken.roiError!).toBeGreaterThan(0);
  // Of rows that say nothing all contenders are worth the same.
  const { member, features, worth } = fitRaw(madeUpRows({ folds: 60, seed: 5 }), {
    ...fit,
    tuned: { ...fit.tuned, caution: 3 },
  });
  expect(features).toContain('trend');
  const said = toProbabilities(worth!, new Float64Array(1));
  const { win, loss } = worth!.payoff;
  expect(said[0]! * win - (1 - said[0]!) * loss).toBeCloseTo(worth!.mean, 12);
  expect((member as AgentMember).parts.trust).toBe(0);
});
