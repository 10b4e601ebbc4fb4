import { counted } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import { readTimeframe, type Timeframe } from '../../contract/timeframe.ts';
import { marketOfName, namingNote } from '../instruments/symbol-names.ts';
import type { SeriesHints } from './formats/format.ts';
import type { WantedRows } from './formats/row-marks.ts';

/** What the rows of a file say that they are of: the distinct texts of such columns, in the order seen. */
export interface FileMarks {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  /** Whether the symbols stand side by side, in columns of their own. */
  readonly isWide?: boolean | undefined;
}

/** What of a file is asked for. */
interface Asked {
  readonly series?:
    | { readonly symbol?: string | undefined; readonly timeframe?: Timeframe | undefined }
    | undefined;
}

/** Plain numbers are minutes, as several sources have them. */
export function timeframeOf(text: string): Timeframe | undefined {
  return readTimeframe(/^\d+$/.test(text) ? `${text}m` : text.replace(/^PT?/i, ''));
}

/** What a file says of its series, with what all of its rows say, or those that are wanted. */
export function hintsOfRows(
  hints: SeriesHints,
  { symbols, timeframes }: FileMarks,
  wanted: WantedRows,
): SeriesHints {
  const symbol = wanted.symbol ?? (symbols.length === 1 ? symbols[0] : undefined);
  const timeframe = wanted.timeframe ?? (timeframes.length === 1 ? timeframes[0] : undefined);
  const read = timeframe === undefined ? undefined : timeframeOf(timeframe);
  return {
    ...hints,
    ...(symbol === undefined ? {} : { symbol: marketOfName(symbol) }),
    ...(read === undefined ? {} : { timeframe: read }),
  };
}

/**
 * Which rows of a file of several series to take; undefined where all are of one. A file that is only looked at shows its first series.
 *
 * @throws EngineError `data-invalid` where none of several is the one that is asked for
 */
export function wantedRows(file: string, marks: FileMarks, { series }: Asked): WantedRows | undefined {
  if (marks.symbols.length <= 1 && marks.timeframes.length <= 1) return undefined;
  const asked = series ?? {};
  const symbol = pick(
    file,
    'symbols',
    marks.symbols,
    asked.symbol,
    (text) => marketOfName(text) === marketOfName(asked.symbol!),
  );
  const timeframe = pick(
    file,
    'timeframes',
    marks.timeframes,
    asked.timeframe,
    (text) => timeframeOf(text) === asked.timeframe,
  );
  return { ...(symbol === undefined ? {} : { symbol }), ...(timeframe === undefined ? {} : { timeframe }) };
}

function pick(
  file: string,
  what: string,
  texts: readonly string[],
  asked: string | undefined,
  isAsked: (text: string) => boolean,
): string | undefined {
  if (texts.length <= 1) return undefined;
  if (asked === undefined) return texts[0];
  const found = texts.find(isAsked);
  if (found !== undefined) return found;
  throw new EngineError(
    'data-invalid',
    `${file} holds bars of several ${what}: ${listed(texts)}. None of them is ${asked}. Import each under its own name.`,
    { file },
  );
}

/** What the user should know of the rows that were not taken. */
export function notesOnMarks(
  { unfinished }: { readonly unfinished: number },
  wanted: WantedRows,
  { symbols, timeframes, isWide = false }: FileMarks,
): string[] {
  const notes: string[] = [];
  const named = symbols.length === 1 ? namingNote(symbols[0]!, marketOfName(symbols[0]!)) : undefined;
  if (named !== undefined) notes.push(named);
  if (wanted.symbol !== undefined) {
    notes.push(
      `The file holds ${listed(symbols)}: only the ${isWide ? 'columns' : 'rows'} of ${wanted.symbol} were taken.`,
    );
  }
  if (wanted.timeframe !== undefined) {
    notes.push(`The file holds bars of ${listed(timeframes)}: only those of ${wanted.timeframe} were taken.`);
  }
  if (unfinished > 0) {
    notes.push(
      `${counted(unfinished, 'bar that was', 'bars that were')} not closed yet ${unfinished === 1 ? 'was' : 'were'} left out.`,
    );
  }
  return notes;
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 8).join(', ');
  return texts.length > 8 ? `${shown} and ${texts.length - 8} more` : shown;
}
