import { expect, it } from 'vitest';
import type { ScorePartsDto } from '../../engine/contract/dto/index.ts';
import { GLOSSARY } from '../ui/texts/glossary.ts';
import { isDrawn, PROFILE_AXES } from './profile.ts';

const PARTS: ScorePartsDto = { result: 0.9, stake: 0.8, profit: 0.7, wins: 0.6, runUp: 0.5 };

it('has an axis for each part of the composite score, each with a name and a definition of its own', () => {
  expect(PROFILE_AXES.map(({ part }) => PARTS[part])).toEqual(Object.values(PARTS));
  expect(new Set(PROFILE_AXES.map(({ term }) => GLOSSARY[term].title)).size).toBe(5);
});

it('draws no profile of a champion without a trade', () => {
  expect(isDrawn(PARTS)).toBe(true);
  expect(isDrawn({ result: null, stake: null, profit: null, wins: null, runUp: null })).toBe(false);
});
