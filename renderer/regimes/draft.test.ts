import { describe, expect, it } from 'vitest';
import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import {
  draftsOf,
  isChanged,
  moved,
  placeProblems,
  textProblems,
  toInput,
  withChange,
  withNew,
  without,
} from './draft.ts';

const REGIMES: readonly RegimeDto[] = ['bull', 'bear', 'calm'].map((name) => ({
  name,
  title: name,
  description: `${name} market`,
  active: true,
  rules: { volatility: '> 75th percentile' },
}));

const names = (drafts: readonly { readonly name: string }[]) => drafts.map(({ name }) => name);

describe('regime drafts', () => {
  it('give back what they were made of', () => {
    const drafts = draftsOf(REGIMES);
    expect(toInput(drafts)).toEqual(REGIMES);
    expect(isChanged(drafts, REGIMES)).toBe(false);
  });

  it('move up and down, and stay at the ends', () => {
    const drafts = draftsOf(REGIMES);
    expect(names(moved(drafts, 1, -1))).toEqual(['bear', 'bull', 'calm']);
    expect(names(moved(drafts, 1, 1))).toEqual(['bull', 'calm', 'bear']);
    expect(moved(drafts, 0, -1)).toBe(drafts);
    expect(moved(drafts, 2, 1)).toBe(drafts);
    expect(isChanged(moved(drafts, 1, -1), REGIMES)).toBe(true);
  });

  it('add with a free name and a new id, change and delete by id', () => {
    const taken = withChange(draftsOf(REGIMES), 0, { name: 'regime_4' });
    const more = withNew(taken);
    expect(names(more)).toEqual(['regime_4', 'bear', 'calm', 'regime_5']);
    expect(new Set(more.map(({ id }) => id)).size).toBe(4);
    expect(names(without(more, 1))).toEqual(['regime_4', 'calm', 'regime_5']);
    expect(withNew([])[0]!.name).toBe('regime_1');
  });

  it('are not sent while one of them is no JSON', () => {
    const drafts = withChange(draftsOf(REGIMES), 1, { rules: '{"volatility": }' });
    expect(toInput(drafts)).toBeUndefined();
    expect([...textProblems(drafts)]).toEqual([
      [1, { line: 1, column: 16, message: 'expected a rule in quotes such as "> 0.7", found }' }],
    ]);
  });
});

describe('placeProblems', () => {
  it('puts each problem at its regime and field', () => {
    const drafts = moved(draftsOf(REGIMES), 0, 1);
    const { byDraft, rest } = placeProblems(
      [
        { path: 'regimes[0].rules.volatility', message: 'expected a number' },
        { path: 'regimes[1].name', message: 'taken' },
        { path: 'regimes[1]', message: 'expected a regime' },
        { path: 'regimes[9].name', message: 'no such draft' },
        { path: '', message: 'too many' },
      ],
      drafts,
    );
    expect([...byDraft]).toEqual([
      [1, [{ field: 'rules', message: 'volatility: expected a number' }]],
      [
        0,
        [
          { field: 'name', message: 'taken' },
          { field: 'rules', message: 'expected a regime' },
        ],
      ],
    ]);
    expect(rest.map(({ message }) => message)).toEqual(['no such draft', 'too many']);
  });
});
