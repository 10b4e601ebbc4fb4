import { describe, expect, it } from 'vitest';
import { titleOf } from '../ui/format.ts';
import { compareRuns, indicatorsText } from './comparison.ts';
import { detail, metrics, strategy } from './testing/run.ts';

const A = detail({ id: 1, hyperparameters: { alpha: 1 }, rankIc: 0.02 });
const B = detail({
  id: 2,
  modelType: 'random_forest',
  hyperparameters: { trees: 200 },
  rankIc: 0.05,
  regimes: ['calm_ranging'],
  strategies: [
    strategy(0, { selection: metrics({ maxDrawdown: 0.1 }), regimes: [metrics({ sharpe: 3, trades: 0 })] }),
  ],
});
const FAILED = detail({ id: 3, status: 'failed', rankIc: null, strategies: [], regimes: [] });

const row = (name: string, group?: string) =>
  compareRuns([A, B, FAILED], titleOf, titleOf).find(
    (r) => r.name === name && (group === undefined || r.group === group),
  );

describe('compareRuns', () => {
  it('tells equal rows from different ones', () => {
    expect(row('Symbol')).toMatchObject({ values: ['EURUSD', 'EURUSD', 'EURUSD'], differs: false });
    expect(row('Model type')).toMatchObject({ values: ['Ridge', 'Random forest', 'Ridge'], differs: true });
  });

  it('lists the hyper-parameters of all runs', () => {
    expect(row('alpha')?.values).toEqual(['1', '–', '1']);
    expect(row('trees')?.values).toEqual(['–', '200', '–']);
  });

  it('lists those of a LONG and a SHORT model apart where they differ', () => {
    const pair = detail({ id: 4, hyperparameters: { long: { alpha: 2 }, short: { alpha: 3 } } });
    const rows = compareRuns([A, pair], titleOf, titleOf);
    const valuesOf = (name: string) => rows.find((r) => r.name === name)?.values;
    expect(valuesOf('alpha')).toEqual(['1', '–']);
    expect(valuesOf('LONG alpha')).toEqual(['–', '2']);
    expect(valuesOf('SHORT alpha')).toEqual(['–', '3']);
  });

  it('points out the best figure: the highest, or the lowest where that is better', () => {
    expect(row('Rank IC')).toMatchObject({ values: ['0.020', '0.050', '–'], best: new Set([1]) });
    expect(row('Max drawdown')?.best).toEqual(new Set([0]));
    expect(row('Sharpe', 'Best strategy')).toMatchObject({
      values: ['1.0 ± 2.0', '1.0 ± 2.0', '–'],
      best: new Set([0, 1]),
    });
  });

  it('compares regimes by their best Sharpe, of strategies that traded there', () => {
    expect(row('Bull trending')?.values).toEqual(['1.0 ± 2.0', '–', '–']);
    expect(row('Calm ranging')?.values).toEqual(['–', '–', '–']);
  });
});

describe('indicatorsText', () => {
  it('lists indicators with their timeframes', () => {
    expect(indicatorsText({ rsi: ['H1', 'H4'], atr: ['H1'] })).toBe('RSI H1 H4, ATR H1');
    expect(indicatorsText({})).toBe('–');
  });
});
