import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { parseHyperparameters } from '../catalog.ts';
import { type Experience, fitAgent, trustIn } from './fitted-q.ts';
import { qAgent } from './q-agent.ts';
import { bestRule, positionsBy, positionsByRule, resultOf, trainingSet, walk } from './testing/walks.ts';

const TRAIN = 2000;
const ROWS = 3500;
const DEFAULTS = parseHyperparameters(qAgent, {});

/** What an agent that learned from the first rows of a walk does on the others, and a rule that knows the lean. */
function later(seed: number, share: number, rule = { enter: 0, leave: 0 }) {
  const made = walk({ seed, rows: ROWS, share });
  const member = qAgent.fit(trainingSet(made, TRAIN, seed), DEFAULTS);
  const values = new Float64Array(3 * (ROWS - TRAIN));
  member.agent.values(made.columns, TRAIN, ROWS - TRAIN, values);
  const returns = made.trading.long.subarray(TRAIN);
  return {
    agent: resultOf(positionsBy(values), returns),
    rule: resultOf(positionsByRule(made.lean.subarray(TRAIN), rule.enter, rule.leave), returns),
    trust: member.parts.trust,
  };
}

describe('ten walks', () => {
  test('of noise are hardly traded', () => {
    const traded = Array.from({ length: 10 }, (_, k) => later(300 + k, 0)).filter(
      ({ agent }) => agent.held > 0.01,
    );
    expect(traded.length).toBeLessThanOrEqual(1);
  });

  test('with an edge give nine tenths of what a rule earns that knows it', () => {
    const rule = bestRule(0.05);
    const runs = Array.from({ length: 10 }, (_, k) => later(500 + k, 0.05, rule));
    const sum = (of: 'agent' | 'rule') => runs.reduce((total, run) => total + run[of].net, 0);
    expect(sum('rule')).toBeGreaterThan(0.5);
    expect(sum('agent')).toBeGreaterThan(0.9 * sum('rule'));
  });
});

/** Rows of two states that tell the way of the next bar, and change places now and then. */
function twoStates(count: number, stay: number): Experience & { readonly state: Int8Array } {
  const prng = createPrng(4);
  const state = new Int8Array(count);
  for (let i = 1; i < count; i++) state[i] = prng.float() < stay ? state[i - 1]! : 1 - state[i - 1]!;
  const long = Float64Array.from(state, (s) => (s === 1 ? 3e-4 : -3e-4));
  return {
    count,
    columns: [Float64Array.from(state)],
    long,
    short: long.map((r) => -r),
    costPerSide: new Float64Array(count).fill(4e-4),
    goesOn: Uint8Array.from({ length: count }, (_, i) => +(i + 1 < count)),
    state,
  };
}

const OPTIONS = { trees: 20, minLeaf: 20, featureShare: 1, discount: 0.9, caution: 0, seed: 3 };

test('values are the fixed point of the equation, as value iteration over the states finds it', () => {
  const { state, ...experience } = twoStates(4000, 0.95);
  const { trees, trust } = fitAgent(experience, OPTIONS);
  expect(trust).toBeCloseTo(1, 9);
  // The chain as it was seen, solved state by state.
  const moves = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i + 1 < state.length; i++) moves[state[i]!]![state[i + 1]!]!++;
  let w = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let step = 0; step < 500; step++) {
    w = [0, 1].map((s) =>
      [-1, 0, 1].map((a) => {
        const total = moves[s]![0]! + moves[s]![1]!;
        const next = [0, 1].map(
          (to) =>
            (moves[s]![to]! / total) *
            Math.max(...[-1, 0, 1].map((b) => w[to]![b + 1]! - 4e-4 * Math.abs(b - a))),
        );
        return a * (s === 1 ? 3e-4 : -3e-4) + 0.9 * (next[0]! + next[1]!);
      }),
    );
  }
  const said = [0, 1].map((s) =>
    [0, 1, 2].map((a) => {
      const of = trees.map(({ feature, cut, next, values }) => {
        const leaf = feature[0]! < 0 ? next[0]! : next[next[0]! + (s < cut[0]! ? 0 : 1)]!;
        return values[3 * leaf + a]!;
      });
      return of.reduce((sum, value) => sum + value, 0) / of.length;
    }),
  );
  // Trees see two thirds of the rows each, so that their shares differ a little.
  for (const s of [0, 1]) for (const a of [0, 1, 2]) expect(said[s]![a]! - w[s]![a]!).toBeCloseTo(0, 4);
  expect(Math.max(...w.flat())).toBeGreaterThan(15e-4);
});

test('a bar that is not followed by the next one says nothing of how it goes on', () => {
  const whole = twoStates(600, 0.9);
  const cut = { ...whole, goesOn: whole.goesOn.slice() };
  cut.goesOn[299] = 0;
  const changed = { ...cut, long: cut.long.slice(), short: cut.short.slice() };
  changed.long[299] = 1;
  changed.short[299] = -1;
  const trees = (experience: Experience) => fitAgent(experience, { ...OPTIONS, caution: null }).trees;
  expect(trees(changed)).toEqual(trees(cut));
  expect(trees(cut)).not.toEqual(trees(whole));
});

test('trust is the slope less so many of its errors', () => {
  const forecast = Float64Array.of(1, -1, 2, 0);
  const came = Float64Array.of(2, -1, 5, 1);
  // 13 / 6; errors 1 x (2 - 13/6), -1 x (-1 + 13/6), 2 x (5 - 13/3).
  const error = Math.sqrt((1 / 6) ** 2 + (7 / 6) ** 2 + (4 / 3) ** 2) / 6;
  expect(trustIn(forecast, came, 0)).toBeCloseTo(13 / 6, 12);
  expect(trustIn(forecast, came, 2)).toBeCloseTo(13 / 6 - 2 * error, 12);
  expect(trustIn(forecast, came, 20)).toBe(0);
  expect(trustIn(new Float64Array(4), came, 2)).toBe(0);
  expect(trustIn(forecast, came, null)).toBe(1);
});

test('a way that costs nothing to hold is liked better than one that does', () => {
  const experience = twoStates(1000, 0.9);
  const night = { ...experience, long: experience.long.map((r) => r - 5e-4) };
  const mean = (of: Experience) => {
    const { trees } = fitAgent(of, OPTIONS);
    return trees.reduce((sum, { values }) => sum + values[2]! - values[0]!, 0) / trees.length;
  };
  expect(mean(night)).toBeLessThan(mean(experience) - 5e-4);
});

test('classes are refused, with what to do', () => {
  const made = walk({ seed: 1, rows: 200, share: 0 });
  const set = { ...trainingSet(made, 150, 1), task: 'classes' as const };
  expect(() => qAgent.fit(set, DEFAULTS)).toThrow(/target return/);
  const { trading: _, ...without } = trainingSet(made, 150, 1);
  expect(() => qAgent.fit(without, DEFAULTS)).toThrow(/what positions come to/);
});
