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

describe('numbers as people write them', () => {
  it.each([
    ['31,011.6', '.', 31_011.6],
    ['1,234,567.25', '.', 1_234_567.25],
    ['31.011,6', ',', 31_011.6],
    ["31'011.60", '.', 31_011.6],
    ['31\u202f011,5', ',', 31_011.5],
    ['31 011', '.', 31_011],
    ['-31,011.6', '.', -31_011.6],
  ])('%s with %s for decimals', (text, mark, value) => expect(read(text, mark)).toBe(value));

  it.each([
    ['1,10.6', '.'],
    ['1,1025', '.'],
    ['1,102,5', '.'],
    ['1,102 500', '.'],
    ['1.102.50', ','],
    ['12345,678', '.'],
  ])('%s with %s for decimals is none', (text, mark) => expect(read(text, mark)).toBeNaN());

  it.each([
    ['78.20K', 78_200],
    ['1.5m', 1_500_000],
    ['2B', 2_000_000_000],
    ['1,234.5K', 1_234_500],
    ['55', 55],
    ['K', Number.NaN],
  ])('an amount of %s', (text, value) => {
    const bytes = bytesOf(text);
    expect(new NumberCell().readAmount(bytes, 0, bytes.length)).toBe(value);
  });

  it.each([
    ['1.1726400000000001', 1.17264, 5],
    ['1.17264', 1.17264, 5],
    ['0.00012000000000000002', 0.00012, 5],
    ['1.17264123456789', 1.17264123456789, 14],
    ['1.2e-5', 0.000012, 6],
  ])('a quote of %s', (text, value, decimals) => {
    const bytes = bytesOf(text);
    const cell = new NumberCell();
    expect(cell.readQuote(bytes, 0, bytes.length)).toBe(value);
    expect(cell.decimals).toBe(decimals);
  });
});
