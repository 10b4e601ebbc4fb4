import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STRUCTURE, searchMarkets } from '../engine/testing/searched-markets.ts';
import { type Figure, median } from './subject.ts';

const SEARCH = { ...STRUCTURE, workers: 2 };

const LEAN = 0.2;

/** How often a search finds what is planted, and calls nothing what is nothing. */
export async function marketFigures(planted: number, walks: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  const seeds = (count: number) => Array.from({ length: count }, (_, i) => 100 + i);
  try {
    const of = (lean: number, count: number) =>
      searchMarkets(folder, { lean, seeds: seeds(count), search: SEARCH, threads: 2 });
    const found = await of(LEAN, planted);
    const nothing = await of(0, walks);
    const inRegion = found.filter(({ study }) => {
      const { encoder, horizon } = study.best!.params;
      return encoder === 'time_delta' && (horizon as number) <= 16;
    });
    const aboveLuck = (markets: typeof found) =>
      markets.filter(({ study }) => study.finding!.kind === 'above_luck').length;
    const beats = found.filter((market) => market.found.later > market.defaults.later);
    const judged = nothing.filter(({ verdicts }) =>
      verdicts.some((verdict) => verdict === 'suggestive' || verdict === 'strong'),
    );
    const unit = `of ${planted} planted markets`;
    const unitOfWalks = `of ${walks} random walks`;
    const later = (pick: (market: (typeof found)[number]) => number) => median(found.map(pick));
    return [
      { name: 'best trial where the optimum is', value: inRegion.length, unit, atLeast: planted },
      { name: 'best beats the defaults out of sample', value: beats.length, unit, atLeast: 0.9 * planted },
      { name: 'said to be more than luck', value: aboveLuck(found), unit, atLeast: 0.9 * planted },
      { name: 'Sharpe out of sample, best', value: later((market) => market.found.later), unit: 'median' },
      { name: 'the same, defaults', value: later((market) => market.defaults.later), unit: 'median' },
      // Of 5 % false findings more than twice as many is a defect, not luck (binomial, 99 %).
      {
        name: 'said to be more than luck',
        value: aboveLuck(nothing),
        unit: unitOfWalks,
        atMost: 0.15 * walks,
      },
      { name: 'with a suggestive champion', value: judged.length, unit: unitOfWalks, atMost: 0.15 * walks },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
