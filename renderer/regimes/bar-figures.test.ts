import { describe, expect, it } from 'vitest';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { champion, outOfSample } from '../testing/champion.ts';
import { type BarTerm, regimeBars } from './bar-figures.ts';

const bar = (change: Partial<ChampionDto> = {}, term: BarTerm = 'sharpe', minTrades = 10) =>
  regimeBars(
    [{ key: 'one', regime: 'bull', title: 'Bull', retired: undefined, champion: champion(change) }],
    term,
    { minTrades, modelTitle: (name) => name },
  )[0]!.champion!;

describe('regimeBars', () => {
  it('names the market', () => {
    expect(bar({ symbol: 'GBPUSD', timeframe: 'H4' }).market).toBe('GBPUSD H4');
  });

  it('has the error with a Sharpe ratio, in figure and text, and luck with nothing else', () => {
    expect(bar()).toMatchObject({
      selection: { value: 1.5, error: 2, text: '1.5 ± 2.0', few: false },
      holdout: { value: 0.9, error: 3.5, text: '0.9 ± 3.5', few: false },
      luck: 1.6,
    });
    expect(bar({}, 'maxDrawdown').selection).toEqual({ value: 0.04, error: null, text: '4.0 %', few: false });
    expect(bar({}, 'winRate')).not.toHaveProperty('luck');
  });

  it('has its verdict, and what came of it out of sample in the same figure', () => {
    expect(bar()).toMatchObject({ verdict: 'none', outOfSample: null });
    const tested = { verdict: 'contradicted', outOfSample: outOfSample() } as const;
    expect(bar(tested)).toMatchObject({
      verdict: 'contradicted',
      outOfSample: { value: -0.5, error: 0.8, text: '−0.5 ± 0.8', few: false },
    });
    expect(bar(tested, 'maxDrawdown').outOfSample).toMatchObject({ value: 0.06, text: '6.0 %' });
    expect(bar(tested, 'winRate').outOfSample).toMatchObject({ value: 0.48, text: '48.0 %' });
  });

  it('is a dash without a trade, whatever is shown', () => {
    const holdout = { ...champion().holdout!, trades: 0, sharpe: 0, winRate: 0, maxDrawdown: 0 };
    for (const term of ['sharpe', 'winRate', 'maxDrawdown'] as const) {
      expect(bar({ holdout }, term).holdout).toEqual({ value: null, error: null, text: '–', few: false });
    }
  });

  it('weighs more only above luck', () => {
    const { luck } = champion();
    expect(bar({ sharpe: 1.61, luck }).weight).toBe('above');
    expect(bar({ sharpe: 1.6, luck }).weight).toBe('within');
    expect(bar({ sharpe: 5, luck: { ...luck, sharpe: null } }).weight).toBe('within');
    expect(bar({ sharpe: 5, luck, trades: 9 }).weight).toBe('few');
    expect(bar({ sharpe: 1, luck }, 'winRate').weight).toBe('within');
  });
});
