import { shareOfClass } from '../contract/class-share.ts';
import type { Configuration } from '../contract/configuration.ts';
import { counted } from '../contract/counted.ts';
import type { ClassShareDto, ClassSharesDto } from '../contract/dto/index.ts';
import { MIN_CLASS_ROWS } from '../models/class-metrics.ts';
import { type ClassCount, type ClassCounter, hasClasses, tooFew } from './class-counts.ts';

/** More are counted, but nobody reads them. */
const MOST_TOLD = 200;

export const NO_CLASSES: ClassSharesDto = { told: [], untold: 0, uncounted: 0 };

/** What classes hold, gathered while the cells of a grid are looked at. */
export interface ClassShares {
  /** The model of a cell that has too few rows of a class, if one has. */
  of(cell: Configuration, asOf: number): ClassCount | undefined;
  /** Per market, target, horizon and model, of the longest training window. */
  all(): ClassSharesDto;
}

export function createClassShares(counter: ClassCounter): ClassShares {
  const shares = new Map<string, readonly ClassShareDto[]>();
  const uncounted = new Set<string>();

  function note(cell: Configuration, counts: readonly ClassCount[] | null): void {
    const { symbol, timeframe, target, horizon, daysHistory } = cell;
    const key = `${symbol} ${timeframe} ${target} ${horizon}`;
    if (counts === null) {
      if (hasClasses(target)) uncounted.add(key);
      return;
    }
    if ((shares.get(key)?.[0]?.daysHistory ?? 0) >= daysHistory) return;
    const place = { symbol, timeframe, target, horizon, daysHistory };
    shares.set(
      key,
      counts.map(({ side, rows, positives }) => ({ ...place, side, rows, positives })),
    );
  }

  return {
    of(cell, asOf) {
      const counts = counter.of(cell, asOf);
      note(cell, counts);
      return tooFew(counts);
    },
    all() {
      const all = [...shares.values()].flat();
      return {
        told: all.slice(0, MOST_TOLD),
        untold: Math.max(0, all.length - MOST_TOLD),
        uncounted: uncounted.size,
      };
    },
  };
}

export function tooFewText(cell: Configuration, { side, rows, positives, fewest }: ClassCount): string {
  const { symbol, timeframe, target, horizon, daysHistory } = cell;
  const said = shareOfClass({ symbol, timeframe, target, horizon, daysHistory, side, rows, positives });
  const few = Math.min(fewest.positives, fewest.negatives);
  return (
    `${said}, with ${daysHistory} days: one of its sub-models would learn from ${counted(few, 'row')} of a class, and needs ${MIN_CLASS_ROWS}. ` +
    'Use more days of history, a shorter timeframe or another target.'
  );
}
