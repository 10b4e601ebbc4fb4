import type { MarketKind } from '../market-kind.ts';
import type { QualityReport, TradingFigures } from '../quality.ts';
import type { SpreadUnit } from '../spread-unit.ts';
import type { Timeframe } from '../timeframe.ts';

/** What buying and selling again costs: spread, slippage and commission of both sides, without swaps. */
export interface RoundTripDto {
  /** Price units. */
  readonly price: number;
  /** Null for markets that count no pips. */
  readonly pips: number | null;
  /** Of the price, a fraction. */
  readonly share: number;
  /** Where its spread is from. */
  readonly from: 'data' | 'configuration';
  /** `A round trip costs 1.4 pips, 0.012 % (median spread of the data)` */
  readonly text: string;
}

export interface SeriesDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly digest: string;
  readonly synthetic: boolean;
  readonly kind: MarketKind;
  /** Null where it costs nothing, or nothing says what. */
  readonly roundTrip: RoundTripDto | null;
  /** What to do where nothing says what trading it costs: it can't be trained on. */
  readonly costsAdvice: string | null;
  /** Whole sentences on regimes that can never get a bar of it, or tell its bars apart; absent where there is none. */
  readonly ruleNotes?: readonly string[];
  readonly quality: QualityReport;
}

/** What can change a stored series. */
export const SERIES_ACTIONS = ['import', 'replace', 'remove', 'demo', 'watch', 'append'] as const;
export type SeriesAction = (typeof SERIES_ACTIONS)[number];

/** What was done to a series and can be undone. */
export interface SeriesChangeDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly action: SeriesAction;
  /** Name of the file that was imported; null without one. */
  readonly source: string | null;
  /** ISO 8601 UTC */
  readonly at: string;
  /** Bars before it, to which an undo goes back; 0 where the series was not stored. */
  readonly barsBefore: number;
}

export interface UndoDto {
  readonly undone: SeriesChangeDto;
  /** The series as it is again; null where it was not stored then. */
  readonly series: SeriesDto | null;
  /** Changes of the same series that can be undone still, the newest first. */
  readonly left: readonly SeriesChangeDto[];
}

/**
 * What became of a file of a watched folder. `current`: its bars are stored; `waiting`: it is looked at again by itself; `left`: it is left
 * alone until it or what is said of it changes; `gone`: it is no longer there, its bars stay.
 */
export const WATCHED_STATES = ['current', 'waiting', 'left', 'gone'] as const;
export type WatchedState = (typeof WATCHED_STATES)[number];

export interface WatchedFileDto {
  /** Absolute path. */
  readonly file: string;
  readonly state: WatchedState;
  /** A whole sentence. */
  readonly message: string;
  /** What it holds, as `EURUSD H1`; empty where that is not known. */
  readonly series: readonly string[];
  /** When that was so, ISO 8601 UTC. */
  readonly at: string;
}

export interface WatchedFolderDto {
  readonly folder: string;
  /** ISO 8601 UTC */
  readonly since: string;
  /** How its files are read where they do not say so themselves, by option: `timezone`, `spreadUnit`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Who watches it at the moment: this process, another one, or none, since no window, server or command does. */
  readonly by: 'here' | 'elsewhere' | null;
  /** Why it can't be looked into at the moment; null where it can. */
  readonly problem: string | null;
  readonly files: readonly WatchedFileDto[];
}

/** What a file's bars stand in: a text has lines, as an editor counts them; a table has rows. */
export type CountedIn = 'line' | 'row';

export interface BadLineDto {
  /** 1-based; see CountedIn. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface ImportDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly format: string;
  readonly timezone: { readonly name: string; readonly source: string };
  readonly priceScale: number;
  /** What the file's spreads were read as; undefined where it has none. */
  readonly spreadUnit: SpreadUnit | undefined;
  readonly rows: number;
  readonly badRows: number;
  readonly badLines: readonly BadLineDto[];
  readonly countedIn: CountedIn;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly notes: readonly string[];
  readonly series: SeriesDto;
}

/** What can be said about a file without importing it. */
export interface InspectionDto {
  readonly format: string;
  /** The format's name for people. */
  readonly title: string;
  readonly timezone: { readonly name: string; readonly source: string };
  /** Prices in the file are this many times the real ones; guessed from the symbol, 1 where that is not known. */
  readonly priceScale: number;
  /** What its spreads are read as; undefined where it has none. */
  readonly spreadUnit: SpreadUnit | undefined;
  /** From the file's content or its name. */
  readonly symbol?: string | undefined;
  /** From the distance between bars. */
  readonly timeframe?: Timeframe | undefined;
  /** Of that symbol; other where it has none. */
  readonly kind: MarketKind;
  readonly roundTrip: RoundTripDto | null;
  /** As of a stored series; null without a symbol, too. */
  readonly costsAdvice: string | null;
  readonly columns: readonly string[];
  readonly firstLines: readonly string[];
  readonly bars: number;
  /** Opening times of the first and the last bar, ISO 8601 UTC. */
  readonly first: string;
  readonly last: string;
  readonly badRows: number;
  readonly problems: readonly BadLineDto[];
  readonly countedIn: CountedIn;
  readonly duplicates: number;
  readonly notes: readonly string[];
  /** What its content says that it holds, and what its name says: `symbol` and `timeframe` are the first of the two. */
  readonly told: SeriesNameDto;
  readonly named: SeriesNameDto & {
    /** Where a name is written in a broker's way. */ readonly note?: string | undefined;
  };
  /** Symbols and timeframes that columns of it name, as they are written there. */
  readonly held: { readonly symbols: readonly string[]; readonly timeframes: readonly string[] };
}

export interface SeriesNameDto {
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
}

/** One of several files that were looked at together. */
export interface FilePlanDto extends SeriesNameDto {
  readonly file: string;
  readonly bars: number;
  /** Opening times of the first and the last bar, ISO 8601 UTC; empty where it can't be read. */
  readonly first: string;
  readonly last: string;
  readonly timezone: string;
  readonly notes: readonly string[];
  /** Why it is not imported; null where it is. */
  readonly refusal: string | null;
}

export interface FilesPlanDto {
  /** What goes in, by series and time, then what does not. */
  readonly files: readonly FilePlanDto[];
  /** Files of a folder whose names say that they hold no candles. */
  readonly leftOut: readonly string[];
}

/** What one of several files came to. */
export interface FileImportDto extends SeriesNameDto {
  readonly file: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly badRows: number;
  readonly notes: readonly string[];
  /** Why it was not imported; null where it was. */
  readonly refusal: string | null;
}

export interface FilesImportDto {
  readonly files: readonly FileImportDto[];
  /** The series that something was imported into, as they are now. */
  readonly series: readonly SeriesDto[];
  readonly failed: number;
  readonly leftOut: readonly string[];
}

/** What a file says by itself, before the configuration is asked. */
export type FileInspection = Omit<InspectionDto, 'kind' | 'roundTrip' | 'costsAdvice'> & {
  readonly trading: TradingFigures;
  /** Why its bars are of no timeframe, where they are none. */
  readonly oddSpacing?: string | undefined;
};
