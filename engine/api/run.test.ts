import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChampionDto, RunDto, TraceDto } from '../contract/dto/index.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
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
  await engine.call('champions.open', { all: true });
  champions = await engine.call('champions.list', {});
  expect(runs.map((run) => run.id)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(champions.length).toBeGreaterThan(1);
});
afterAll(() => workspace.dispose());

const detailOf = (run: string) => workspace.engine.call('history.get', { run });

describe('history.get', () => {
  it('tells a run as the list does, with everything behind it', async () => {
    for (const run of runs) {
      const detail = await detailOf(run.uuid.slice(0, 8));
      expect(detail).toMatchObject(run);
      expect(detail.regimes).toEqual(['bull_trending', 'bear_trending', 'volatile_ranging', 'calm_ranging']);
      expect(detail.strategies.map((s) => s.index)).toEqual(Array.from({ length: 135 }, (_, i) => i));
      const best = detail.strategies[run.bestStrategy!]!.selection;
      expect(Math.max(...detail.strategies.flatMap((s) => s.selection.sharpe ?? []))).toBe(best.sharpe);
      for (const figure of ['sharpe', 'sharpeError', 'maxDrawdown', 'winRate', 'composite'] as const) {
        expect(run[figure]).toBeCloseTo(best[figure]!, 4);
      }
      expect(run.trades).toBe(best.trades);
      expect(detail.stake).toMatchObject({ hitRate: run.winRate, hitRateTp1: null });
      const parts = Object.values(detail.scores!);
      expect(parts.reduce((sum: number, part) => sum + part!, 0) / 5).toBeCloseTo(run.composite!, 12);
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
      const strategy = run.strategies[champion.strategyIndex]!;
      expect(strategy).toMatchObject(champion.strategy);
      const regime = run.regimes.indexOf(champion.regime);
      for (const [stored, own] of [
        [champion, strategy.regimes[regime]!],
        [champion.holdout!, strategy.holdoutRegimes![regime]!],
      ] as const) {
        expect(own.trades).toBe(stored.trades);
        expect(own.sharpe ?? NaN).toBeCloseTo(stored.sharpe ?? NaN, 4);
        expect(own.sharpeError ?? NaN).toBeCloseTo(stored.sharpeError ?? NaN, 4);
        expect(own.maxDrawdown ?? NaN).toBeCloseTo(stored.maxDrawdown ?? NaN, 6);
        expect(own.composite ?? NaN).toBeCloseTo(stored.composite ?? NaN, 6);
      }
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

/** Figures of one window, from nothing but a trace. */
function figures(trace: TraceDto, window: 'selection' | 'holdout') {
  const [from, to] = window === 'selection' ? [0, trace.holdoutFrom] : [trace.holdoutFrom, trace.time.length];
  const trades = trace.trades.filter((trade) => trade.holdout === (window === 'holdout'));
  const returns = Array.from({ length: to - from }, (_, i) =>
    Math.log(trace.equity[from + i]! / (i === 0 ? 1 : trace.equity[from + i - 1]!)),
  );
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1);
  return {
    trades: trades.length,
    winRate: trades.filter((trade) => trade.netReturn > 0).length / trades.length,
    totalReturn: Math.exp(returns.reduce((sum, r) => sum + r, 0)) - 1,
    maxDrawdown: Math.max(...trace.drawdown.slice(from, to)),
    perBar: mean / Math.sqrt(variance),
  };
}

describe('run.lookahead', () => {
  it('passes what was trained here, by default with the strategy that the run is champion with', async () => {
    const { runId: run, strategyIndex, regime } = champions[0]!;
    const checked = await workspace.engine.call('run.lookahead', { run, regime });
    expect(checked).toMatchObject({
      runId: run,
      strategyIndex,
      alone: regime,
      passed: true,
      lookahead: null,
      warmup: [
        { factor: 0.25, difference: null },
        { factor: 4, difference: null },
      ],
    });
    expect(checked.cuts).toHaveLength(20);
    expect(checked.cuts.every((cut) => cut > '2025-02' && cut < '2025-06-27T21')).toBe(true);
  });

  it('is refused for a model that was deleted, and for a strategy that there is not', async () => {
    const deleted = runs.find(({ kept }) => !kept)!;
    const ask = (run: string, strategy?: string) => workspace.engine.call('run.lookahead', { run, strategy });
    await expect(ask(deleted.uuid)).rejects.toMatchObject({ code: 'conflict' });
    await expect(ask(champions[0]!.runId, '135')).rejects.toThrow('with strategies 0 to 134, not 135.');
  });
});

describe('run.trades', () => {
  it('lists the trades, by default those of the strategy that a run is champion with, and writes them', async () => {
    const champion = champions[0]!;
    const { runId: run, regime } = champion;
    const csv = join(workspace.folder, '..', 'trades.csv');
    const list = await workspace.engine.call('run.trades', { run, regime, csv });
    expect(list).toMatchObject({
      runId: run,
      strategyIndex: champion.strategyIndex,
      alone: regime,
      file: csv,
      pip: 0.0001,
    });
    expect(list.trades.filter((trade) => !trade.holdout)).toHaveLength(champion.trades);
    expect(list.trades.map((trade) => trade.number)).toEqual(list.trades.map((_, i) => i + 1));
    for (const trade of list.trades) {
      const { spread, slippage, commission, swap } = trade.costs;
      const gross = ((trade.exitPrice - trade.entryPrice) / list.pip) * (trade.side === 'long' ? 1 : -1);
      expect(trade.netPips).toBeCloseTo(gross - spread - slippage - commission - swap, 9);
      expect(trade.mfe).toBeGreaterThanOrEqual(Math.max(0, gross) - 1e-9);
      expect(trade.mae).toBeGreaterThanOrEqual(Math.max(0, -gross) - 1e-9);
      // To first order in the return, as costs are.
      expect(trade.netPips * list.pip).toBeCloseTo(trade.netReturn * trade.entryPrice, 4);
      expect(trade.netPercent).toBeCloseTo(100 * Math.expm1(trade.netReturn), 12);
    }
    const lines = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^number,opened,closed,side,entry_price,exit_price,bars,spread_pips,/);
    expect(lines).toHaveLength(1 + list.trades.length);
    await expect(workspace.engine.call('run.trades', { run, csv })).rejects.toMatchObject({
      code: 'conflict',
    });
    await workspace.engine.call('run.trades', { run, strategy: '0', csv, overwrite: true });
  });

  it('are exported where asked to, and without a place among the exports of the user', async () => {
    const { runId: run, strategyIndex: strategy, regime } = champions[0]!;
    const { trades } = await workspace.engine.call('run.trades', { run, strategy, regime });
    const csv = join(workspace.folder, '..', 'exported.csv');
    expect(await workspace.engine.call('trades.export', { run, strategy, regime, csv })).toEqual({
      file: csv,
      trades: trades.length,
    });
    const { file } = await workspace.engine.call('trades.export', { run, strategy, regime });
    expect(file).toMatch(/exports[/\\]trades_\d{8}_\d{6}\.csv$/);
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(csv, 'utf8'));
    await expect(
      workspace.engine.call('trades.export', { run, strategy, regime, csv }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

/** Each trade was entered at the open of the bar after one whose forecast pointed its way, with the confidence that is asked for. */
function expectSignals(trace: TraceDto) {
  const { time, open, high, low, close, forecast, confidence, strategy } = trace;
  for (const series of [open, high, low, forecast, confidence]) expect(series).toHaveLength(time.length);
  for (const [bar, top] of high.entries()) {
    expect(top).toBeGreaterThanOrEqual(Math.max(open[bar]!, close[bar]!, low[bar]!));
  }
  for (const { opened, side, entryPrice } of trace.trades) {
    const entry = time.indexOf(Date.parse(opened));
    expect(open[entry]).toBe(entryPrice);
    expect(Math.sign(forecast[entry - 1]!)).toBe(side === 'long' ? 1 : -1);
    expect(confidence[entry - 1]).toBeGreaterThanOrEqual(strategy.confidenceThreshold);
  }
}

/** What trades come to in each window is what they themselves say, and months multiply to the equity at its end. */
function expectStatistics(trace: TraceDto) {
  for (const { window, trades, months, mean } of trace.statistics) {
    const own = trace.trades.filter(({ holdout }) => holdout === (window === 'holdout'));
    expect(trades).toBe(own.length);
    if (trades > 0) expect(mean).toBeCloseTo(own.reduce((sum, t) => sum + t.netPercent, 0) / trades, 9);
    const to = window === 'holdout' ? trace.time.length : trace.holdoutFrom;
    expect(months.reduce((all, month) => all * (1 + month.return), 1)).toBeCloseTo(trace.equity[to - 1]!, 9);
  }
  expect(trace.statistics.map(({ window }) => window)).toEqual(['selection', 'holdout']);
}

describe('run.trace', () => {
  it('follows every champion to the figures it was chosen by', async () => {
    for (const champion of champions) {
      const { runId: run, strategyIndex, regime } = champion;
      const trace = await workspace.engine.call('run.trace', { run, strategyIndex, regime });
      expect(trace).toMatchObject({
        runId: run,
        strategy: champion.strategy,
        symbol: champion.symbol,
        alone: regime,
      });
      const bars = trace.time.length;
      for (const series of [trace.close, trace.equity, trace.drawdown, trace.regime]) {
        expect(series).toHaveLength(bars);
      }
      expect(new Set(trace.trades.map((trade) => trade.regime))).toEqual(new Set([regime]));
      expectSignals(trace);
      expectStatistics(trace);
      const perYear = { selection: 0, holdout: 0 };
      for (const window of ['selection', 'holdout'] as const) {
        const stored = window === 'selection' ? champion : champion.holdout!;
        const found = figures(trace, window);
        expect(found.trades).toBe(stored.trades);
        if (stored.trades === 0) continue;
        expect(found.winRate).toBe(stored.winRate);
        expect(found.maxDrawdown).toBeCloseTo(stored.maxDrawdown!, 9);
        if (window === 'selection') expect(found.totalReturn).toBeCloseTo(champion.totalReturn!, 9);
        // Openings of a year of a market that closes at weekends.
        perYear[window] = (stored.sharpe! / found.perBar) ** 2;
        expect(perYear[window]).toBeGreaterThan(6150);
        expect(perYear[window]).toBeLessThan(6350);
      }
      const all = await workspace.engine.call('run.trace', { run, strategyIndex });
      expect(all.alone).toBeNull();
      expect(all.time).toEqual(trace.time);
    }
    await expect(
      workspace.engine.call('run.trace', { run: champions[0]!.runId, strategyIndex: 0, regime: 'boom' }),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('"boom"') });
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
    const other = readdirSync(folder).find((name) => name.endsWith('.model') && name !== artifactFile);
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

  it('follows it under its own rules, whatever they are today, and says where its candles are gone', async () => {
    const { engine } = workspace;
    await engine.call('settings.set', {
      changes: { 'costs.default.spread_pips': 9, 'evaluation.holdout_days': 20 },
    });
    expect((await traceOf(keptRun().id)).runId).toBe(keptRun().uuid);

    const trace = await traceOf(keptRun().id);
    const regimes = await engine.call('regimes.list', {});
    await engine.call('regimes.save', { regimes: regimes.slice(1) });
    expect(await traceOf(keptRun().id)).toEqual(trace);
    await engine.call('regimes.save', { regimes: [...regimes] });

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
    const db = rawDatabase(join(workspace.folder, 'regimen.db'));
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
