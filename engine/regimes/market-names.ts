import { grouped } from '../contract/counted.ts';

/** More would hide what the sentence says. */
const MOST_NAMED = 6;

/** `EURUSD H1, GBPUSD H1`; of many the first few, `and 12 more`. */
export function marketNames(markets: readonly string[]): string {
  const more = markets.length - MOST_NAMED;
  if (more <= 1) return markets.join(', ');
  return `${markets.slice(0, MOST_NAMED).join(', ')} and ${grouped(more)} more`;
}
