import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Examination } from './candidates.ts';
import { ANY, type Champion } from './champion.ts';
import { decide, type ExaminedRun, type SelectionRules } from './decide.ts';

const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_score: 'auto',
  min_trades_per_regime: 10,
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};

function examination(regime: string, score: number, ineligible: string | null = null): Examination {
  return { regime, strategyIndex: 5, score, trades: 30, ineligible };
}

function run(runId: number, ...examinations: Examination[]): ExaminedRun {
  return { runId, symbol: 'EURUSD', timeframe: 'H1', examinations };
}

function champion(runId: number, regime: string, score: number, of: Partial<Champion> = {}): Champion {
  return {
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime,
    runId,
    strategyIndex: 5,
    score,
    trades: 30,
    stale: null,
    ...of,
  };
}

describe('decide', () => {
  it('makes the first eligible run champion', () => {
    const outcome = decide(run(1, examination('bull', 1.5)), [], RULES);
    expect(outcome).toEqual({
      decisions: [
        {
          symbol: 'EURUSD',
          timeframe: 'H1',
          regime: 'bull',
          runId: 1,
          decision: 'champion',
          strategyIndex: 5,
          newScore: 1.5,
          trades: 30,
          oldRunId: null,
          oldScore: null,
          oldStoredScore: null,
          margin: null,
          reason: 'There was no champion; Sharpe 1.5 with 30 trades.',
        },
      ],
      added: [champion(1, 'bull', 1.5)],
      removed: [],
      changed: [],
      champions: [champion(1, 'bull', 1.5)],
      keepArtifact: true,
      released: [],
    });
  });

  it.each([
    [
      1.21,
      1.23,
      'champion',
      "Sharpe 1.23 beats the champion's 1.21 by 0.02; at least 0.0121 is asked for (1 % of it).",
    ],
    [
      1.21,
      1.22,
      'rejected',
      "Sharpe 1.22 is 0.01 above the champion's 1.21; at least 0.0121 is asked for (1 % of it).",
    ],
    [1.21, 1.21, 'rejected', "Sharpe 1.21 does not beat the champion's 1.21."],
    [1.21, 0.5, 'rejected', "Sharpe 0.5 does not beat the champion's 1.21."],
    // The threshold counts of |old|: with a negative least score, champions may have negative ones.
    [
      -2,
      -1.99,
      'rejected',
      "Sharpe -1.99 is 0.01 above the champion's -2; at least 0.02 is asked for (1 % of it).",
    ],
    [
      -2,
      -1.9,
      'champion',
      "Sharpe -1.9 beats the champion's -2 by 0.1; at least 0.02 is asked for (1 % of it).",
    ],
    [
      3,
      Infinity,
      'champion',
      "Sharpe infinite beats the champion's 3 by infinite; at least 0.03 is asked for (1 % of it).",
    ],
    [Infinity, 9, 'rejected', "Sharpe 9 does not beat the champion's infinite."],
    [Infinity, Infinity, 'rejected', "Sharpe infinite does not beat the champion's infinite."],
  ])('champion %d against %d: %s', (old, score, decision, reason) => {
    const { decisions, champions } = decide(
      run(2, examination('bull', score)),
      [champion(1, 'bull', old)],
      RULES,
    );
    expect(decisions).toMatchObject([{ decision, reason, oldRunId: 1, oldScore: old, margin: score - old }]);
    expect(champions.map(({ runId }) => runId)).toEqual([decision === 'champion' ? 2 : 1]);
  });

  it('needs a real improvement even where none is asked for', () => {
    const rules = { ...RULES, min_improvement_threshold: 0 };
    const against = (score: number) =>
      decide(run(2, examination('bull', score)), [champion(1, 'bull', 1)], rules).decisions[0]!.decision;
    expect([against(1), against(1 + Number.EPSILON)]).toEqual(['rejected', 'champion']);
  });

  it('is content with exactly what is asked for', () => {
    const rules = { ...RULES, min_improvement_threshold: 0.5 };
    const against = (score: number) =>
      decide(run(2, examination('bull', score)), [champion(1, 'bull', 2)], rules).decisions[0]!.decision;
    expect([against(3 - 2 * Number.EPSILON), against(3)]).toEqual(['rejected', 'champion']);
  });

  it('keeps the reason of a run without an eligible strategy', () => {
    const outcome = decide(run(1, examination('bull', Number.NaN, 'Too few.')), [], RULES);
    expect(outcome).toMatchObject({
      decisions: [{ decision: 'rejected', reason: 'Too few.' }],
      keepArtifact: false,
    });
    expect(outcome.champions).toEqual([]);
  });
});

describe('decide, with several champions or places', () => {
  it('fills the places first, then replaces the worst, the later one of equals', () => {
    const rules = { ...RULES, keep_top_n_per_regime: 2 };
    const two = [champion(1, 'bull', 1), champion(3, 'bull', 1)];
    const filling = decide(run(3, examination('bull', 1)), two.slice(0, 1), rules);
    expect(filling.champions).toEqual(two);
    expect(filling.decisions[0]!.reason).toBe('1 of 2 places were taken; Sharpe 1 with 30 trades.');
    for (const champions of [two, two.toReversed()]) {
      const outcome = decide(run(4, examination('bull', 2)), champions, rules);
      expect(outcome.removed).toEqual([two[1]]);
      expect(outcome.released).toEqual([3]);
    }
  });

  it('releases a run that is pushed out only when it is champion of nothing else', () => {
    const champions = [champion(1, 'bull', 1), champion(1, 'bear', 5), champion(2, 'calm', 1)];
    const outcome = decide(
      run(3, examination('bull', 2), examination('bear', 2), examination('calm', 2)),
      champions,
      RULES,
    );
    expect(outcome.removed.map(({ runId, regime }) => [runId, regime])).toEqual([
      [1, 'bull'],
      [2, 'calm'],
    ]);
    expect(outcome.released).toEqual([2]);
  });

  it('lets other symbols, timeframes and scope rules compete no more than they should', () => {
    const elsewhere = [
      champion(1, 'bull', 9, { symbol: 'GBPUSD' }),
      champion(2, 'bull', 9, { timeframe: 'H4' }),
      champion(3, 'bull', 9, { symbol: ANY, timeframe: ANY }),
    ];
    const mine = run(4, examination('bull', 1));
    expect(decide(mine, elsewhere, RULES).champions).toEqual([...elsewhere, champion(4, 'bull', 1)]);
    const all = decide(mine, elsewhere, { ...RULES, scope: 'regime' });
    expect(all.decisions).toMatchObject([{ symbol: ANY, timeframe: ANY, decision: 'rejected', oldRunId: 3 }]);
    const better = decide(run(4, examination('bull', 10)), [...elsewhere, champion(3, 'bear', 1)], {
      ...RULES,
      scope: 'regime',
    });
    expect(better.removed).toEqual([elsewhere[2]]);
    expect(better.released).toEqual([]);
  });

  it('pushes out what is beyond the places after they were reduced', () => {
    const champions = [champion(1, 'bull', 1), champion(2, 'bull', 3), champion(3, 'bull', 2)];
    const outcome = decide(run(4, examination('bull', 0.5)), champions, RULES);
    expect(outcome.decisions.map(({ runId, decision }) => [runId, decision])).toEqual([
      [3, 'pushed_out'],
      [1, 'pushed_out'],
      [4, 'rejected'],
    ]);
    expect(outcome.decisions[0]!.reason).toBe('keep_top_n_per_regime is 1 now, and there are better ones.');
    expect(outcome.champions).toEqual([champions[1]]);
    expect(outcome.released).toEqual([1, 3]);
  });

  it('keeps every artifact when models are not to be deleted', () => {
    const rules = { ...RULES, delete_non_best_models: false };
    expect(decide(run(2, examination('bull', 2)), [champion(1, 'bull', 1)], rules).released).toEqual([]);
    expect(decide(run(2, examination('bull', 0.5)), [champion(1, 'bull', 1)], rules).keepArtifact).toBe(true);
  });
});

describe('a history of decisions', () => {
  const REGIMES = ['bull', 'bear', 'calm'];
  const score = fc.oneof(
    fc.integer({ min: 1, max: 8 }).map((n) => n / 4),
    fc.double({ min: 0.01, max: 3, noNaN: true }),
  );
  const examined = fc.tuple(...REGIMES.map((regime) => fc.tuple(fc.constant(regime), score, fc.boolean())));
  const history = fc
    .array(fc.tuple(fc.constantFrom('EURUSD', 'GBPUSD'), fc.constantFrom('H1', 'H4'), examined), {
      minLength: 1,
      maxLength: 25,
    })
    .map((entries) =>
      entries.map(
        ([symbol, timeframe, regimes], index): ExaminedRun => ({
          runId: index + 1,
          symbol,
          timeframe,
          examinations: regimes.map(([regime, s, eligible]) =>
            examination(regime, s, eligible ? null : 'Too few.'),
          ),
        }),
      ),
    );
  const anyRules: fc.Arbitrary<SelectionRules> = fc.record({
    scope: fc.constantFrom('symbol_timeframe_regime', 'regime'),
    score: fc.constant('sharpe'),
    min_score: fc.constant('auto'),
    min_trades_per_regime: fc.constant(10),
    min_improvement_threshold: fc.constantFrom(0, 0.01, 0.5),
    keep_top_n_per_regime: fc.integer({ min: 1, max: 3 }),
    delete_non_best_models: fc.constant(true),
  });

  function byScope(champions: readonly Champion[]): Map<string, number[]> {
    const scopes = Map.groupBy(champions, (c) => `${c.symbol} ${c.timeframe} ${c.regime}`);
    return new Map([...scopes].map(([key, list]) => [key, list.map((c) => c.score).sort((a, b) => b - a)]));
  }

  it('never makes a scope worse, and never holds more champions than places', () => {
    fc.assert(
      fc.property(history, anyRules, (runs, rules) => {
        let champions: readonly Champion[] = [];
        for (const next of runs) {
          const outcome = decide(next, champions, rules);
          const after = byScope(outcome.champions);
          for (const [key, before] of byScope(champions)) {
            const now = after.get(key) ?? [];
            expect(before.every((s, rank) => now[rank]! >= s)).toBe(true);
          }
          for (const scores of after.values())
            expect(scores.length).toBeLessThanOrEqual(rules.keep_top_n_per_regime);
          champions = outcome.champions;
        }
      }),
    );
  });

  it('keeps the model files of champions and no others', () => {
    fc.assert(
      fc.property(history, anyRules, (runs, rules) => {
        let champions: readonly Champion[] = [];
        const files = new Set<number>();
        for (const next of runs) {
          const outcome = decide(next, champions, rules);
          champions = outcome.champions;
          if (outcome.keepArtifact) files.add(next.runId);
          for (const runId of outcome.released) expect(files.delete(runId)).toBe(true);
          expect(files).toEqual(new Set(champions.map((c) => c.runId)));
        }
      }),
    );
  });

  it('leaves one audit row per regime, and rows, added and removed agree with the champions', () => {
    fc.assert(
      fc.property(history, anyRules, (runs, rules) => {
        let champions: readonly Champion[] = [];
        for (const next of runs) {
          const { decisions, added, removed, champions: after } = decide(next, champions, rules);
          expect(decisions.map((d) => d.regime)).toEqual(REGIMES);
          const won = decisions.filter((d) => d.decision === 'champion');
          expect(added.map((c) => c.regime)).toEqual(won.map((d) => d.regime));
          const replaced = won.flatMap((d) => (d.oldRunId === null ? [] : [`${d.regime} ${d.oldRunId}`]));
          expect(removed.map((c) => `${c.regime} ${c.runId}`).sort()).toEqual(replaced.sort());
          expect(new Set(after)).toEqual(
            new Set([...champions.filter((c) => !removed.includes(c)), ...added]),
          );
          champions = after;
        }
      }),
    );
  });

  it('deciding the last run again changes nothing, and a replay gives the same', () => {
    fc.assert(
      fc.property(history, anyRules, (runs, rules) => {
        const replay = () => {
          let champions: readonly Champion[] = [];
          return runs.map((next) => {
            const outcome = decide(next, champions, rules);
            champions = outcome.champions;
            const again = decide(next, champions, rules);
            expect([again.added, again.removed, again.champions]).toEqual([[], [], champions]);
            expect(again.keepArtifact).toBe(outcome.keepArtifact);
            return outcome;
          });
        };
        expect(replay()).toEqual(replay());
      }),
    );
  });
});
