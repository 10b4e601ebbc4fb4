import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberCell, roundTo } from './number-cell.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(text: string, mark = '.'): number {
  const bytes = bytesOf(`,${text},`);
  return new NumberCell(mark.charCodeAt(0)).read(bytes, 1, bytes.length - 1);
}

describe('NumberCell', () => {
  it('gives the very double that Number() gives', () => {
    const text = fc.oneof(
      fc.tuple(fc.nat(2_000_000_000), fc.nat(22)).map(([n, d]) => (n / 10 ** d).toFixed(Math.min(d, 20))),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt({ min: 0n, max: 10n ** 30n }).map((n) => `0.${n}`),
    );
    fc.assert(
      fc.property(text, (t) => {
        expect(read(t)).toBe(Number(t));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '-', '.', '1.2.3', '1,2', 'abc', '1e', '0x10', 'Infinity', 'NaN', '1 2', '--1'])(
    'refuses "%s"',
    (text) => {
      expect(read(text)).toBeNaN();
    },
  );

  it('counts decimals and reads a decimal comma', () => {
    const cell = new NumberCell(','.charCodeAt(0));
    const bytes = bytesOf('1,10250');
    expect(cell.read(bytes, 0, bytes.length)).toBe(1.1025);
    expect(cell.decimals).toBe(5);
    expect(read('1,5e3', ',')).toBe(1500);
  });
});

describe('roundTo', () => {
  it('removes the noise of a sum', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(roundTo(0.1 + 0.2, 1)).toBe(0.3);
  });
});
