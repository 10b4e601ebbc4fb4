import { expect, test } from 'vitest';
import { train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const GRID = {
  ...TWELVE,
  model_types: ['ridge'],
  timeframes: ['H1' as const],
  days_history: [90],
  horizons: [6, 12],
};

const { createWorkspace, open } = useEngines();

test('trades become money at a rate that is named, or are refused', async () => {
  const engine = open(createWorkspace());
  const { call } = engine;
  await train(engine, GRID);
  const keptOf = async (target: string) =>
    (await call('history.search', { kept: true, target, limit: 1 })).runs[0]!;
  const plain = await keptOf('return');
  const run = plain.uuid;
  const { trades, pip } = await call('run.trades', { run });
  const selection = trades.filter(({ holdout }) => !holdout);
  const account = 1_000_000;

  // DEMO_EURUSD is quoted in dollars: 0.1 lots make a dollar a pip.
  const usd = await call('run.money', { run, account, currency: 'usd', lots: 0.1 });
  expect(usd).toMatchObject({
    currency: 'USD',
    cross: null,
    rate: 'DEMO_EURUSD is quoted in USD: no rate is taken.',
  });
  const pips = selection.map(({ netPips }) => netPips * pip * 10_000);
  expect(usd.windows[0]!.trades.map(({ money }) => money)).toEqual(pips.map((one) => expect.closeTo(one, 6)));
  expect(usd.windows[0]!.net).toBeCloseTo(
    pips.reduce((sum, one) => sum + one, 0),
    6,
  );

  // In euros at its own price.
  const eur = await call('run.money', { run, account, currency: 'EUR', lots: 0.1 });
  expect(eur.windows[0]!.trades[0]!.money).toBeCloseTo(pips[0]! / selection[0]!.exitPrice, 6);

  // Dollars to yen at the demo's own DEMO_USDJPY; to francs there is no rate.
  const jpy = await call('run.money', { run, account, currency: 'JPY', lots: 0.1 });
  expect(jpy.cross?.symbol).toBe('DEMO_USDJPY');
  const bars = await call('market.bars', {
    symbol: 'DEMO_USDJPY',
    timeframe: plain.timeframe,
    limit: 10_000,
  });
  const at = bars.time.findLastIndex((time) => time <= Date.parse(selection[0]!.closed));
  expect(jpy.windows[0]!.trades[0]!.money).toBeCloseTo(pips[0]! * bars.open[at]!, 4);
  await expect(call('run.money', { run, account, currency: 'CHF', lots: 0.1 })).rejects.toThrow(
    /neither DEMO_USDCHF nor DEMO_CHFUSD is stored/,
  );

  // Risk hangs on a stop.
  await expect(call('run.money', { run, account, currency: 'USD', risk: 1 })).rejects.toThrow(/have no stop/);
  await expect(call('run.money', { run, account, currency: 'USD', risk: 1, lots: 1 })).rejects.toThrow(
    /not both/,
  );
  await train(engine, { ...GRID, targets: ['outcome 2:1'] });
  const stopped = await keptOf('outcome');
  const risked = await call('run.money', { run: stopped.uuid, account, currency: 'USD', risk: 1 });
  const [first] = (await call('run.trades', { run: stopped.uuid })).trades;
  const units = (0.01 * account) / Math.abs(first!.entryPrice - first!.stop!);
  expect(risked.windows[0]!.trades[0]!.lots).toBeCloseTo(units / 100_000, 6);
});
