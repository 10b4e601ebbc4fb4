import type { EarlierForecasts } from '../inference/forecast.ts';
import { CANDLE_COLUMNS, type Candles } from '../market/candles.ts';
import type { LoadedContext } from './job.ts';

/** Bars that models have been asked about. */
export type SeenBars = Pick<LoadedContext, 'candles' | 'higher'>;

/** What the members of a model's sides forecast, by method. */
export interface SaidOfSide {
  readonly direct: EarlierForecasts;
  /** Absent where its strategy has no use for it. */
  readonly recursive?: EarlierForecasts | undefined;
}

interface Said {
  readonly bars: SeenBars;
  readonly sides: readonly SaidOfSide[];
}

/** 64 MB. What is beyond is forecast again. */
const MOST_NUMBERS = 8_000_000;

/**
 * What models have forecast of bars that they were asked about before. A forecast knows nothing that came later, so as long as those bars
 * are as they were it is the same to the bit, and only what closed since is left to be forecast.
 */
export class SaidBefore {
  readonly #said = new Map<string, Said>();
  readonly #most: number;
  #numbers = 0;

  constructor(most: number = MOST_NUMBERS) {
    this.#most = most;
  }

  /** @param name equal for the same model, asked in the same way from the same first bar on */
  of(name: string, bars: SeenBars): readonly SaidOfSide[] | undefined {
    const said = this.#said.get(name);
    return said !== undefined && goesOn(said.bars, bars) ? said.sides : undefined;
  }

  /** Forecasts are copied. A recursive one that is not made this time is kept from the time before, where bars are as they were. */
  keep(name: string, bars: SeenBars, sides: readonly SaidOfSide[]): void {
    const before = this.of(name, bars);
    this.#forget(name);
    const kept = sides.map(
      ({ direct, recursive }, s): SaidOfSide => ({
        direct: copied(direct),
        recursive: recursive === undefined ? before?.[s]?.recursive : copied(recursive),
      }),
    );
    this.#said.set(name, { bars, sides: kept });
    this.#numbers += numbersOf(kept);
    for (const oldest of this.#said.keys()) {
      if (this.#numbers <= this.#most) break;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#numbers -= numbersOf(this.#said.get(name)?.sides ?? []);
    this.#said.delete(name);
  }
}

const copied = (forecasts: EarlierForecasts) => forecasts.map((of) => of.slice());

function numbersOf(sides: readonly SaidOfSide[]): number {
  const all = sides.flatMap(({ direct, recursive }) => [...direct, ...(recursive ?? [])]);
  return all.reduce((sum, { length }) => sum + length, 0);
}

/** Of bars that were seen, what they were found to be the beginning of, or not: many models are asked about the same ones. */
const compared = new WeakMap<SeenBars, WeakMap<SeenBars, boolean>>();

/** Whether later bars begin with all that was seen, value by value. */
function goesOn(seen: SeenBars, later: SeenBars): boolean {
  if (seen === later) return true;
  let known = compared.get(seen);
  if (known === undefined) {
    known = new WeakMap();
    compared.set(seen, known);
  }
  let goes = known.get(later);
  if (goes === undefined) {
    goes =
      seen.higher.length === later.higher.length &&
      beginsWith(later.candles, seen.candles) &&
      seen.higher.every((series, i) => beginsWith(later.higher[i]!, series));
    known.set(later, goes);
  }
  return goes;
}

function beginsWith(later: Candles, seen: Candles): boolean {
  if (later.length < seen.length) return false;
  return CANDLE_COLUMNS.every((column) => {
    const [is, was] = [later[column], seen[column]];
    for (let row = 0; row < seen.length; row++) if (!Object.is(is[row], was[row])) return false;
    return true;
  });
}
