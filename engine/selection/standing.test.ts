import { describe, expect, it } from 'vitest';
import type { Champion } from './champion.ts';
import { decide, type SelectionRules } from './decide.ts';
import type { Standing } from './standing.ts';

const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_score: 'auto',
  min_trades_per_regime: 10,
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};

const OTHER_COSTS = 'the trading costs changed';

function champion(runId: number, score: number, of: Partial<Champion> = {}): Champion {
  return {
    symbol: 'BTCUSDT',
    timeframe: 'H1',
    regime: 'bull',
    runId,
    strategyIndex: 5,
    score,
    trades: 30,
    stale: null,
    ...of,
  };
}

/** Run 9 comes with a score, or with none that is eligible. */
function judge(
  score: number | null,
  champions: readonly Champion[],
  standings: Readonly<Record<number, Standing>>,
  rules: Partial<SelectionRules> = {},
) {
  const ineligible = score === null ? 'Too few.' : null;
  return decide(
    {
      runId: 9,
      symbol: 'BTCUSDT',
      timeframe: 'H1',
      examinations: [{ regime: 'bull', strategyIndex: 2, score: score ?? 0, trades: 20, ineligible }],
    },
    champions,
    { ...RULES, ...rules },
    ({ runId }) => standings[runId] ?? { kind: 'current' },
  );
}

const stale: Standing = { kind: 'stale', reason: OTHER_COSTS };
const rescored = (score: number, trades = 30): Standing => ({ kind: 'rescored', score, trades });

describe('a champion that was chosen under other costs', () => {
  it('takes no place from a new one, is marked, and keeps its model until it is scored again', () => {
    const outcome = judge(5.49, [champion(1, 9.35)], { 1: stale });
    const aside = champion(1, 9.35, { stale: OTHER_COSTS });
    const crowned = champion(9, 5.49, { strategyIndex: 2, trades: 20 });
    expect(outcome).toMatchObject({ added: [crowned], removed: [], changed: [aside], released: [] });
    expect(outcome.champions).toEqual([aside, crowned]);
    expect(outcome.decisions).toMatchObject([
      {
        runId: 1,
        decision: 'stood_aside',
        newScore: 9.35,
        reason: 'It stands aside until it is scored again: the trading costs changed since it was chosen.',
      },
      {
        runId: 9,
        decision: 'champion',
        oldRunId: null,
        reason:
          'There was no champion whose score still counts: run 1 (9.35) stands aside; Sharpe 5.49 with 20 trades.',
      },
    ]);
  });

  it('is marked once, whether the new run is eligible or not', () => {
    const first = judge(null, [champion(1, 9.35)], { 1: stale });
    expect(first.decisions.map(({ decision }) => decision)).toEqual(['stood_aside', 'rejected']);
    const second = judge(null, first.champions, { 1: stale });
    expect(second.decisions.map(({ decision }) => decision)).toEqual(['rejected']);
    expect(second).toMatchObject({ added: [], removed: [], changed: [], champions: first.champions });
  });

  it('is marked anew when something else has changed', () => {
    const before = champion(1, 9.35, { stale: 'its bars changed' });
    const outcome = judge(null, [before], { 1: stale });
    expect(outcome.changed).toEqual([champion(1, 9.35, { stale: OTHER_COSTS })]);
    expect(outcome.decisions).toMatchObject([{ runId: 1, decision: 'stood_aside' }, { runId: 9 }]);
  });

  it('says, too, why it could not be scored again', () => {
    const obstacle = 'its model file can not be read';
    const first = judge(null, [champion(1, 9.35)], { 1: { ...stale, obstacle } });
    expect(first.changed).toEqual([champion(1, 9.35, { stale: `${OTHER_COSTS}, and ${obstacle}` })]);
    expect(first.decisions[0]).toMatchObject({
      decision: 'stood_aside',
      reason: `It stands aside: since it was chosen, ${OTHER_COSTS}, and ${obstacle}.`,
    });
    expect(judge(null, first.champions, { 1: { ...stale, obstacle } }).decisions).toHaveLength(1);
  });

  it('is named with the others that stand aside beside a free place', () => {
    const { decisions } = judge(5.49, [champion(1, 9.35), champion(2, 8)], { 1: stale, 2: stale });
    expect(decisions.at(-1)!.reason).toBe(
      'There was no champion whose score still counts: run 1 (9.35), run 2 (8) stand aside; Sharpe 5.49 with 20 trades.',
    );
  });

  it('takes its own place again with the score that its run is given today', () => {
    const outcome = judge(5, [champion(9, 9.35, { stale: OTHER_COSTS })], { 9: stale });
    const today = champion(9, 5, { strategyIndex: 2, trades: 20 });
    expect(outcome).toMatchObject({ added: [], removed: [], released: [], keepArtifact: true });
    expect([outcome.champions, outcome.changed]).toEqual([[today], [today]]);
  });
});

describe('a champion that is scored again', () => {
  it('of another market is asked nothing and stays as it is', () => {
    const others = [champion(1, 9.35, { symbol: 'ETHUSDT' }), champion(1, 9.35, { regime: 'bear' })];
    const outcome = judge(null, others, { 1: stale });
    expect(outcome.champions).toEqual(others);
    expect(outcome.decisions.map(({ runId }) => runId)).toEqual([9]);
  });

  it('competes again once its basis is that of today again', () => {
    const outcome = judge(5.49, [champion(1, 9.35, { stale: OTHER_COSTS })], {});
    expect(outcome.changed).toEqual([champion(1, 9.35)]);
    expect(outcome.decisions).toMatchObject([{ decision: 'rejected', oldRunId: 1, oldScore: 9.35 }]);
  });

  it('competes with the score that it was given again; the audit row has both', () => {
    const kept = judge(3.5, [champion(1, 9.35)], { 1: rescored(4.1, 28) });
    expect(kept.changed).toEqual([champion(1, 4.1, { trades: 28 })]);
    expect(kept.decisions).toMatchObject([
      {
        decision: 'rescored',
        runId: 1,
        newScore: 4.1,
        trades: 28,
        oldRunId: null,
        oldScore: 4.1,
        oldStoredScore: 9.35,
        reason: "Scored again for today's data and rules: Sharpe 4.1 with 28 trades; it was 9.35 before.",
      },
      {
        decision: 'rejected',
        oldScore: 4.1,
        oldStoredScore: 9.35,
        margin: 3.5 - 4.1,
        reason: "Sharpe 3.5 does not beat the champion's 4.1 (scored again; it was 9.35 before).",
      },
    ]);
    const beaten = judge(5, [champion(1, 9.35)], { 1: rescored(4.1) });
    expect(beaten).toMatchObject({ released: [1], changed: [] });
    expect(beaten.removed).toEqual([champion(1, 9.35)]);
    expect(beaten.decisions).toMatchObject([
      { decision: 'rescored', runId: 1 },
      { decision: 'champion', oldRunId: 1, oldScore: 4.1, oldStoredScore: 9.35 },
    ]);
  });

  it.each([
    [rescored(-0.2), 'its Sharpe is -0.2; it must be above 0.'],
    [rescored(0), 'its Sharpe is 0; it must be above 0.'],
    [rescored(Number.NaN), 'it has no Sharpe.'],
    [rescored(3, 9), '9 trades, 10 are asked for.'],
  ])('leaves when scored again it is not eligible any more', (standing, shortfall) => {
    const outcome = judge(null, [champion(1, 9.35)], { 1: standing });
    expect(outcome.champions).toEqual([]);
    expect(outcome.released).toEqual([1]);
    expect(outcome.decisions[0]).toMatchObject({
      decision: 'pushed_out',
      runId: 1,
      oldStoredScore: 9.35,
      reason: `Scored again for today's data and rules: ${shortfall}`,
    });
  });

  it('that comes again and leaves has no model to keep, and none of another run goes', () => {
    const outcome = judge(null, [champion(9, 9.35)], { 9: rescored(-0.2) });
    expect(outcome).toMatchObject({ champions: [], keepArtifact: false, released: [] });
  });

  it('stays with as many trades as are asked for', () => {
    const outcome = judge(null, [champion(1, 9.35)], { 1: rescored(0.1, 10) });
    expect(outcome.champions).toEqual([champion(1, 0.1, { trades: 10 })]);
  });

  it('scored again beside those that took the places meanwhile, only the best stay', () => {
    const champions = [champion(1, 9.35, { stale: OTHER_COSTS }), champion(2, 5.49)];
    const outcome = judge(null, champions, { 1: rescored(6) });
    expect(outcome.champions).toEqual([champion(1, 6)]);
    expect(outcome.decisions.map(({ runId, decision }) => [runId, decision])).toEqual([
      [1, 'rescored'],
      [2, 'pushed_out'],
      [9, 'rejected'],
    ]);
    expect(judge(null, champions, { 1: rescored(6) }, { keep_top_n_per_regime: 2 }).champions).toEqual([
      champion(1, 6),
      champion(2, 5.49),
    ]);
  });
});
