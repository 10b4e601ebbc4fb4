import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANDLE_COLUMNS, type Candles, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { mergeCandles } from './merge.ts';

const all = randomCandles(60);

/** The bars of `all` whose indices are given, with another close where asked. */
function pick(indices: readonly number[], changed: ReadonlySet<number> = new Set()): Candles {
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [
      name,
      Float64Array.from(indices, (i) => all[name][i]! + (name === 'close' && changed.has(i) ? 1 : 0)),
    ]),
  ) as unknown as Pick<Candles, (typeof CANDLE_COLUMNS)[number]>;
  return { ...all, ...columns, length: indices.length };
}

const someBars = fc.uniqueArray(fc.nat(59)).map((indices) => indices.sort((a, b) => a - b));

describe('mergeCandles', () => {
  it('agrees with a map by time stamp, the incoming bar winning', () => {
    fc.assert(
      fc.property(someBars, someBars, fc.uniqueArray(fc.nat(59)), (old, incoming, differing) => {
        const changed = new Set(differing.filter((i) => incoming.includes(i)));
        const result = mergeCandles(pick(old), pick(incoming, changed));
        const byIndex = [...new Set([...old, ...incoming])].sort((a, b) => a - b);
        const expected = pick(byIndex, changed);
        for (const name of CANDLE_COLUMNS) expect(result.candles[name]).toEqual(expected[name]);
        const both = incoming.filter((i) => old.includes(i));
        const changedInBoth = both.filter((i) => changed.has(i)).length;
        expect(result).toMatchObject({
          added: incoming.length - both.length,
          changed: changedInBoth,
          same: both.length - changedInBoth,
        });
      }),
    );
  });

  it('finds nothing new in the same series', () => {
    expect(mergeCandles(all, all)).toMatchObject({ added: 0, changed: 0, same: 60 });
    expect(mergeCandles(sliceCandles(all, 0, 0), all)).toMatchObject({ added: 60, changed: 0, same: 0 });
  });
});
