import { EngineError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { readTimeframe, type Timeframe } from './timeframe.ts';

/** A champion as people name it: `EURUSD/H1/bull_trending`, or with `/2` the second best of several. */
export interface ChampionReference {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  /** From 1, by score. */
  readonly rank: number;
}

type Place = Pick<ChampionReference, 'symbol' | 'timeframe' | 'regime'>;

const FORM = 'SYMBOL/TIMEFRAME/REGIME[/RANK], such as EURUSD/H1/bull_trending';

/** The rank is left out of the best. */
export function formatChampion({ symbol, timeframe, regime, rank }: ChampionReference): string {
  const place = `${symbol}/${timeframe}/${regime}`;
  return rank === 1 ? place : `${place}/${rank}`;
}

/**
 * Reads a reference: letters of any case, timeframes by any of their names.
 * @throws EngineError `invalid-input` where the text has another form
 */
export function parseChampion(text: string): ChampionReference {
  const [symbol = '', written = '', regime = '', rank = '1', ...more] = text.trim().split('/');
  const timeframe = readTimeframe(written);
  const isForm = symbol !== '' && regime !== '' && /^[1-9]\d{0,5}$/.test(rank) && more.length === 0;
  if (!isForm || timeframe === undefined) {
    throw new EngineError('invalid-input', `Expected a champion as ${FORM}, found ${JSON.stringify(text)}.`);
  }
  return { symbol: symbol.toUpperCase(), timeframe, regime: regime.toLowerCase(), rank: Number(rank) };
}

/** References of champions that stand in the order of their scores: the first of a place has rank 1. */
export function referencesOf(champions: readonly Place[]): string[] {
  const seen = new Map<string, number>();
  return champions.map((champion) => {
    const place = formatChampion({ ...champion, rank: 1 });
    const rank = (seen.get(place) ?? 0) + 1;
    seen.set(place, rank);
    return formatChampion({ ...champion, rank });
  });
}

const MOST_LISTED = 12;

/**
 * The champion that a text names.
 * @throws EngineError `invalid-input` where it has another form, `not-found` with the champions that there are
 */
export function findChampion<T extends { readonly champion: string }>(
  champions: readonly T[],
  text: string,
): T {
  const name = formatChampion(parseChampion(text));
  const found = champions.find(({ champion }) => champion === name);
  if (found !== undefined) return found;
  const names = champions.map(({ champion }) => champion);
  throw new EngineError(
    'not-found',
    `There is no champion ${name}.${didYouMean(name, names)} ${existing(names)}`,
  );
}

function existing(names: readonly string[]): string {
  if (names.length === 0) return 'No champion is there yet: train a grid first.';
  const more = names.length - MOST_LISTED;
  const listed = names.slice(0, MOST_LISTED).join(', ');
  return `There ${names.length === 1 ? 'is' : 'are'} ${listed}${more > 0 ? ` and ${more} more` : ''}.`;
}
