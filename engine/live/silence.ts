import { grouped } from '../contract/counted.ts';
import type { SignalDto, SpeakerDto } from '../contract/dto/index.ts';
import { plainName } from '../contract/plain-name.ts';
import { isPolicy } from '../contract/strategy-words.ts';
import type { NewestBar } from '../pipeline/newest-bar.ts';
import { type DataAge, isLate, spanText } from './age.ts';

type Silenced = SignalDto['silence'];

/** Why nothing is to be done by what a model says; null where something is. */
export function silenceOf(
  said: NewestBar,
  { regime, strategy }: Pick<SpeakerDto, 'regime' | 'strategy'>,
  age: DataAge,
): Silenced {
  if (isLate(age)) return lateSilence(age, said.signal);
  if (said.signal !== 0) return null;
  const { forecast, confidence, roundTripCost } = said;
  if (regime !== null && said.regime !== regime) {
    return {
      code: 'other-regime',
      text: `It trades in ${plainName(regime)} alone, and by the regime rules that it was evaluated with this bar is ${plainName(said.regime)}.`,
    };
  }
  if (isPolicy(strategy)) {
    const cost = (100 * roundTripCost).toFixed(3);
    return {
      code: 'small-forecast',
      text: `Its policy takes no position from none: neither way is worth what it costs (a round trip: ${cost} %).`,
    };
  }
  if (!Number.isFinite(forecast) || !Number.isFinite(confidence)) {
    return {
      code: 'no-forecast',
      text: 'There is no forecast yet: what it rolls over needs 20 predictions with a known outcome.',
    };
  }
  const { confidenceThreshold: threshold } = strategy;
  if (!(confidence >= threshold)) {
    const [is, asked] = apart(confidence, threshold, 1, 2);
    return { code: 'low-confidence', text: `Its confidence, ${is}, is below ${asked}.` };
  }
  const [size, cost] = apart(Math.abs(forecast), roundTripCost, 100, 3);
  return {
    code: 'small-forecast',
    text: `It forecasts a move of ${size} %, and a round trip costs ${cost} %: that is not worth a trade.`,
  };
}

/** Of a market whose next bars should be there. */
function lateSilence(age: DataAge, signal: NewestBar['signal']): NonNullable<Silenced> {
  const said = signal === 0 ? '' : ` It said ${directionOf(signal)} then.`;
  return {
    code: 'late',
    text: `The newest candle is ${spanText(age.age)} of trading old, and ${grouped(age.missing)} more should have closed by now.${said} Import newer candles.`,
  };
}

export function directionOf(signal: NewestBar['signal']): SignalDto['signal'] {
  if (signal === 0) return 'none';
  return signal > 0 ? 'LONG' : 'SHORT';
}

/** Two numbers with as many digits as it takes to tell them apart. */
function apart(a: number, b: number, factor: number, digits: number): [string, string] {
  for (let more = digits; more < 12; more++) {
    const texts: [string, string] = [(a * factor).toFixed(more), (b * factor).toFixed(more)];
    if (texts[0] !== texts[1]) return texts;
  }
  return [String(a * factor), String(b * factor)];
}
