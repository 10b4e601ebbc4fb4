import { describe, expect, it } from 'vitest';
import type { ChampionDto } from '../../../engine/contract/dto/index.ts';
import { evidenceText } from './evidence.ts';

type Given = Pick<ChampionDto, 'p' | 'verdict' | 'outOfSample'>;

const TESTED = {
  scheme: 'own',
  folds: 4,
  trades: 60,
  sharpe: 1,
  sharpeError: 1,
  t: 1,
  p: 0.2,
  maxDrawdown: 0.05,
  winRate: 0.5,
  composite: 0.48,
  scores: { result: 0.5, stake: 0.5, profit: 0.5, wins: 0.5, runUp: 0.4 },
} as const;

const text = (...champions: Partial<Given>[]) =>
  evidenceText(
    champions.map((given) => ({ p: 0.5, verdict: 'none', outOfSample: null, ...given }) as ChampionDto),
  );

const many = (n: number, given: Partial<Given> = {}) => Array.from({ length: n }, () => given);

describe('what champions are worth together', () => {
  it('counts those above the mark of luck, beside what luck alone puts there, and says what would settle it', () => {
    expect(
      text(...many(19), { p: 0.05, verdict: 'suggestive' }, { p: 0.0501, verdict: 'too little data' }, {}),
    ).toBe(
      '22 champions: 1 lies above the mark of luck, which luck alone passes in about 1 of 22.\n' +
        'Verdicts: 1 too little data, 1 suggestive, 20 without evidence.\n' +
        'None of them was validated: only bars that chose nothing can settle it (regimen validate champions).',
    );
  });

  it('says what luck alone does with a few', () => {
    expect(text({})).toMatch(
      /^1 champion: none lies above the mark of luck, which luck alone passes in one in 20 such lists\.\n/,
    );
    expect(text(...many(40))).toMatch(/in about 2 of 40\.\nVerdicts: 40 without evidence\./);
  });

  it('leaves out what is not counted', () => {
    expect(text(...many(39), { p: null }, { p: 0.01 })).toMatch(
      /^41 champions: 1 of the 40 whose tries are counted lies above the mark of luck, .* about 2 of 40\./,
    );
    expect(text({ p: null })).toMatch(
      /^1 champion; what was tried for them is not counted, so luck can't be told/,
    );
  });

  it('asks for nothing where all were validated', () => {
    expect(text({ outOfSample: TESTED }, {})).toMatch(/\n1 of them was not validated: only bars/);
    expect(text({ outOfSample: TESTED, verdict: 'contradicted' })).toMatch(/\nVerdicts: 1 contradicted\.$/);
    expect(text()).toBe('');
  });
});
