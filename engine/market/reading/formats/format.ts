import type { DateOrder } from '../../../contract/date-order.ts';
import type { SpreadUnit } from '../../../contract/spread-unit.ts';
import type { StampMeaning } from '../../../contract/table-words.ts';
import type { Timeframe } from '../../../contract/timeframe.ts';
import type { BarCollector } from './bar-collector.ts';
import type { MarkColumns } from './row-marks.ts';
import type { TextSample } from './sample.ts';
import type { ClockDigits, EpochUnit } from './stamp-number.ts';

/** Columns of open, high, low and close, in that order. */
export type PriceColumns = readonly [open: number, high: number, low: number, close: number];

/** Columns of a quote, a trade, or both: bars are made of the bid, or of what was paid. */
export interface TickColumns {
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  readonly price?: number | undefined;
  /** Of a trade. */
  readonly amount?: number | undefined;
}

/** Where a delimited text file keeps what; column numbers count from 0. */
export interface TableLayout {
  readonly delimiter: string;
  readonly decimalComma: boolean;
  /** Lines before the first row of data. */
  readonly headerLines: number;
  /** Lines that the file itself does not have; the numbers of lines in messages begin behind them. */
  readonly hiddenLines?: number | undefined;
  /** Cells in a row. */
  readonly columns: number;
  /** One cell with the whole stamp, or a date cell and a time cell. */
  readonly stamp: readonly [number] | readonly [date: number, time: number];
  readonly dateOrder: DateOrder;
  /** Stamps look like UTC and are not: what they say of it is passed over. */
  readonly isOffsetFalse?: boolean | undefined;
  /** What stamps count that are plain numbers; undefined where they are none, or all of them tell. */
  readonly epochUnit?: EpochUnit | undefined;
  /** How long times of day are that are plain numbers; undefined where they are none. */
  readonly clockDigits?: ClockDigits | undefined;
  /** Mid prices, or the bid side where there is an ask side too. */
  readonly prices: PriceColumns;
  readonly ask?: PriceColumns | undefined;
  readonly volume?: number | undefined;
  readonly spread?: number | undefined;
  /** `guess`: told from the numbers. */
  readonly spreadUnit: SpreadUnit | 'guess';
  /** Rows are ticks, not bars: `prices` then has no meaning. */
  readonly ticks?: TickColumns | undefined;
  /** Columns in which rows say what they are of. */
  readonly marks?: MarkColumns | undefined;
  readonly hints: SeriesHints;
}

/** What a format or its header says about the series. */
export interface SeriesHints {
  /** The zone of the stamps, where the format fixes it. */
  readonly timezone?: string | undefined;
  /** What its stamps tell; undefined: when a bar opened. */
  readonly stamp?: StampMeaning | undefined;
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
  /** What the user should know about this reading of the file. */
  readonly notes: readonly string[];
}

/**
 * What a recognizer says of the beginning of a file: how sure it is, in 0..1, and what it found; or why it is not its
 * format. Where several agree, the surest reads the file: formats with distinctive marks claim 0.9 and more, a header
 * with usual names less, guessing from bare columns least.
 */
export type Recognition<Found> =
  | { readonly confidence: number; readonly found: Found }
  | { readonly reason: string };

export interface TextFormat {
  readonly kind: 'text';
  /** As reports and errors name it: `metatrader5`. */
  readonly name: string;
  /** For people: `MetaTrader 5 export`. */
  readonly title: string;
  recognize(sample: TextSample): Recognition<TableLayout>;
}

/** Takes a file piece by piece and hands its bars to a collector. */
export interface BarReader {
  /** Lines so far, of a text. */
  readonly lineNumber?: number;
  feed(bytes: Uint8Array): void;
  /** After the last piece. Throws `data-invalid` if the file breaks off in the middle of a bar that can't be skipped. */
  finish(): void;
}

export interface BinaryLayout {
  readonly hints: SeriesHints;
  readonly bytesPerBar: number;
  reader(file: string, collector: BarCollector, toUtc: (localMs: number) => number): BarReader;
}

export interface BinaryFormat {
  readonly kind: 'binary';
  readonly name: string;
  readonly title: string;
  recognize(head: Uint8Array): Recognition<BinaryLayout>;
}
