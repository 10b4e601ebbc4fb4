import { expect, it } from 'vitest';
import { demoMarket } from '../market/demo-market.ts';
import { changedBars } from './changed-bars.ts';
import { DEFAULT_REGIMES } from './defaults.ts';
import { compileRegimes, labelBars } from './labeler.ts';

const candles = demoMarket()[0]!;

/** By definition, bar by bar. */
function takes(regimes: typeof DEFAULT_REGIMES, name: string): number {
  const active = compileRegimes(regimes);
  const label = active.findIndex((one) => one.name === name);
  return labelBars(candles, active, 0, candles.length).filter((one) => one === label).length;
}

it('says of each regime what it takes now and then, and who stands before it', () => {
  const wanted = DEFAULT_REGIMES.map((one, i) => (i === 0 ? { ...one, rules: { momentum: '> 0' } } : one));
  const found = changedBars(candles, DEFAULT_REGIMES, wanted);
  for (const { name, before, after, holds, takenBy } of found.regimes) {
    expect(before).toBe(takes(DEFAULT_REGIMES, name));
    expect(after).toBe(takes(wanted, name));
    // Alone it takes every bar that its rules hold on.
    expect(holds).toBe(
      takes(
        wanted.filter((one) => one.name === name),
        name,
      ),
    );
    expect(takenBy.reduce((sum, one) => sum + one.bars, after!)).toBe(holds);
  }
  expect(found.moved).toBeGreaterThan(0);
  expect(changedBars(candles, DEFAULT_REGIMES, DEFAULT_REGIMES).moved).toBe(0);
});

it('proposes the place at which a regime that is shadowed gets its bars', () => {
  const general = { ...DEFAULT_REGIMES[0]!, name: 'rising', rules: { momentum: '> 0' } };
  const special = { ...DEFAULT_REGIMES[0]!, name: 'soaring', rules: { momentum: '> 0.001' } };
  const other = { ...DEFAULT_REGIMES[0]!, name: 'falling', rules: { momentum: '< 0' } };
  const [found, ...more] = changedBars(candles, [general, other], [other, general, special]).proposals;
  expect(more).toEqual([]);
  const gets = takes([special, general], 'soaring');
  expect(found).toEqual({
    name: 'soaring',
    before: 'rising',
    gets,
    from: [{ name: 'rising', bars: gets }],
    empties: [],
  });
  const same = { ...general, name: 'same' };
  expect(changedBars(candles, [], [general, same]).proposals[0]).toMatchObject({ empties: ['rising'] });
});

it('knows regimes that go', () => {
  const [first, ...others] = DEFAULT_REGIMES;
  const gone = changedBars(candles, DEFAULT_REGIMES, others).regimes.at(-1)!;
  expect(gone).toMatchObject({ name: first!.name, after: null, before: takes(DEFAULT_REGIMES, first!.name) });
});
