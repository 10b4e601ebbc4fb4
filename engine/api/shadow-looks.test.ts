import { describe, expect, it } from 'vitest';
import { DEFAULT_REGIMES } from '../regimes/defaults.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { ShadowedRegime } from '../regimes/shadowed.ts';
import type { SeriesTable } from '../store/schema.ts';
import { createShadowLooks } from './shadow-looks.ts';

const row = (digest: string) => ({ digest }) as SeriesTable;
const shadow: ShadowedRegime = { name: 'late', bars: 3, takenBy: ['early'] };
const fewer = DEFAULT_REGIMES.slice(1);

/** Looks that are answered by hand: a series whose digest begins with `x` has a shadowed regime. */
function begin(looksLater = true) {
  const looks: { digest: string; rules: number; answer: () => Promise<void> }[] = [];
  let found = 0;
  const shadows = createShadowLooks({
    look: ({ digest }, regimes) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly ShadowedRegime[]>();
      const answer = async () => {
        if (digest === 'damaged') reject(new Error('damaged'));
        else resolve(digest.startsWith('x') ? [shadow] : []);
        await new Promise((done) => setTimeout(done));
      };
      looks.push({ digest, rules: regimes.length, answer });
      return promise;
    },
    onFound: () => found++,
    looksLater,
  });
  const of = (digest: string, regimes: readonly RegimeDefinition[] = DEFAULT_REGIMES) =>
    shadows.of(row(digest), regimes);
  return { shadows, looks, of, found: () => found };
}

describe('shadow looks', () => {
  it('are made one after the other and once, and tell at the end that some were found', async () => {
    const { looks, of, found } = begin();
    expect([of('a'), of('x'), of('damaged'), of('a')]).toEqual([[], [], [], []]);
    expect(looks.map(({ digest }) => digest)).toEqual(['a']);
    await looks[0]!.answer();
    await looks[1]!.answer();
    expect(found()).toBe(0);
    await looks[2]!.answer();
    expect(found()).toBe(1);
    expect([of('a'), of('x'), of('damaged')]).toEqual([[], [shadow], []]);
    expect(looks).toHaveLength(3);
  });

  it('are made anew under other rules, also while one is being made', async () => {
    const { looks, of, found } = begin();
    of('x');
    expect(of('x', fewer)).toEqual([]);
    await looks[0]!.answer();
    expect(looks.map(({ rules }) => rules)).toEqual([DEFAULT_REGIMES.length, fewer.length]);
    expect(of('x', fewer)).toEqual([]);
    await looks[1]!.answer();
    expect(of('x', fewer)).toEqual([shadow]);
    expect([found(), looks.length]).toEqual([1, 2]);
  });

  it('are not made by what ends before they would be, which is told by its imports', () => {
    const { looks, of, shadows } = begin(false);
    expect(of('x')).toEqual([]);
    expect(looks).toEqual([]);
    shadows.tell('x', DEFAULT_REGIMES, [shadow]);
    expect(of('x')).toEqual([shadow]);
    expect(of('x', fewer)).toEqual([]);
  });
});
