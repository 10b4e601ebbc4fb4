import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barsPerYear } from '../backtest/metrics.ts';
import type { ChampionDto, RunDetailDto, RunDto, TraceDto } from '../contract/dto/index.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
let champions: readonly ChampionDto[];
let runs: readonly RunDto[];
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  const summary = await train(engine, SIX);
  runs = (await engine.call('queue.results', { queueId: summary.queueId })).toReversed();
  champions = summary.champions;
  expect(runs.map((run) => run.id)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(champions.length).toBeGreaterThan(1);
});
afterAll(() => workspace.dispose());

const detailOf = (run: string) => workspace.engine.call('history.get', { run });

/** The position of a champion's strategy among those of its run. */
function strategyIndexOf(run: RunDetailDto, champion: ChampionDto): number {
  const wanted = JSON.stringify(Object.entries(champion.strategy).sort());
  return run.strategies.findIndex(
    ({ predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow }) =>
      JSON.stringify(
        Object.entries({ predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow }).sort(),
      ) === wanted,
  );
}

describe('history.get', () => {
  it('tells a run as the list does, with everything behind it', async () => {
    for (const run of runs) {
      const detail = await detailOf(run.uuid.slice(0, 8));
      expect(detail).toMatchObject(run);
      expect(detail.regimes).toEqual([
        'bull_trending',
        'bear_trending',
        'volatile_ranging',
        'calm_ranging',
        'unclassified',
      ]);
      expect(detail.strategies.map((s) => s.index)).toEqual(Array.from({ length: 135 }, (_, i) => i));
      expect(Math.max(...detail.strategies.map((s) => s.selection.sharpe))).toBeCloseTo(run.sharpe!, 4);
      const gains = detail.importance!.map((i) => i.gain);
      expect(gains).toEqual([...gains].sort((a, b) => b - a));
      expect(gains.reduce((sum, gain) => sum + gain)).toBeCloseTo(1, 9);
      // The demo market ends with a week.
      expect(detail.basis).toMatchObject({
        as_of: '2025-06-27T21:00:00.000Z',
        windows: {
          evaluated: [
            { name: 'selection', to: '2025-05-28T21:00:00.000Z' },
            { name: 'holdout', to: '2025-06-27T21:00:00.000Z' },
          ],
        },
      });
      expect(detail.artifactFile === null).toBe(!run.kept);
      expect(JSON.stringify(detail)).not.toMatch(/Infinity|NaN/);
    }
  });

  it('shows a champion the figures it was chosen by', async () => {
    for (const champion of champions) {
      const run = await detailOf(champion.runId);
      const strategy = run.strategies[strategyIndexOf(run, champion)]!;
      const own = strategy.regimes[run.regimes.indexOf(champion.regime)]!;
      expect(own.trades).toBe(champion.trades);
      expect(own.sharpe).toBeCloseTo(champion.sharpe, 4);
      expect(own.maxDrawdown).toBeCloseTo(champion.maxDrawdown, 6);
    }
  });

  it('tells how each regime was decided, also that another run took its place', async () => {
    const details = await Promise.all(runs.map((run) => detailOf(String(run.id))));
    for (const { audit } of details) {
      expect(
        audit
          .filter((a) => a.decision !== 'pushed_out')
          .map((a) => a.regime)
          .sort(),
      ).toEqual(['bear_trending', 'bull_trending', 'calm_ranging', 'volatile_ranging']);
    }
    const won = details.flatMap((d) => d.audit.filter((a) => a.decision === 'champion'));
    const lost = details.flatMap((d) => d.audit.filter((a) => a.decision === 'pushed_out'));
    expect(won.length - lost.length).toBe(champions.length);
    for (const { reason } of lost) expect(reason).toMatch(/^Run \d+ took its place\. Sharpe/);
  });

  it('keeps to the inference grid that the run was evaluated with', async () => {
    await workspace.engine.call('settings.set', {
      changes: { 'inference_grid.lookback_windows': [75], 'inference_grid.prediction_methods': ['direct'] },
    });
    const { strategies } = await detailOf('1');
    expect(strategies).toHaveLength(135);
    expect(strategies[134]).toMatchObject({ predictionMethod: 'recursive', lookbackWindow: 200 });
  });
});

/** Figures of one regime in one window, from nothing but a trace. */
function figures(trace: TraceDto, regime: string, window: 'selection' | 'holdout') {
  const [from, to] = window === 'selection' ? [0, trace.holdoutFrom] : [trace.holdoutFrom, trace.time.length];
  const trades = trace.trades.filter((trade) => trade.window === window);
  const own = trades.filter((trade) => trade.regime === regime);
  const returns: number[] = [];
  for (let i = from; i < to; i++) {
    const before = i === from ? 1 : trace.equity[i - 1];
    const held = trades.find(
      (t) => trace.time[i]! >= Date.parse(t.entry) && trace.time[i]! < Date.parse(t.exit),
    );
    // A flat bar counts for the regime known when it opens; that of the first bar is not in the trace.
    const counts = held?.regime ?? (i === 0 ? undefined : trace.regimes[trace.regime[i - 1]!]);
    if (counts === regime) returns.push(Math.log(trace.equity[i]! / before!));
  }
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1);
  return {
    trades: own.length,
    winRate: own.length === 0 ? 0 : own.filter((trade) => trade.netReturn > 0).length / own.length,
    totalReturn: Math.exp(returns.reduce((sum, r) => sum + r, 0)) - 1,
    sharpe: variance === 0 ? 0 : (mean / Math.sqrt(variance)) * Math.sqrt(barsPerYear(trace.timeframe)),
  };
}

describe('run.trace', () => {
  it('follows every champion to the figures it was chosen by', async () => {
    for (const champion of champions) {
      const run = await detailOf(champion.runId);
      const strategyIndex = strategyIndexOf(run, champion);
      const trace = await workspace.engine.call('run.trace', { run: champion.runId, strategyIndex });
      expect(trace).toMatchObject({
        runId: champion.runId,
        strategy: champion.strategy,
        symbol: champion.symbol,
      });
      const bars = trace.time.length;
      expect([trace.close, trace.equity, trace.regime].map((series) => series.length)).toEqual([
        bars,
        bars,
        bars,
      ]);

      const selection = figures(trace, champion.regime, 'selection');
      expect(selection.trades).toBe(champion.trades);
      expect(selection.winRate).toBe(champion.winRate);
      expect(selection.totalReturn).toBeCloseTo(champion.totalReturn, 9);
      // The first bar's regime is not known here: one bar in some hundreds.
      expect(Math.abs(selection.sharpe / champion.sharpe - 1)).toBeLessThan(0.01);
      const holdout = figures(trace, champion.regime, 'holdout');
      expect(holdout.trades).toBe(champion.holdout.trades);
      expect(holdout.winRate).toBe(champion.holdout.winRate);
      expect(holdout.sharpe).toBeCloseTo(champion.holdout.sharpe, 9);
    }
  });

  const traceOf = (run: string | number, strategyIndex = 0) =>
    workspace.engine.call('run.trace', { run: String(run), strategyIndex });
  const keptRun = () => runs.find((run) => run.kept)!;

  it('says so when there is no such strategy, or no model any more', async () => {
    await expect(traceOf(keptRun().id, 135)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(traceOf(99)).rejects.toMatchObject({ code: 'not-found' });
    const deleted = runs.find((run) => !run.kept);
    if (deleted === undefined) throw new Error('expected the small grid to delete a model');
    await expect(traceOf(deleted.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('its model was deleted'),
    });
  });

  it('refuses a model file that was damaged, is gone, or belongs to another run', async () => {
    const { artifactFile } = await detailOf(String(keptRun().id));
    const folder = join(workspace.folder, 'artifacts');
    const path = join(folder, artifactFile!);
    const bytes = readFileSync(path);
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1]! ^= 1;
    writeFileSync(path, flipped);
    await expect(traceOf(keptRun().id)).rejects.toMatchObject({ code: 'artifact-damaged' });
    const other = readdirSync(folder).find((name) => name !== artifactFile);
    writeFileSync(path, readFileSync(join(folder, other!)));
    await expect(traceOf(keptRun().id)).rejects.toMatchObject({
      code: 'artifact-damaged',
      message: expect.stringContaining('another run'),
    });
    rmSync(path);
    await expect(traceOf(keptRun().id)).rejects.toMatchObject({
      code: 'artifact-damaged',
      message: expect.stringContaining('there is no such file'),
    });
    writeFileSync(path, bytes);
    expect((await traceOf(keptRun().id)).runId).toBe(keptRun().uuid);
  });

  it('says what changed since the run: costs and grid of today play no part, candles and rules do', async () => {
    const { engine } = workspace;
    await engine.call('settings.set', {
      changes: { 'costs.default.spread_pips': 9, 'evaluation.holdout_days': 20 },
    });
    expect((await traceOf(keptRun().id)).runId).toBe(keptRun().uuid);

    const regimes = await engine.call('regimes.list', {});
    await engine.call('regimes.save', { regimes: regimes.slice(1) });
    await expect(traceOf(keptRun().id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('the regime rules changed since'),
    });
    await engine.call('regimes.save', { regimes: [...regimes] });
    expect((await traceOf(keptRun().id)).runId).toBe(keptRun().uuid);

    const { symbol, timeframe } = keptRun();
    await engine.call('market.remove', { symbol, timeframe });
    await expect(traceOf(keptRun().id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('candles were removed'),
    });
    await engine.call('market.demo', {});
    expect((await traceOf(keptRun().id)).runId).toBe(keptRun().uuid);
  });

  it('does not pretend to follow a run of other rules, which stays readable', async () => {
    const db = new Database(join(workspace.folder, 'regimen.db'));
    const { id } = keptRun();
    const basis = db.prepare('SELECT basis FROM runs WHERE id = ?').pluck().get(id) as string;
    // As the first release wrote it.
    const released = {
      ...JSON.parse(basis),
      as_of: undefined,
      candles: 'c0ffee',
      higher_timeframes: { H4: 'decade' },
      windows: { holdout_days: 30, selection_days: 90 },
      pipeline_version: 1,
    };
    db.prepare('UPDATE runs SET basis = ? WHERE id = ?').run(JSON.stringify(released), id);
    await expect(traceOf(id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /can't be followed bar by bar: it was trained by another Regimen, under rules that this one no longer computes with \(version 1 of/,
      ),
    });
    const detail = await detailOf(String(id));
    expect(detail.strategies).toHaveLength(135);
    expect(detail.basis).toEqual(JSON.parse(JSON.stringify(released)));
    db.prepare('UPDATE runs SET basis = ? WHERE id = ?').run(basis, id);
    db.close();
    expect((await traceOf(id)).runId).toBe(keptRun().uuid);
  });
});
