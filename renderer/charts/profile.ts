import type { ScorePartsDto } from '../../engine/contract/dto/index.ts';
import type { Term } from '../ui/texts/glossary.ts';

export interface ProfileAxis {
  readonly part: keyof ScorePartsDto;
  readonly term: Term;
}

/** Where a part breaks even, whatever it measures. */
export const BREAK_EVEN = 0.5;

/** The axes of the radar: the five parts whose mean is the composite score, each 0 to 1. */
export const PROFILE_AXES: readonly ProfileAxis[] = [
  { part: 'result', term: 'scoreResult' },
  { part: 'stake', term: 'scoreStake' },
  { part: 'profit', term: 'scoreProfit' },
  { part: 'wins', term: 'scoreWins' },
  { part: 'runUp', term: 'scoreRunUp' },
];

/** Whether there is anything to draw: without a trade no part is defined. */
export function isDrawn(parts: ScorePartsDto): boolean {
  return PROFILE_AXES.every(({ part }) => parts[part] !== null);
}
