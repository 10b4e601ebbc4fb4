import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { INDICATORS } from '../contract/words.ts';
import { defaultIndicatorTimeframes, type IndicatorTimeframes, listSources } from './timeframes.ts';

describe('defaultIndicatorTimeframes', () => {
  it.each([
    ['M15', 'H1'],
    ['H1', 'H4'],
    ['H4', 'D1'],
  ] as const)('takes %s and one step up to %s', (base, higher) => {
    const timeframes = defaultIndicatorTimeframes(base);
    expect(Object.keys(timeframes)).toEqual([...INDICATORS]);
    expect(timeframes.rsi).toEqual([base, higher]);
    expect(timeframes.sma).toEqual([base]);
  });

  it('has nothing above D1', () => {
    expect(Object.values(defaultIndicatorTimeframes('D1'))).toEqual(INDICATORS.map(() => ['D1']));
  });
});

describe('listSources', () => {
  it('has one order, however it was written, and nothing twice', () => {
    expect(listSources({ atr: ['H4', 'H1', 'H4'], sma: ['H1'] }, 'H1')).toEqual([
      { indicator: 'sma', timeframe: 'H1' },
      { indicator: 'atr', timeframe: 'H1' },
      { indicator: 'atr', timeframe: 'H4' },
    ]);
  });

  it('refuses a timeframe below the bars', () => {
    expect(() => listSources({ rsi: ['M15'] }, 'H1')).toThrow(EngineError);
    expect(() => listSources({ rsi: ['M15'] }, 'H1')).toThrow(
      /indicator_timeframes\.rsi: M15 is shorter than the H1/,
    );
  });

  it('names the indicator that a mistyped one is near', () => {
    const mistyped = { bolinger: ['H1'] } as IndicatorTimeframes;
    expect(() => listSources(mistyped, 'H1')).toThrow(/"bolinger" is not known. Did you mean "bollinger"\?/);
  });
});
