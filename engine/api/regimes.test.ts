import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoMarket } from '../market/demo-market.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { DEFAULT_REGIMES } from '../regimes/defaults.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = openTestWorkspace();
});
afterEach(() => workspace.dispose());

const BUSY = {
  name: 'busy',
  title: 'Busy',
  description: 'Much is going on.',
  active: true,
  rules: { volume: '> 2x average' },
};
const QUIET = {
  name: 'quiet',
  title: 'Quiet <b>',
  description: '',
  active: false,
  rules: { range: '< 20th percentile' },
};

describe('regimes.save', () => {
  it('replaces all regimes in their order, at once and for good, and keeps comments', async () => {
    const { engine, folder, events } = workspace;
    const file = join(folder, 'config.yaml');
    writeFileSync(file, '# mine\ntraining:\n  seed: 42 # lucky\n');
    const wanted = [QUIET, BUSY, { ...DEFAULT_REGIMES[0] }];
    const saved = await engine.call('regimes.save', { regimes: wanted });
    expect(saved).toEqual(wanted);
    expect(await engine.call('regimes.list', {})).toEqual(wanted);
    expect(events).toEqual([{ type: 'workspace.changed', what: 'regimes' }]);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# mine\ntraining:\n {2}seed: 42 # lucky\nregimes:\n {2}definitions:\n/,
    );
    expect((await engine.call('settings.get', {})).values).toMatchObject({
      training: { seed: 42 },
      regimes: { definitions: wanted },
    });
    await engine.call('regimes.save', { regimes: [BUSY] });
    expect(await engine.call('regimes.list', {})).toEqual([BUSY]);
  });

  it('says everything that is wrong at its place, and changes nothing', async () => {
    const { engine, events } = workspace;
    const regimes = [
      BUSY,
      { ...QUIET, name: 'busy' },
      { name: 'Bad name', rules: { volum: '> 1', range: '> 1 percentil' } },
    ];
    const error = await engine.call('regimes.save', { regimes }).catch((e) => e);
    expect(error.code).toBe('invalid-input');
    const problems = Object.fromEntries(
      error.details.problems.map((p: { path: string; message: string }) => [p.path, p.message]),
    );
    expect(problems).toMatchObject({
      'regimes[2].name': expect.stringContaining('small letters'),
      'regimes[2].rules.volum': expect.stringContaining('Did you mean "volume"?'),
      'regimes[2].rules.range': expect.stringContaining('Did you mean "percentile"?'),
    });
    await expect(engine.call('regimes.save', { regimes: regimes.slice(0, 2) })).rejects.toMatchObject({
      details: { problems: [{ path: 'regimes[1].name' }] },
    });
    expect(await engine.call('regimes.list', {})).toEqual(DEFAULT_REGIMES);
    expect(events).toEqual([]);
  });
});

describe('regimes.check', () => {
  it('tells what is wrong with regimes, without data', async () => {
    const { engine } = workspace;
    expect(await engine.call('regimes.check', { regimes: [BUSY] })).toEqual([]);
    const problems = await engine.call('regimes.check', {
      regimes: [BUSY, { ...BUSY, rules: { volume: 'high' } }],
    });
    expect(problems.map(({ path }) => path)).toContain('regimes[1].rules.volume');
    await expect(
      engine.call('regimes.save', { regimes: [{ ...BUSY, rules: { volume: 'high' } }] }),
    ).rejects.toThrow(
      (await engine.call('regimes.check', { regimes: [{ ...BUSY, rules: { volume: 'high' } }] }))[0]!.message,
    );
  });
});

describe('regimes.test', () => {
  it('labels the stored series as training would, with regimes that are not saved', async () => {
    const { engine } = workspace;
    await engine.call('market.demo', {});
    const regimes = [DEFAULT_REGIMES[2]!, { ...BUSY, active: false }, DEFAULT_REGIMES[0]!];
    const test = await engine.call('regimes.test', {
      symbol: 'DEMO_EURUSD',
      timeframe: 'H1',
      regimes,
      chartBars: 300,
    });
    const candles = demoMarket().find((c) => c.symbol === 'DEMO_EURUSD')!;
    const labels = labelBars(candles, compileRegimes(regimes), 0, candles.length);
    expect(test.bars).toBe(candles.length);
    expect(test.regimes.map((r) => r.name)).toEqual(['volatile_ranging', 'bull_trending', 'unclassified']);
    test.regimes.forEach(({ share, episodes, meanLength }, r) => {
      const bars = labels.filter((label) => label === r).length;
      expect(bars).toBeGreaterThan(0);
      expect(share).toBe(bars / candles.length);
      expect(episodes * meanLength).toBeCloseTo(bars, 6);
    });
    expect(test.chart.label).toEqual([...labels.slice(-300)]);
    expect(test.chart.time).toEqual([...candles.time.slice(-300)]);
    expect(test.chart.close).toEqual([...candles.close.slice(-300)]);
    expect(await engine.call('regimes.list', {})).toEqual(DEFAULT_REGIMES);
  });

  it('says which regime gets no bar because of one before it, and where to move it', async () => {
    const { engine } = workspace;
    await engine.call('market.demo', {});
    const of = (name: string, volatility: string) => ({ ...BUSY, name, rules: { volatility } });
    const wide = of('wide', '> 50th percentile');
    const narrow = of('narrow', '> 90th percentile');
    const test = (regimes: unknown[]) =>
      engine.call('regimes.test', { symbol: 'DEMO_EURUSD', timeframe: 'H1', regimes, chartBars: 10 });
    const alone = await test([narrow]);
    const bars = Math.round(alone.regimes[0]!.share * alone.bars);
    expect(bars).toBeGreaterThan(100);
    expect((await test([wide, narrow])).notes).toEqual([
      `narrow never gets a bar of DEMO_EURUSD H1: its rules hold on ${bars.toLocaleString('en-US')} bars, and wide, which stands before it, takes all of them. Move narrow before wide.`,
    ]);
    expect((await test([narrow, wide])).notes).toEqual([]);
    expect((await test([{ ...wide, active: false }, narrow])).notes).toEqual([]);
  });

  it('needs candles and regimes that can be used', async () => {
    const { engine } = workspace;
    const call = (regimes: unknown[]) =>
      engine.call('regimes.test', { symbol: 'EURUSD', timeframe: 'H1', regimes });
    await expect(call([BUSY])).rejects.toMatchObject({ code: 'not-found' });
    await expect(call([{ ...BUSY, rules: { volume: 'high' } }])).rejects.toMatchObject({
      code: 'invalid-input',
      details: { problems: [{ path: 'regimes[0].rules.volume' }] },
    });
  });
});

describe('regimes.heatmap', () => {
  it('is empty before anything was trained', async () => {
    expect(await workspace.engine.call('regimes.heatmap', {})).toEqual({
      modelTypes: [],
      regimes: DEFAULT_REGIMES.map((regime) => regime.name),
      scores: [],
      errors: [],
    });
  });

  it('has the best score of every model type, eligible strategies only', async () => {
    const { engine } = workspace;
    await engine.call('market.demo', {});
    const { champions } = await train(engine, SIX);
    const map = await engine.call('regimes.heatmap', { symbol: 'DEMO_EURUSD' });
    expect(map.modelTypes).toEqual(['ridge', 'lasso', 'elasticnet']);

    // The same from the figures of all strategies: at least 10 trades, a Sharpe above 0.
    const { runs } = await engine.call('history.search', {});
    const details = await Promise.all(runs.map((run) => engine.call('history.get', { run: run.uuid })));
    map.modelTypes.forEach((model, m) => {
      map.regimes.forEach((regime, r) => {
        const eligible = details
          .filter((run) => run.modelType === model)
          .flatMap((run) => run.strategies.map((s) => s.regimes[run.regimes.indexOf(regime)]))
          .flatMap((s) => (s!.trades >= 10 && s!.sharpe !== null && s!.sharpe > 0 ? [s!] : []));
        const best = eligible.sort((a, b) => b.sharpe! - a.sharpe!)[0];
        if (best === undefined) {
          expect([map.scores[m]![r], map.errors[m]![r]]).toEqual([null, null]);
        } else {
          expect(map.scores[m]![r]).toBeCloseTo(best.sharpe!, 4);
          expect(map.errors[m]![r]).toBe(best.sharpeError);
        }
      });
    });
    for (const champion of champions) {
      const row = map.scores[map.modelTypes.indexOf(champion.modelType)]!;
      expect(row[map.regimes.indexOf(champion.regime)]).toBeGreaterThanOrEqual(champion.sharpe!);
    }
    expect((await engine.call('regimes.heatmap', { timeframe: 'D1' })).modelTypes).toEqual([]);
  });
});

describe('regimes.notes', () => {
  const named = (name: string, rules: Record<string, string>) => ({ ...BUSY, name, title: name, rules });
  const up = named('up', { returns: '> 0' });
  const down = named('down', { returns: '<= 0' });
  const wild = named('wild', { volatility: '> 80th percentile' });

  it('says what rules alone tell, without data, and nothing of regimes that are being typed', async () => {
    const { engine } = workspace;
    const regimes = [up, named('steep', { returns: '> 0.01' })];
    expect(await engine.call('regimes.notes', { regimes })).toEqual([
      {
        regime: 'steep',
        note: 'steep never gets a bar: wherever its rules hold, those of up hold, which stands before it. Move steep before up.',
      },
    ]);
    expect(await engine.call('regimes.notes', { regimes: [up, named('steep', { returns: '> ' })] })).toEqual(
      [],
    );
    expect(await engine.call('regimes.notes', { regimes: [wild, up, down] })).toEqual([]);
  });

  it('says which series have no volume, and what the bars of one tell', async () => {
    const { engine, folder } = workspace;
    const file = join(folder, 'EURUSD_H1.csv');
    const candles = randomCandles(1200);
    writeCandleCsv(file, { ...candles, volume: new Float64Array(candles.length) });
    const series = { symbol: 'EURUSD', timeframe: 'H1' } as const;
    await engine.call('market.import', { file, ...series });
    const loud = named('loud', { volume: '> 1.5x average' });
    const regimes = [loud, up, down, wild];
    const volume = {
      regime: 'loud',
      note: 'loud can never get a bar of EURUSD H1, which has no volume: its rule is volume > 1.5x average.',
    };
    expect(await engine.call('regimes.notes', { regimes })).toEqual([volume]);
    const notes = await engine.call('regimes.notes', { regimes, ...series });
    expect(notes).toEqual([
      volume,
      { regime: 'wild', note: expect.stringMatching(/^wild never gets a bar of EURUSD H1: .*up and down, /) },
    ]);
    expect(await engine.call('regimes.notes', { regimes, symbol: 'GBPUSD', timeframe: 'H1' })).toEqual([
      volume,
    ]);
  });
});

it('regimes.preview says which champions a rule makes stale, and what is stale afterwards is just those', async () => {
  const { engine } = workspace;
  await engine.call('market.demo', {});
  await train(engine, SIX);
  const before = await engine.call('regimes.list', {});
  const champions = await engine.call('champions.list', {});
  expect(champions.length).toBeGreaterThan(0);
  const same = await engine.call('regimes.preview', { regimes: [...before] });
  expect(same).toMatchObject({ changed: [], stale: [], champions: champions.length });
  expect(same.series.every(({ moved }) => moved === 0)).toBe(true);

  const wanted = before.map((one, i) => (i === 0 ? { ...one, rules: { momentum: '> 0' } } : one));
  const preview = await engine.call('regimes.preview', { regimes: wanted });
  expect(preview.changed).toEqual([before[0]!.name]);
  expect(preview.series.some(({ moved }) => moved > 0)).toBe(true);
  expect(await engine.call('regimes.list', {})).toEqual(before);

  await engine.call('regimes.save', { regimes: wanted });
  const outdated = (await engine.call('champions.list', {})).filter((one) => one.outdated !== null);
  expect([...preview.stale].sort()).toEqual(outdated.map(({ champion }) => champion).sort());
});
