import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisive, type Judgment, verdictOf } from './verdict.ts';
import type { Claim, SpentHoldout, Tested } from './verdict-evidence.ts';

const CLAIM: Claim = { sharpe: 4.1, trades: 80, marketP: 0.31, luckSharpe: 4.62, tries: 4320 };

const TESTED: Tested = {
  scheme: 'own',
  folds: 41,
  trades: 412,
  sharpe: 1.42,
  sharpeError: 0.38,
  t: 3.1,
  p: 0.004,
  among: 7,
  positiveAtDoubledCosts: true,
};

const judge = (
  tested: Partial<Tested> | null,
  claim: Partial<Claim> | null = {},
  holdout: SpentHoldout | null = null,
): Judgment =>
  verdictOf({
    claim: claim && { ...CLAIM, ...claim },
    tested: tested && { ...TESTED, ...tested },
    holdout,
  })!;

describe('validated', () => {
  test.each([
    ['too little data', { trades: 29 }],
    ['too little data', { trades: 29, t: -5, p: 1 }],
    ['contradicted', { trades: 30, t: -1.645, p: 1 }],
    ['none', { t: -1.644, p: 0.95 }],
    ['strong', {}],
    ['strong', { trades: 100 }],
    ['suggestive', { trades: 99 }],
    ['suggestive', { p: 0.01 }],
    ['strong', { p: 0.00999 }],
    ['suggestive', { positiveAtDoubledCosts: false }],
    ['suggestive', { positiveAtDoubledCosts: null }],
    ['suggestive', { p: 0.0499, trades: 30 }],
    ['none', { p: 0.05 }],
    ['none', { p: 1, t: null, sharpe: null, sharpeError: null }],
  ] as const)('%s: %o', (verdict, tested) => {
    expect(judge(tested).verdict).toBe(verdict);
    // What a champion claimed decides nothing any more.
    expect(judge(tested, { trades: 3, marketP: 0.002 }).verdict).toBe(verdict);
    expect(judge(tested, null).verdict).toBe(verdict);
  });

  test('a spent holdout contradicts where it lost more than such stretches of the stitched curve do, from 5 trades on', () => {
    const spent = { trades: 5, net: -0.0501, floor: -0.05 };
    expect(judge({}, {}, spent).verdict).toBe('contradicted');
    expect(judge({}, {}, { ...spent, net: -0.05 }).verdict).toBe('strong');
    expect(judge({}, {}, { ...spent, trades: 4 }).verdict).toBe('strong');
    expect(judge({}, {}, { ...spent, floor: null }).verdict).toBe('strong');
    expect(judge({ trades: 12 }, {}, spent).verdict).toBe('too little data');
    expect(judge(null, { marketP: 0.01 }, spent).verdict).toBe('suggestive');
  });
});

describe('before any validation', () => {
  test.each([
    ['too little data', { trades: 29, marketP: 0.002 }],
    ['suggestive', { trades: 30, marketP: 0.0499 }],
    ['none', { marketP: 0.05 }],
    ['none', { marketP: null }],
  ] as const)('%s: %o', (verdict, claim) => expect(judge(null, claim).verdict).toBe(verdict));

  test('there is none without a claim', () => {
    expect(verdictOf({ claim: null, tested: null, holdout: null })).toBeNull();
  });
});

describe('the sentence', () => {
  test('says what was claimed, what luck reaches and what came of it', () => {
    expect(judge({ sharpe: -0.24, sharpeError: 0.41, t: -0.6, p: 0.741, among: 1 }).reason).toBe(
      'Sharpe 4.1 on the selection window; the best of 4,320 tries reaches 4.6 in one of 20 cases without any edge; ' +
        'out of sample over 41 folds a Sharpe of −0.2 ± 0.4. ' +
        'Chance of as much without any edge: 74 %, 412 trades: 5 % would be evidence.',
    );
  });

  test('says what decided', () => {
    const of = (...given: Parameters<typeof judge>) => judge(...given).reason;
    expect(of({}, null)).toBe(
      'Out of sample over 41 folds a Sharpe of 1.4 ± 0.4. Chance of as much without any edge: 0.4 %, adjusted for the ' +
        '7 validations of its market, 412 trades, and positive at doubled costs.',
    );
    expect(of({ p: 0.02, trades: 60, positiveAtDoubledCosts: null }, null)).toMatch(
      / Chance of as much without any edge: 2 %, .* 60 trades\. Strong evidence takes a chance below 1 %, 100 trades and a profit at doubled costs, which was not tried\.$/,
    );
    expect(of({ positiveAtDoubledCosts: false }, null)).toMatch(
      /\. Strong evidence takes a profit at doubled costs\.$/,
    );
    expect(of({ trades: 1, folds: 1 }, null)).toBe(
      'Out of sample over 1 fold a Sharpe of 1.4 ± 0.4. 1 trade out of sample: fewer than 30 say nothing.',
    );
    expect(of({ t: -2.134, p: 1 }, null)).toMatch(
      / It lost more than chance explains \(t −2\.13, 412 trades\)\.$/,
    );
    expect(of({}, null, { trades: 14, net: -0.06, floor: -0.04 })).toMatch(
      / In the holdout 14 trades came to −5\.8 %: of 100 stretches as long of its own out-of-sample days 99 end above −3\.9 %\.$/,
    );
    expect(of({ scheme: 'quick', p: 0.3 }, null)).toMatch(
      /: 5 % would be evidence\. Quick can reject, hardly confirm: 180 days find a true Sharpe of 1\.2, 2 or 3 in 22, 40 or 68 %\.$/,
    );
    expect(of({ trades: 0, sharpe: null, sharpeError: null, t: null, p: 1 }, null)).toBe(
      'Out of sample over 41 folds not a trade. 0 trades out of sample: fewer than 30 say nothing.',
    );
  });

  test('of one that is not validated says so', () => {
    expect(judge(null, { marketP: 0.024 }).reason).toBe(
      'Sharpe 4.1 on the selection window; the best of 4,320 tries reaches 4.6 in one of 20 cases without any edge. ' +
        'In 2.4 % of cases the best of everything tried in its market is as good without any edge. ' +
        'Not validated yet: nothing is known out of sample.',
    );
    expect(judge(null, { trades: 12, luckSharpe: null }).reason).toBe(
      'Sharpe 4.1 on the selection window. 12 trades there: fewer than 30 say nothing.',
    );
    expect(judge(null, { marketP: null, luckSharpe: null, tries: null }).reason).toMatch(
      / Not everything that was tried in its market was counted, so it can't be held against luck\. Not validated yet/,
    );
  });
});

describe('more evidence', () => {
  const RANK = ['contradicted', 'none', 'suggestive', 'strong'];
  const tested = fc.record<Tested>({
    scheme: fc.constantFrom('quick', 'full', 'own'),
    folds: fc.integer({ min: 1, max: 200 }),
    trades: fc.integer({ min: 0, max: 300 }),
    sharpe: fc.double({ min: -5, max: 5, noNaN: true }),
    sharpeError: fc.double({ min: 0.1, max: 3, noNaN: true }),
    t: fc.double({ min: -4, max: 6, noNaN: true }),
    p: fc.double({ min: 1 / 501, max: 1, noNaN: true }),
    among: fc.integer({ min: 1, max: 50 }),
    positiveAtDoubledCosts: fc.constantFrom(true, false, null),
  });

  test('never makes the verdict worse', () => {
    fc.assert(
      fc.property(tested, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const before = judge(one);
        if (before.verdict === 'too little data') return;
        const better = judge({
          ...one,
          t: one.t! + 5 * share,
          p: one.p * share,
          trades: one.trades + 50,
          positiveAtDoubledCosts: true,
        });
        expect(RANK.indexOf(better.verdict)).toBeGreaterThanOrEqual(RANK.indexOf(before.verdict));
      }),
    );
  });

  test('is read out as sentences without gaps', () => {
    fc.assert(
      fc.property(tested, (one) => {
        const { reason } = judge(one);
        expect(reason).toMatch(/^[A-Z].*\.$/);
        expect(reason).not.toMatch(/NaN|null|undefined|-0\.0\b| {2}|\.\./);
      }),
    );
  });
});

test('the validation with the most counted bars decides, of equals the newest; one without counted folds never', () => {
  const of = (...bars: number[]) => decisive(bars.map((n, id) => ({ id, bars: n })))?.id;
  expect(of(100, 900, 300)).toBe(1);
  expect(of(900, 300, 900)).toBe(2);
  expect(of(0)).toBeUndefined();
  expect(of()).toBeUndefined();
});
