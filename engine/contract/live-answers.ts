import { z } from 'zod';
import {
  ALERT_EVENTS,
  ALERT_KINDS,
  ALERT_PRESETS,
  type AlertsDto,
  type ForwardDetailDto,
  type ForwardTestDto,
  type ForwardTradeDto,
  STALE_REASONS,
} from './dto/index.ts';

/** What programs are told of forward tests and alerts over HTTP, in snake case; see the DTOs for what each field means. */

const time = z.iso.datetime();
const number = z.number();

const trade = z.object({
  direction: z.enum(['LONG', 'SHORT']),
  entry_time: time.describe('when the bar opened that it was entered at'),
  entry_price: number,
  exit_time: time.nullable().describe('null: it is held still'),
  exit_price: number.nullable(),
  reason: z.string().nullable().describe('time, stop, target, reversal or decision'),
  net: number.describe('net log return; of one that is held what it came to by the newest open'),
  cost: number.describe('log return'),
});

const band = z.object({
  validation: z.int().describe('number of the validation that promised it'),
  days: z.int().describe('market days that it is made for'),
  mean: number.describe('of a day, net log return'),
  standard_deviation: number,
  critical: number.describe('standard deviations of a sum of independent days, below 0'),
});

const test = z
  .object({
    id: z.int(),
    name: z.string(),
    version: z.string(),
    symbol: z.string(),
    timeframe: z.string(),
    begun_at: time,
    ended_at: time.nullable().describe('null: it is in charge'),
    bars: z.int(),
    first: time.nullable(),
    last: time.nullable(),
    days: z.int().describe('market days that are over'),
    trades: z.int().describe('trades that are over'),
    net: number.describe('net log return up to the newest open'),
    open: trade.nullable(),
    band: band.nullable().describe('null: nothing was validated, so nothing was promised'),
    sum: number.describe('net log return of the days that are over'),
    border: number.nullable().describe('the lowest sum that the band allows; null before day 20'),
    stale: z.object({ at: time, reason: z.enum(STALE_REASONS), text: z.string() }).nullable(),
    corrected: z.array(time).describe('bars that were corrected after it had traded on them'),
    late: z.array(time).describe('bars that came between them later'),
    problem: z.string().nullable().describe('why it does not go on; null where it does'),
  })
  .meta({ id: 'ForwardTest' });

export const forwardAnswerSchema = z.object({ tests: z.array(test) }).meta({ id: 'ForwardTests' });

export const forwardDetailSchema = test
  .extend({
    curve: z.array(
      z.object({
        day: z.iso.date(),
        net: number.describe('up to the end of the day'),
        promised: number.nullable(),
        low: number.nullable().describe('the band below it'),
      }),
    ),
    trade_list: z.array(trade),
  })
  .meta({ id: 'ForwardDetail' });

const alert = {
  id: z.string().describe('the same however often it is sent'),
  at: time,
  event: z.enum([...ALERT_EVENTS, 'test']),
  symbol: z.string().nullable(),
  timeframe: z.string().nullable(),
  title: z.string(),
  text: z.string(),
};

export const alertsAnswerSchema = z
  .object({
    targets: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(ALERT_KINDS),
        to: z.string().nullable().describe('address without its secrets, or the file'),
        preset: z.enum(ALERT_PRESETS).nullable(),
        is_signed: z.boolean(),
        markets: z.array(z.string()).describe('empty: all'),
        events: z.array(z.enum(ALERT_EVENTS)).describe('empty: all'),
        details: z.boolean(),
        waiting: z.int(),
      }),
    ),
    unsent: z.array(
      z.object({
        ...alert,
        target: z.string(),
        attempts: z.int(),
        next_at: time.nullable().describe('when it is tried again; null: not by itself'),
        error: z.string().nullable(),
      }),
    ),
    hosts: z.array(z.string()).describe('hosts that webhooks may go to'),
  })
  .meta({ id: 'Alerts' });

export type ForwardAnswer = z.output<typeof test>;
export type ForwardDetailAnswer = z.output<typeof forwardDetailSchema>;
export type AlertsAnswer = z.output<typeof alertsAnswerSchema>;

function tradeAnswer(one: ForwardTradeDto): z.output<typeof trade> {
  const { direction, entryTime, entryPrice, exitTime, exitPrice, reason, net, cost } = one;
  return {
    direction,
    entry_time: entryTime,
    entry_price: entryPrice,
    exit_time: exitTime,
    exit_price: exitPrice,
    reason,
    net,
    cost,
  };
}

export function forwardAnswer(one: ForwardTestDto): ForwardAnswer {
  const { id, name, version, symbol, timeframe, bars, first, last, days, trades, net, sum, border } = one;
  return {
    id,
    name,
    version,
    symbol,
    timeframe,
    begun_at: one.begunAt,
    ended_at: one.endedAt,
    bars,
    first,
    last,
    days,
    trades,
    net,
    open: one.open && tradeAnswer(one.open),
    band: one.band && {
      validation: one.band.validation,
      days: one.band.days,
      mean: one.band.mean,
      standard_deviation: one.band.standardDeviation,
      critical: one.band.critical,
    },
    sum,
    border,
    stale: one.stale && { ...one.stale },
    corrected: [...one.corrected],
    late: [...one.late],
    problem: one.problem,
  };
}

export function forwardDetailAnswer(one: ForwardDetailDto): ForwardDetailAnswer {
  const { days, net, promised, low } = one.curve;
  return {
    ...forwardAnswer(one),
    curve: days.map((day, i) => ({ day, net: net[i]!, promised: promised[i]!, low: low[i]! })),
    trade_list: one.tradeList.map(tradeAnswer),
  };
}

export function alertsAnswer({ targets, unsent, hosts }: AlertsDto): AlertsAnswer {
  return {
    targets: targets.map(({ isSigned, markets, events, ...target }) => ({
      ...target,
      is_signed: isSigned,
      markets: [...markets],
      events: [...events],
    })),
    unsent: unsent.map(({ nextAt, ...one }) => ({ ...one, next_at: nextAt })),
    hosts: [...hosts],
  };
}
