import type { RoundTripDto } from '../../engine/contract/dto/index.ts';
import type { MarketKind } from '../../engine/contract/market-kind.ts';

export const KIND_TEXT: Readonly<Record<MarketKind, string>> = {
  pair: 'Currency pair',
  metal: 'Metal',
  crypto: 'Crypto',
  index: 'Index',
  energy: 'Energy',
  other: 'Other',
};

/** `1.4 pips, 0.012 %`: what is between the words of the whole sentence. */
export function costText({ text }: RoundTripDto): string {
  return text.replace(/^A round trip costs /, '').replace(/ \(.*\)$/, '');
}
