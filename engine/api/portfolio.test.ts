import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = openTestWorkspace();
  await workspace.engine.call('market.demo', {});
  await train(workspace.engine, SIX);
});
afterAll(() => workspace.dispose());

describe('portfolio.show', () => {
  it('has the best champion of each regime as it was chosen, and what they do together', async () => {
    const { engine } = workspace;
    const champions = await engine.call('champions.list', {});
    const best = champions.filter(({ champion }) => champion.split('/').length === 3);
    const { members, correlations, markets, curve, ...all } = await engine.call('portfolio.show', {});
    expect(members.map(({ name }) => name).sort()).toEqual(best.map(({ champion }) => champion).sort());
    for (const member of members) {
      const own = best.find(({ champion }) => champion === member.name)!;
      expect(member).toMatchObject({ kind: 'champion', trades: own.trades, regime: own.regime });
      expect(member.totalReturn).toBeCloseTo(own.totalReturn!, 9);
      // Looked at once a day it falls no deeper than bar by bar.
      expect(member.maxDrawdown).toBeLessThanOrEqual(own.maxDrawdown! + 1e-12);
    }
    for (const [i, row] of correlations.entries()) {
      expect(row[i]).toBeCloseTo(1, 9);
      for (const [j, r] of row.entries()) expect(r).toBe(correlations[j]![i]);
    }
    expect(markets.map(({ regimes }) => regimes.length).reduce((a, b) => a + b)).toBe(members.length);
    // With one market all of it is that market, day by day.
    const [market] = markets;
    const one = await engine.call('portfolio.show', {
      symbol: market!.symbol,
      timeframe: market!.timeframe,
    });
    expect(one.markets).toEqual([market]);
    expect(one.totalReturn).toBeCloseTo(market!.totalReturn, 9);
    expect(one.jointDrawdown).toBeCloseTo(market!.maxDrawdown, 9);
    expect(one.curve!.together.at(-1)! - 1).toBeCloseTo(one.totalReturn!, 9);
    const bars = await engine.call('run.bars', { run: champions[0]!.runId, limit: 10_000 });
    const selection = bars.spans.find(({ kind }) => kind === 'selection')!;
    const first = bars.time.findIndex((time) => time >= selection.from);
    const whole = await engine.call('portfolio.show', {
      symbol: champions[0]!.symbol,
      timeframe: champions[0]!.timeframe,
    });
    expect(whole.buyAndHold).toBeCloseTo(bars.close.at(-1)! / bars.open[first]! - 1, 9);
    expect(curve!.days).toHaveLength(curve!.together.length);
    expect(all.jointDrawdown).toBeLessThanOrEqual(Math.max(...markets.map(({ maxDrawdown }) => maxDrawdown)));
  });

  it('relieves champions by regime with one position: none of their trades overlap, and one alone trades as it does alone', async () => {
    const { engine } = workspace;
    const { markets, members } = await engine.call('portfolio.show', {});
    for (const { symbol, timeframe, regimes, trades, totalReturn } of markets) {
      const own = members.filter((one) => one.symbol === symbol && one.timeframe === timeframe);
      const sum = own.reduce((all, member) => all + member.trades!, 0);
      expect(trades).toBeLessThanOrEqual(sum);
      if (regimes.length > 1) continue;
      expect([trades, totalReturn]).toEqual([own[0]!.trades, expect.closeTo(own[0]!.totalReturn, 9)]);
    }
  });

  it('says who is left out and why, and what exceeds the cap', async () => {
    const { engine } = workspace;
    const hidden = await engine.call('portfolio.show', { window: 'holdout' });
    expect(hidden).toMatchObject({ members: [], markets: [], curve: null, totalReturn: null });
    expect(hidden.notes[0]).toMatch(/is left out: its holdout was not opened/);
    await engine.call('champions.open', { all: true });
    const opened = await engine.call('portfolio.show', { window: 'holdout', cap: 1 });
    expect(opened.members.length).toBeGreaterThan(0);
    const over = opened.exposures.filter(({ most }) => Math.abs(most) > 1).map(({ currency }) => currency);
    for (const currency of over) expect(opened.notes.at(-1)).toContain(`${currency} (`);
    for (const { most, overCap } of opened.exposures) expect(overCap > 0).toBe(Math.abs(most) > 1);
  });
});
