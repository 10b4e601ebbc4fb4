import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { createColumns } from './columns.ts';
import type { KnownTrial } from './history.ts';
import type { SearchSpace } from './space.ts';

const SPACE: SearchSpace = [
  { name: 'kind', domain: { type: 'categorical', choices: ['line', 'bowl'] } },
  { name: 'depth', domain: { type: 'int', low: 1, high: 9 } },
  {
    name: 'rate',
    domain: { type: 'float', low: 0.01, high: 1, log: true },
    when: { name: 'kind', values: ['bowl'] },
  },
];

function trials(seed: number, count: number): KnownTrial[] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => {
    const depth = 1 + prng.int(9);
    const parameters =
      prng.int(2) === 0 ? { kind: 'line', depth } : { kind: 'bowl', depth, rate: 0.01 + 0.9 * prng.float() };
    return { parameters, state: 'completed', loss: 0, folds: [] };
  });
}

/** As arrays of the call's length. */
const plain = (columns: ReturnType<ReturnType<typeof createColumns>>, count: number) =>
  columns.map(({ places, ascending }) => ({
    places: [...places.slice(0, count)],
    ascending: [...ascending],
  }));

describe('columns of trials', () => {
  it('have places on the scale of each domain, none where a trial has none, in a stable ascending order', () => {
    const all = trials(1, 300);
    const columns = plain(createColumns()(SPACE, all), 300);
    const expected = [
      all.map(({ parameters }) => ['line', 'bowl'].indexOf(parameters.kind as string)),
      all.map(({ parameters }) => parameters.depth as number),
      all.map(({ parameters }) =>
        parameters.rate === undefined ? Number.NaN : Math.log(parameters.rate as number),
      ),
    ];
    expect(columns.map(({ places }) => places)).toEqual(expected);
    expect(columns.map(({ ascending }) => ascending)).toEqual(
      expected.map((places) =>
        places
          .map((_, i) => i)
          .filter((i) => !Number.isNaN(places[i]))
          .sort((a, b) => places[a]! - places[b]!),
      ),
    );
  });

  it('are the same whatever was asked before', () => {
    const [all, others] = [trials(1, 300), trials(2, 280)];
    const columnsOf = createColumns();
    const questions = [
      all.slice(0, 20),
      all.slice(0, 21),
      all,
      others,
      [...others.slice(0, 90), ...all],
      all.slice(0, 5),
    ];
    for (const asked of questions) {
      expect(plain(columnsOf(SPACE, asked), asked.length)).toEqual(
        plain(createColumns()(SPACE, asked), asked.length),
      );
    }
    const reversed = SPACE.slice(0, 2).toReversed();
    expect(plain(columnsOf(reversed, all), 300)).toEqual(plain(createColumns()(reversed, all), 300));
  });
});
