import { z } from 'zod';
import { SILENCES, type SignalDto, type SignalsDto } from './dto/index.ts';
import { VERDICTS } from './verdict.ts';

/** What programs are told of signals over HTTP, in snake case; see SignalDto for what each field means. */

const time = z.iso.datetime();
const number = z.number();

const speaker = z.object({
  kind: z.enum(['version', 'champion']).describe('champion: nobody put it in charge'),
  name: z.string(),
  version: z.string().nullable(),
  regime: z.string().nullable().describe('the regime that it trades alone in; null: all'),
  title: z.string(),
  target: z.string(),
  horizon: z.int(),
  since: time.describe('in charge since'),
  trained_to: time,
  expires_at: time.nullable(),
  is_expired: z.boolean(),
  verdict: z.enum(VERDICTS).nullable(),
});

const trade = z.object({
  entry_at: time.describe('when the next bar opens'),
  reference: number.describe('close of the newest bar, which stands for an open that nobody knows yet'),
  stop: number.nullable(),
  take_profit: number.nullable(),
  bars: z.int().describe('at the latest it is left after so many'),
  exit_at: time,
});

const signal = z
  .object({
    symbol: z.string(),
    timeframe: z.string(),
    synthetic: z.boolean().describe('true of the built-in demo market'),
    bar: z
      .object({
        time: time.describe('when it opened'),
        closed_at: time,
        close: number,
        regime: z.string(),
        age_ms: number.describe('time that the market was open since it closed'),
        missing: z.int().describe('bars that should have closed since then'),
      })
      .nullable()
      .describe('newest bar that has closed'),
    speaker: speaker.nullable().describe('null: nobody is in charge of the regime of the bar'),
    signal: z.enum(['LONG', 'SHORT', 'none']).describe('what is to be done at the next open'),
    silence: z
      .object({ code: z.enum(SILENCES), text: z.string() })
      .nullable()
      .describe('why there is no signal; null where there is one'),
    since: time.nullable().describe('first of the bars that all gave this signal'),
    forecast: number.nullable().describe('expected log return over the horizon'),
    confidence: number.nullable().describe('0..1'),
    round_trip: number.nullable().describe('what a round trip costs, log return'),
    trade: trade.nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Signal' });

export const signalsAnswerSchema = z.object({ at: time, signals: z.array(signal) }).meta({ id: 'Signals' });

export type SignalsAnswer = z.output<typeof signalsAnswerSchema>;

export function signalsAnswer({ at, signals }: SignalsDto): SignalsAnswer {
  return { at, signals: signals.map(answerOf) };
}

function answerOf({
  bar,
  speaker: who,
  trade: does,
  roundTrip,
  silence,
  notes,
  ...one
}: SignalDto): SignalsAnswer['signals'][number] {
  const { symbol, timeframe, synthetic, signal: said, since, forecast, confidence } = one;
  return {
    symbol,
    timeframe,
    synthetic,
    bar: bar && {
      time: bar.time,
      closed_at: bar.closedAt,
      close: bar.close,
      regime: bar.regime,
      age_ms: bar.age,
      missing: bar.missing,
    },
    speaker: who && {
      kind: who.kind,
      name: who.name,
      version: who.version,
      regime: who.regime,
      title: who.title,
      target: who.target,
      horizon: who.horizon,
      since: who.since,
      trained_to: who.trainedTo,
      expires_at: who.expiresAt,
      is_expired: who.isExpired,
      verdict: who.verdict,
    },
    signal: said,
    silence: silence && { code: silence.code, text: silence.text },
    since,
    forecast,
    confidence,
    round_trip: roundTrip,
    trade: does && {
      entry_at: does.entryAt,
      reference: does.reference,
      stop: does.stop,
      take_profit: does.takeProfit,
      bars: does.bars,
      exit_at: does.exitAt,
    },
    notes: [...notes],
  };
}
