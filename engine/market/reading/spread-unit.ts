import { EngineError } from '../../contract/errors.ts';
import { SPREAD_UNITS, type SpreadUnit } from '../../contract/spread-unit.ts';
import { pipOfDecimals, pipSize } from '../instruments/pip-size.ts';
import { currencyPair } from '../instruments/symbol.ts';
import { roundTo } from './formats/number-cell.ts';
import { unscale } from './price-scale.ts';

/** The spreads of a file, and what is known of them before they are read. */
export interface WrittenSpreads {
  /** As the column has them; NaN where a row has none. */
  readonly spread: Float64Array;
  /** What the format says; `guess` where it says nothing. */
  readonly unit: SpreadUnit | 'guess';
  /** Decimals of the file's prices: a point is one of the last. */
  readonly digits: number;
}

export interface SpreadContext {
  /** As messages name it. */
  readonly file: string;
  /** Not known where a file is only looked at, and does not name it. */
  readonly symbol: string | undefined;
  /** A price that is typical of the file, as it stands there. */
  readonly price: number;
  /** File prices are this many times the real ones. */
  readonly scale: number;
  /** What the user says. */
  readonly given: SpreadUnit | undefined;
}

/** `pip`: in price units; NaN where the market has none. */
type Settling = SpreadContext & { readonly pip: number };

export interface AppliedSpreadUnit {
  /** Undefined where the file has no spreads. */
  readonly unit: SpreadUnit | undefined;
  readonly notes: readonly string[];
}

/** What a spread can be: in pips for a pair of currencies or metals, else as a share of the price. */
const PIPS = { least: 0.01, most: 100 };
const SHARE = { least: 1e-7, most: 0.01 };

const WORDS: Readonly<Record<SpreadUnit, string>> = {
  points: 'points of the last digit',
  pips: 'pips',
  price: 'price units',
};

/**
 * Turns written spreads into real price units, in place: by what the user says, else by what the format says, else by the first reading
 * that gives a spread there can be. A column of zeros says nothing and becomes NaN.
 *
 * @throws EngineError `invalid-input` where no reading gives such a spread, or the one the format stands for does not; and for pips of a
 *   market that has none
 */
export function settleSpreads(written: WrittenSpreads, asked: SpreadContext): AppliedSpreadUnit {
  const { spread, unit } = written;
  const typical = medianOfPositive(spread);
  if (typical === undefined) {
    spread.fill(Number.NaN);
    return { unit: undefined, notes: [] };
  }
  const { given, symbol, scale } = asked;
  const usual = hasPips(symbol) ? pipSize(symbol) : Number.NaN;
  const pip = hasPips(symbol)
    ? pipOfDecimals(symbol, written.digits + Math.log10(scale), asked.price / scale)
    : usual;
  const context: Settling = { ...asked, pip };
  const ownPip =
    pip === usual || Number.isNaN(pip)
      ? []
      : [`A pip of ${symbol} is taken for ${pip}, since its prices have ${written.digits} decimals.`];
  const known = readable(written, context);
  const candidates = given !== undefined ? [given] : unit !== 'guess' ? [unit] : known;
  const plausible = candidates.filter((as) => isPossible(inPrice(typical, as, written, context), context));
  const applied = given ?? plausible[0];
  if (applied === undefined) throw unknownUnit(typical, unit === 'guess' ? known : [unit], written, context);
  if (!known.includes(applied)) throw noPips(context);
  // 1.2 pips is 1.2 pips says nothing.
  const say = (as: SpreadUnit) =>
    `${as === 'pips' ? 'a typical one' : `${short(typical)} ${as === 'price' ? 'in price units' : as}`} is ${amount(inPrice(typical, as, written, context), context)}`;
  toPrice(spread, applied, written, context);
  if (given !== undefined && plausible.length === 0) {
    return {
      unit: applied,
      notes: [`Spreads were read as ${WORDS[applied]}, as asked, though ${say(applied)}.`, ...ownPip],
    };
  }
  if (given !== undefined || unit !== 'guess') return { unit: applied, notes: ownPip };
  const others = plausible.slice(1).map((as) => (as === 'pips' ? `as pips ${say(as)}` : say(as)));
  // What a price has in its own units, and nothing else could be meant, needs no word.
  if (applied === 'price' && others.length === 0) return { unit: applied, notes: [] };
  const otherwise = others.length === 0 ? '' : ` Set the spread unit if it is another: ${others.join('; ')}.`;
  return {
    unit: applied,
    notes: [`Spreads are read as ${WORDS[applied]}: ${say(applied)}.${otherwise}`, ...ownPip],
  };
}

/** The units that the numbers can be in, likeliest first. Points are counted; nobody counts pips in wholes where there are points. */
function readable({ spread }: WrittenSpreads, { symbol }: Settling): SpreadUnit[] {
  const whole = spread.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const order: readonly SpreadUnit[] = whole ? SPREAD_UNITS : ['price', 'pips', 'points'];
  return order.filter((unit) => unit !== 'pips' || hasPips(symbol));
}

function hasPips(symbol: string | undefined): symbol is string {
  return symbol !== undefined && currencyPair(symbol) !== undefined;
}

/** Written spreads become real price units, in place. */
function toPrice(
  values: Float64Array,
  unit: SpreadUnit,
  { digits }: Pick<WrittenSpreads, 'digits'>,
  { pip, scale }: Settling,
): void {
  if (unit === 'pips') {
    for (let i = 0; i < values.length; i++) values[i] = roundTo(values[i]! * pip, 9);
    return;
  }
  if (unit === 'points') {
    const point = 10 ** digits;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      // A mean of points has decimals of its own.
      values[i] = roundTo(value / point, Number.isInteger(value) ? digits : digits + 3);
    }
  }
  if (scale !== 1) unscale(values, scale);
}

function inPrice(value: number, unit: SpreadUnit, written: WrittenSpreads, context: Settling): number {
  const one = Float64Array.of(value);
  toPrice(one, unit, written, context);
  return one[0]!;
}

function isPossible(spread: number, context: Settling): boolean {
  const { symbol } = context;
  const [value, { least, most }] = hasPips(symbol)
    ? [spread / context.pip, PIPS]
    : [spread / realPrice(context), SHARE];
  // 0.01 pips are 1.0000000000000002e-6 in doubles.
  return value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9);
}

function realPrice({ price, scale }: Settling): number {
  return price / scale;
}

/** `1.2 pips, 0.011 % of the price`. */
function amount(spread: number, context: Settling): string {
  const { symbol } = context;
  const share = `${short((spread / realPrice(context)) * 100)} % of the price`;
  return hasPips(symbol) ? `${short(spread / context.pip)} pips, ${share}` : share;
}

function unknownUnit(
  typical: number,
  units: readonly SpreadUnit[],
  written: WrittenSpreads,
  context: Settling,
): EngineError {
  const expected = hasPips(context.symbol)
    ? `${PIPS.least} to ${PIPS.most} pips`
    : `at most ${SHARE.most * 100} % of the price`;
  const found = units
    .map(
      (unit) => `as ${WORDS[unit]} it would be ${amount(inPrice(typical, unit, written, context), context)}`,
    )
    .join(', ');
  return new EngineError(
    'invalid-input',
    `${context.file} has a spread of typically ${short(typical)}: ${found}; expected ${expected}. ` +
      'Say what it is written in: points, pips or price.',
    { file: context.file, remedy: 'set-spread-unit' },
  );
}

function noPips({ symbol }: Settling): EngineError {
  return new EngineError(
    'invalid-input',
    `${symbol ?? 'A market without a name'} has no pips that are known: only pairs of currencies and metals do. Read its spreads as points or price.`,
  );
}

/** Of up to 10,000 spreads, evenly taken, which is as good as of all. */
function medianOfPositive(spread: Float64Array): number | undefined {
  const positive = spread.filter((value) => value > 0);
  const step = Math.ceil(positive.length / 10_000);
  const taken = positive.filter((_, i) => i % step === 0).sort();
  return taken[taken.length >> 1];
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
