import { expect, test } from 'vitest';
import type { PaperTrade } from '../forward/paper.ts';
import { matchTrades, type RealTrade } from './compare.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const paper = (hour: number, direction: 1 | -1, entryPrice = 1.1): PaperTrade => ({
  direction,
  entryTime: hour * HOUR,
  entryPrice,
  exitTime: (hour + 3) * HOUR,
  exitPrice: entryPrice * 1.01,
  reason: 'time',
  net: direction * Math.log(1.01) - 0.0002,
  cost: 0.0002,
});
const real = (
  ticket: string,
  minutes: number,
  direction: 1 | -1,
  more: Partial<RealTrade> = {},
): RealTrade => ({
  ticket,
  symbol: 'EURUSD',
  direction,
  openTime: minutes * MINUTE,
  openPrice: 1.1002,
  closeTime: minutes * MINUTE + 3 * HOUR,
  closePrice: 1.1002 * 1.01,
  charges: 0,
  profit: 0,
  ...more,
});
const RULES = { within: HOUR, lateAfter: 2 * MINUTE };

test('trades are told apart: matched, late, missed and extra, each used once, whatever their order', () => {
  const onPaper = [paper(1, 1), paper(2, -1), paper(5, 1), paper(9, 1)];
  const account = [
    real('a', 61, 1), // a minute after the first
    real('b', 62, 1), // the first once more
    real('c', 150, -1), // half an hour late
    real('d', 540, -1), // the other way
  ];
  const matches = matchTrades(onPaper, account, RULES);
  expect(
    matches.map(({ kind, real: one, paper: other }) => [kind, one?.ticket, other && other.entryTime / HOUR]),
  ).toEqual([
    ['matched', 'a', 1],
    ['extra', 'b', null],
    ['late', 'c', 2],
    ['missed', undefined, 5],
    ['missed', undefined, 9],
    ['extra', 'd', null],
  ]);
  const other = matchTrades(onPaper.toReversed(), account.toReversed(), RULES);
  expect(new Set(other.map((one) => JSON.stringify(one)))).toEqual(
    new Set(matches.map((one) => JSON.stringify(one))),
  );
});

test('prices and costs are held against each other, worse above 0', () => {
  // 10,000 traded: a gain of 1 % is 100, charges of 5 are 0.0005.
  const account = [real('a', 60, 1, { profit: 100, charges: -5 })];
  const [match] = matchTrades([paper(1, 1)], account, RULES);
  expect(match).toMatchObject({
    kind: 'matched',
    delay: 0,
    entryWorse: expect.closeTo(0.0002, 12),
    exitWorse: expect.closeTo(1.1 * 1.01 - 1.1002 * 1.01, 12),
    realCost: expect.closeTo(0.0005, 9),
    realNet: expect.closeTo(Math.log(1.01) - 0.0005, 9),
    paperCost: 0.0002,
  });
  const [short] = matchTrades([paper(1, -1)], [real('a', 60, -1)], RULES);
  expect(short!.entryWorse).toBeCloseTo(-0.0002, 12);
  expect(short!.realNet).toBeCloseTo(-Math.log(1.01), 9);
  const unknown = real('a', 60, 1, { closePrice: 1.1002, charges: -5, profit: 0 });
  expect(matchTrades([paper(1, 1)], [unknown], RULES)[0]).toMatchObject({ realNet: null, realCost: null });
  const held = real('a', 60, 1, { closeTime: null, closePrice: null });
  expect(matchTrades([paper(1, 1)], [held], RULES)[0]).toMatchObject({ exitWorse: null, realNet: null });
});
