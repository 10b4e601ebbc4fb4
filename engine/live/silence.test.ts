import { expect, test } from 'vitest';
import type { NewestBar } from '../pipeline/newest-bar.ts';
import { silenceOf } from './silence.ts';

const HOUR = 3_600_000;
const SAID: NewestBar = {
  modelKey: '',
  time: 0,
  regime: 'calm_ranging',
  forecast: 0.001,
  confidence: 0.7,
  roundTripCost: 0.0004,
  signal: 1,
  since: 0,
  exits: null,
  recorded: [],
};
const FRESH = { age: 0, missing: 0 };
const speaker = (regime: string | null) => ({
  regime,
  strategy: {
    predictionMethod: 'direct',
    ensembleMethod: 'mean',
    confidenceThreshold: 0.6,
    lookbackWindow: 50,
  } as const,
});
const why = (said: Partial<NewestBar>, regime: string | null = null, age = FRESH) =>
  silenceOf({ ...SAID, ...said }, speaker(regime), age);

test('a signal on a fresh bar is no silence', () => {
  expect(why({})).toBeNull();
});

test('each reason has its figures, with as many digits as tell them apart', () => {
  const none = { signal: 0 } as const;
  expect(why({ ...none, confidence: 0.43 })).toEqual({
    code: 'low-confidence',
    text: 'Its confidence, 0.43, is below 0.60.',
  });
  expect(why({ ...none, confidence: 0.5998 })?.text).toBe('Its confidence, 0.5998, is below 0.6000.');
  expect(why({ ...none, forecast: -0.0002 })).toEqual({
    code: 'small-forecast',
    text: 'It forecasts a move of 0.020 %, and a round trip costs 0.040 %: that is not worth a trade.',
  });
  expect(why({ ...none, forecast: Number.NaN })?.code).toBe('no-forecast');
  expect(why({ ...none, confidence: Number.NaN })?.code).toBe('no-forecast');
  expect(why(none, 'bull_trending')).toMatchObject({
    code: 'other-regime',
    text: expect.stringContaining('bull trending alone'),
  });
});

test('what was said of a bar that is late is told, and is no signal', () => {
  const late = { age: 26 * HOUR, missing: 26 };
  expect(why({ signal: -1 }, null, late)).toEqual({
    code: 'late',
    text: 'The newest candle is 26 h of trading old, and 26 more should have closed by now. It said SHORT then. Import newer candles.',
  });
  expect(why({ signal: 0 }, null, late)?.text).not.toContain('It said');
});
