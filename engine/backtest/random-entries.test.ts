import { describe, expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { RandomEntries } from './random-entries.ts';
import { TradeList } from './trade-list.ts';

type Trade = readonly [entry: number, exit: number, direction: number];

function listOf(lanes: number, trades: readonly Trade[]): TradeList {
  const list = new TradeList(lanes);
  for (const [entry, exit, direction] of trades) {
    list.entry[list.count] = entry;
    list.exit[list.count] = exit;
    list.direction[list.count++] = direction;
  }
  return list;
}

const tradesOf = ({ count, entry, exit, direction }: TradeList): Trade[] =>
  Array.from({ length: count }, (_, k) => [entry[k]!, exit[k]!, direction[k]!] as const);

/** Every set there is, by going through all entries of all trades. */
function allSets(trades: readonly Trade[], allowed: Uint8Array, lastOpen: number): string[] {
  let sets: Trade[][] = [[]];
  for (const [entry, exit, direction] of trades) {
    sets = sets.flatMap((set) =>
      Array.from(allowed, (isAllowed, lane): Trade[][] => {
        const to = lane + exit - entry;
        const isFree = set.every(([from, until]) => to <= from || lane >= until);
        return isAllowed === 1 && to <= lastOpen && isFree ? [[...set, [lane, to, direction]]] : [];
      }).flat(),
    );
  }
  return [...new Set(sets.map(nameOf))];
}

const nameOf = (set: readonly Trade[]) =>
  set
    .toSorted(([a], [b]) => a - b)
    .map((trade) => trade.join(':'))
    .join(' ');

describe('random entries', () => {
  const window = { from: 2, to: 13 };
  const allowed = Uint8Array.from([1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1]);
  const inWindow = allowed.map((value, lane) => (lane >= window.from && lane < window.to - 1 ? value : 0));
  const own: readonly Trade[] = [
    [3, 5, 1],
    [7, 9, -1],
    [9, 10, 1],
  ];

  test('each set there is comes equally often', () => {
    const sets = allSets(own, inWindow, window.to - 1);
    expect(sets.length).toBeGreaterThan(100);
    const random = new RandomEntries(listOf(15, own), allowed, window, createPrng(5));
    const out = new TradeList(15);
    const draws = 400 * sets.length;
    const found = new Map(sets.map((name) => [name, 0]));
    for (let i = 0; i < draws; i++) {
      random.draw(out);
      const name = nameOf(tradesOf(out));
      found.set(name, found.get(name)! + 1);
    }
    expect(found.size).toBe(sets.length);
    // Chi-square: mean df, variance 2 df, somewhat more for draws that remember the one before.
    const chiSquare = [...found.values()].reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0);
    const df = sets.length - 1;
    expect(chiSquare).toBeLessThan(df + 8 * Math.sqrt(2 * df));
    expect(chiSquare).toBeGreaterThan(df / 2);
  });

  test('they come oldest first, and from the seed alone', () => {
    const drawn = (seed: number) => {
      const random = new RandomEntries(listOf(15, own), allowed, window, createPrng(seed));
      const out = new TradeList(15);
      return Array.from({ length: 30 }, () => {
        random.draw(out);
        return tradesOf(out);
      });
    };
    const first = drawn(1);
    expect(drawn(1)).toEqual(first);
    expect(drawn(2)).not.toEqual(first);
    for (const set of first) expect(set).toEqual(set.toSorted(([a], [b]) => a - b));
  });

  test('where all lanes are held there is the own set, whoever holds which part of it', () => {
    const full: readonly Trade[] = [
      [3, 6, 1],
      [6, 9, -1],
      [9, 12, -1],
    ];
    const everywhere = new Uint8Array(13).fill(1, 3);
    const random = new RandomEntries(listOf(13, full), everywhere, { from: 3, to: 13 }, createPrng(1));
    const out = new TradeList(13);
    const long = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      random.draw(out);
      const set = tradesOf(out);
      expect(set.map(([entry, exit]) => [entry, exit])).toEqual(full.map(([entry, exit]) => [entry, exit]));
      long[set.findIndex(([, , direction]) => direction === 1)]!++;
    }
    for (const n of long) expect(Math.abs(n - 1000)).toBeLessThan(150);
  });
});
