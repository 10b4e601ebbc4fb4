import { counted } from './counted.ts';
import type { SignalDto, SpeakerDto } from './dto/index.ts';

/** How what is said now is written, in whatever host. */

const minute = (iso: string) => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

export const NO_ORDERS = 'Nothing in Regimen places orders.';

/** `2 of 5 markets have a signal.` */
export function signalCountText(signals: readonly SignalDto[]): string {
  const acting = signals.filter(({ signal }) => signal !== 'none').length;
  return `${acting} of ${signals.length} ${signals.length === 1 ? 'market has' : 'markets have'} a signal.`;
}

/** Those with a signal first, else as they come. */
export function actingFirst(signals: readonly SignalDto[]): SignalDto[] {
  const isNone = ({ signal }: SignalDto) => (signal === 'none' ? 1 : 0);
  return signals.toSorted((a, b) => isNone(a) - isNone(b));
}

/** Who speaks, since when, and how old it is. `championName`: what a champion is called, by default as commands call it. */
export function speakerText(
  { kind, name, version, since, expiresAt, isExpired, ageDays }: SpeakerDto,
  championName = name,
): string {
  const age = `learned from candles up to ${counted(ageDays, 'day')} ago`;
  if (kind === 'champion') return `champion ${championName}, no version: nobody put it in charge; ${age}`;
  const day = expiresAt?.slice(0, 10);
  const expiry = isExpired ? `expired on ${day}: train it anew` : `expires on ${day}`;
  return `version ${version} of ${name}, in production since ${minute(since)}; ${age}; ${expiry}`;
}

/** The newest bar; null where there is none. `titleOf`: what a regime is called here, by name. */
export function barText({ bar }: SignalDto, titleOf = (regime: string) => regime): string | null {
  if (bar === null) return null;
  return `${minute(bar.time)}, closed at ${priceText(bar.close, bar.close)}, ${titleOf(bar.regime)}`;
}

/** Null where nothing is forecast. `percent` writes a log return. */
export function forecastText(
  { forecast, confidence, roundTrip, speaker }: SignalDto,
  percent: (x: number) => string,
): string | null {
  if (forecast === null || speaker === null) return null;
  const sure = confidence === null ? 'no confidence yet' : `confidence ${confidence.toFixed(2)}`;
  const cost = roundTrip === null ? '' : `; a round trip costs ${percent(roundTrip)}`;
  return `${percent(forecast)} over ${counted(speaker.horizon, 'bar')}, ${sure}${cost}`;
}

/** Where it is entered and left; null without a signal. */
export function tradeTexts({ trade, since }: SignalDto): {
  readonly entry: string;
  readonly exit: string;
  readonly since: string;
} | null {
  if (trade === null || since === null) return null;
  const { entryAt, reference, stop, takeProfit, exitAt, bars } = trade;
  const price = (x: number) => priceText(x, reference);
  const barriers =
    stop === null || takeProfit === null ? '' : `stop ${price(stop)}, take-profit ${price(takeProfit)}; `;
  return {
    entry: `at the open of ${minute(entryAt)}; the last close was ${price(reference)}`,
    exit: `${barriers}at the latest at the open of ${minute(exitAt)}, after ${bars} ${bars === 1 ? 'bar' : 'bars'}`,
    since: minute(since),
  };
}

/** With one digit more than pips of prices of that size have. */
export function priceText(price: number, size: number): string {
  const magnitude = Math.floor(Math.log10(Math.abs(size) || 1));
  return price.toFixed(Math.min(8, Math.max(2, 5 - magnitude)));
}
