import type { Advice } from '../../../engine/contract/advice.ts';

/** What was found, and below each what to change first; empty where there is nothing to say. */
export function adviceText(advice: readonly Advice[]): string {
  return advice.flatMap(({ text, change }) => [text, `  What to change first: ${change}`]).join('\n');
}
