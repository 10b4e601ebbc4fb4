import { describe, expect, it, test } from 'vitest';
import type { EngineError } from '../contract/errors.ts';
import { costsOf } from './costs.ts';
import { readDefaults } from './files.ts';
import { loadConfig } from './load.ts';

const load = (costs: string) => loadConfig(readDefaults(), { file: 'config.yaml', text: `costs: ${costs}` });

function problemsOf(costs: string): string[] {
  try {
    load(costs);
  } catch (error) {
    return (error as EngineError).details.problems!.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

const FREE = { slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 };

describe('costs of a symbol', () => {
  it('are known of currency pairs alone', () => {
    const config = load('{}');
    for (const symbol of ['EURUSD', 'USDSEK', 'DEMO_EURUSD', 'EURUSD.PRO']) {
      expect(costsOf(config, symbol).given, symbol).toBe(true);
    }
    for (const symbol of ['BTCUSDT', 'US30', 'XAUUSD', 'GOLD', 'USOIL', 'AAPL']) {
      expect(costsOf(config, symbol), symbol).toMatchObject({ given: false });
      expect(costsOf(config, symbol).costs).toMatchObject({ spreadPips: 0, ...FREE });
    }
  });

  it('of pairs are as they were before there were units, key by key: what they are digested to is the same', () => {
    const { costs } = costsOf(load('{ symbols: { USDSEK: { spread_pips: 30 } } }'), 'USDSEK');
    expect(JSON.stringify(costs)).toBe(
      '{"spreadPips":30,"slippagePips":0.3,"commissionPerSide":0,"swapLongPips":0.6,"swapShortPips":0.6}',
    );
  });

  test.each([
    ['BTCUSDT: { spread: 12, unit: price }', 'BTCUSDT', { spreadPips: 12, unit: 'price' }],
    ['BTCUSDT: { spread: 0.0002, unit: fraction }', 'BTCUSDT', { spreadPips: 0.0002, unit: 'fraction' }],
    ['US30: { spread: 3, unit: points, unit_size: 0.1 }', 'US30', { spreadPips: 0.3, unit: 'price' }],
    ['US30: { spread: 2, unit: pips, unit_size: 1 }', 'US30', { spreadPips: 2, unit: 'price' }],
    ['XAUUSD: { spread: 3, unit: pips }', 'XAUUSD', { spreadPips: 3 }],
    ['XAUUSD: { spread_pips: 3 }', 'XAUUSD', { spreadPips: 3 }],
    // In the place of all that the defaults say of it in pips.
    ['EURUSD: { spread: 0.00012, unit: price }', 'EURUSD', { spreadPips: 0.00012, unit: 'price' }],
  ])('%s', (own, symbol, expected) => {
    expect(costsOf(load(`{ symbols: { ${own} } }`), symbol)).toEqual({
      costs: { ...FREE, ...expected },
      given: true,
    });
  });

  it('are those of its kind where it has none, with a commission of its own', () => {
    const config = load(
      '{ kinds: { crypto: { spread: 0.0002, unit: fraction } }, symbols: { ETHUSDT: { commission_per_side: 0.001 }, BTCUSDT: { spread: 9, unit: price } } }',
    );
    expect(costsOf(config, 'SOLUSDT').costs).toMatchObject({ spreadPips: 0.0002, unit: 'fraction' });
    expect(costsOf(config, 'ETHUSDT').costs).toMatchObject({ spreadPips: 0.0002, commissionPerSide: 0.001 });
    expect(costsOf(config, 'BTCUSDT').costs).toMatchObject({ spreadPips: 9, unit: 'price' });
    expect(costsOf(config, 'US30').given).toBe(false);
  });

  it('are not known of a market without pips that has some in pips, or for nothing', () => {
    expect(costsOf(load('{ symbols: { BTCUSDT: { spread_pips: 500 } } }'), 'BTCUSDT').given).toBe(false);
    expect(costsOf(load('{ symbols: { BTCUSDT: { spread: 0, unit: price } } }'), 'BTCUSDT').given).toBe(
      false,
    );
    expect(costsOf(load('{ symbols: { BTCUSDT: { commission_per_side: 0.001 } } }'), 'BTCUSDT').given).toBe(
      true,
    );
  });
});

test.each([
  ['{ symbols: { BTCUSDT: { spread: 12 } } }', 'costs.symbols.BTCUSDT.unit: expected price, fraction'],
  ['{ symbols: { BTCUSDT: { spread: 12, unit: pips } } }', 'costs.symbols.BTCUSDT.unit_size: expected'],
  ['{ symbols: { US30: { spread: 12, unit: points } } }', 'costs.symbols.US30.unit_size: expected'],
  ['{ symbols: { US30: { spread: 12, unit: fraction } } }', 'costs.symbols.US30.spread: expected a fraction'],
  [
    '{ symbols: { BTCUSDT: { spread_pips: 200000 } } }',
    'from 0 to 1000 pips, or of a market without pips an amount in its own unit: { spread: 12, unit: price }, found 200000',
  ],
  [
    '{ symbols: { US30: { spread_pips: 2, unit: price } } }',
    'costs.symbols.US30.spread_pips: expected "spread"',
  ],
  [
    '{ symbols: { US30: { spread: 2, unit: price, unit_size: 3 } } }',
    'costs.symbols.US30.unit_size: expected none',
  ],
  ['{ kinds: { crypto: { spread: 2 } } }', 'costs.kinds.crypto.unit: expected'],
  ['{ kinds: { pair: { spread: 2, unit: price } } }', 'costs.kinds'],
])('%s is refused', (costs, expected) => {
  expect(problemsOf(costs).join('\n')).toContain(expected);
});
