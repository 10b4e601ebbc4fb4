import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_BARS } from '../contract/api/bars.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = openTestWorkspace();
  await workspace.engine.call('market.demo', {});
});
afterAll(() => workspace.dispose());

describe('market.bars', () => {
  it('gives a series page by page, the newest first, until nothing comes before', async () => {
    const { engine } = workspace;
    const whole = await engine.call('market.bars', {
      symbol: 'DEMO_EURUSD',
      timeframe: 'H1',
      limit: MOST_BARS,
    });
    expect(whole.total).toBe(whole.earlier + MOST_BARS);
    const pages = [await engine.call('market.bars', { symbol: 'DEMO_EURUSD', timeframe: 'H1', limit: 4000 })];
    while (pages[0]!.time[0]! > whole.time[0]!) {
      const before = pages[0]!.time[0]!;
      pages.unshift(
        await engine.call('market.bars', { symbol: 'DEMO_EURUSD', timeframe: 'H1', before, limit: 3000 }),
      );
    }
    expect(pages.map(({ time }) => time.length)).toEqual([3000, 3000, 4000]);
    for (const key of ['time', 'open', 'high', 'low', 'close', 'regime'] as const) {
      expect(pages.flatMap((page) => page[key])).toEqual(whole[key]);
    }
    const first = await engine.call('market.bars', {
      symbol: 'DEMO_EURUSD',
      timeframe: 'H1',
      before: whole.time[0]! - 3_600_000 * 24 * 10_000,
    });
    expect(first).toMatchObject({ earlier: 0, time: [], regime: [] });
  });

  it('colors them as the regimes are tested with, also of a timeframe that is made of a shorter one', async () => {
    const { engine } = workspace;
    for (const timeframe of ['H1', 'D1'] as const) {
      const regimes = await engine.call('regimes.list', {});
      const asked = { symbol: 'DEMO_GBPUSD', timeframe };
      const test = await engine.call('regimes.test', { ...asked, regimes: [...regimes], chartBars: 300 });
      const bars = await engine.call('market.bars', { ...asked, limit: 300 });
      expect(bars.time).toEqual(test.chart.time);
      expect(bars.close).toEqual(test.chart.close);
      expect(bars.regime).toEqual(test.chart.label);
      expect(bars.regimes).toEqual(test.regimes.map(({ name }) => name));
    }
  });

  it('gives none of a file that is not what was written', async () => {
    const { engine } = workspace;
    const asked = { symbol: 'DEMO_USDJPY', timeframe: 'H1' } as const;
    await engine.call('market.bars', asked);
    const folder = join(workspace.folder, 'candles');
    const name = readdirSync(folder).find((file) => file.startsWith('DEMO_USDJPY_H1_'))!;
    const bytes = readFileSync(join(folder, name));
    const changed = Buffer.from(bytes);
    // A close of long ago: none of the page.
    changed[Math.floor(bytes.length * 0.6)]! ^= 1;
    writeFileSync(join(folder, name), changed);
    utimesSync(join(folder, name), 1, 1);
    await expect(engine.call('market.bars', asked)).rejects.toMatchObject({ code: 'artifact-damaged' });
    writeFileSync(join(folder, name), bytes);
    expect((await engine.call('market.bars', asked)).time).toHaveLength(1000);
  });

  it('says so where there is none', async () => {
    await expect(
      workspace.engine.call('market.bars', { symbol: 'USDCHF', timeframe: 'H1' }),
    ).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('USDCHF for H1') });
  });
});

describe('run.bars', () => {
  it('gives a run its own bars, up to its selection window until the holdout is opened, and says what each stretch was for', async () => {
    const { engine } = workspace;
    await train(engine, SIX);
    const champion = (await engine.call('champions.list', {}))[0]!;
    const { runId: run, strategyIndex } = champion;
    const { queueId } = await engine.call('validation.create', {
      subject: { champion: champion.champion },
      scheme: 'quick',
    });
    const trace = await engine.call('run.trace', { run, strategyIndex });
    const bars = await engine.call('run.bars', { run, limit: MOST_BARS });
    const window = trace.time.length;
    expect(bars.time.slice(-window)).toEqual(trace.time);
    expect(bars.high.slice(-window)).toEqual(trace.high);
    expect(bars.regime.slice(-window)).toEqual(trace.regime);
    expect(bars.regimes).toEqual(trace.regimes);
    const named = (kind: string) => bars.spans.filter((span) => span.kind === kind);
    expect(bars.spans.some(({ kind }) => kind === 'holdout')).toBe(false);
    const [training, selection] = [named('training')[0]!, named('selection')[0]!];
    expect(training.to).toBeLessThanOrEqual(selection.from);
    expect(selection.from).toBeLessThanOrEqual(trace.time[0]!);
    expect(bars.time.at(-1)).toBeLessThan(selection.to);
    const validation = (await engine.call('validation.list', { queueId }))[0]!;
    const rolling = validation.folds.filter(({ kind }) => kind === 'rolling');
    expect(rolling.length).toBeGreaterThan(1);
    expect(named('fold').map(({ fold, from }) => [fold, new Date(from).toISOString()])).toEqual(
      rolling.map(({ test }, i) => [i + 1, test.from]),
    );

    await engine.call('champions.open', { run });
    const opened = await engine.call('run.bars', { run, limit: MOST_BARS });
    const all = await engine.call('run.trace', { run, strategyIndex });
    expect(all.time.length).toBeGreaterThan(window);
    expect(opened.time.slice(-all.time.length)).toEqual(all.time);
    expect(opened.spans.some(({ kind }) => kind === 'holdout')).toBe(true);
  });
});
