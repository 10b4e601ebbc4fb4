import type { RoundTripDto } from '../../engine/contract/dto/index.ts';
import type { MarketKind } from '../../engine/contract/market-kind.ts';
import { texts } from './texts.ts';

export const KIND_TEXT: Readonly<Record<MarketKind, string>> = texts.kindText;

/** `1.4 pips, 0.012 %`: what is between the words of the whole sentence. */
export function costText({ text }: RoundTripDto): string {
  return text.replace(/^A round trip costs /, '').replace(/ \(.*\)$/, '');
}
