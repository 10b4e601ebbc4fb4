import type { TableOrigin } from '../tables/table-origin.ts';
import { alphaVantage } from './alpha-vantage.ts';
import { binanceKlines } from './binance-klines.ts';
import { feather, json, parquet } from './container.ts';
import { cryptoDataDownload } from './cryptodatadownload.ts';
import { dukascopy } from './dukascopy.ts';
import type { BinaryFormat, BinaryLayout, Recognition, TableLayout, TextFormat } from './format.ts';
import { genericCsv } from './generic-csv.ts';
import { histdata } from './histdata.ts';
import { jforex } from './jforex.ts';
import { lean } from './lean-zip.ts';
import { metatrader4 } from './metatrader4.ts';
import { metatrader4Hst } from './metatrader4-hst.ts';
import { metatrader5 } from './metatrader5.ts';
import { metatrader5Python } from './metatrader5-python.ts';
import { ninjatrader } from './ninjatrader.ts';
import { oanda } from './oanda.ts';
import { sampleText, type TableOverrules, type TextSample } from './sample.ts';
import { stooq } from './stooq.ts';
import { dukascopyTicks, histdataTicks, metatrader5Ticks, ticks, trueFx } from './ticks.ts';
import { tradingview } from './tradingview.ts';
import { twelveData } from './twelve-data.ts';
import { isNamelessWide, wideTable } from './wide-table.ts';
import { yahoo } from './yahoo.ts';

/** Every import format; a new one is a file and a line here. */
export const TEXT_FORMATS: readonly TextFormat[] = [
  metatrader5,
  metatrader5Python,
  metatrader4,
  histdata,
  ninjatrader,
  dukascopy,
  jforex,
  tradingview,
  yahoo,
  stooq,
  binanceKlines,
  cryptoDataDownload,
  lean,
  oanda,
  alphaVantage,
  twelveData,
  json,
  parquet,
  feather,
  metatrader5Ticks,
  dukascopyTicks,
  trueFx,
  histdataTicks,
  ticks,
  genericCsv,
];
export const BINARY_FORMATS: readonly BinaryFormat[] = [metatrader4Hst];

export type Recognized =
  | {
      readonly kind: 'text';
      readonly format: TextFormat;
      readonly layout: TableLayout;
      /** Names in the header; none where there is none. */
      readonly columns: readonly string[];
      /** That it has side by side, each in columns of its own; none where all columns are of one. */
      readonly instruments: readonly string[];
    }
  | { readonly kind: 'binary'; readonly format: BinaryFormat; readonly layout: BinaryLayout };

/** Why each format is not the one. */
export interface Unrecognized {
  readonly kind: 'unknown';
  readonly reasons: readonly { readonly format: string; readonly reason: string }[];
}

/** The surest format for a binary file that begins with `head`. */
export function recognizeBinary(head: Uint8Array): Recognized | Unrecognized {
  const { best, reasons } = surest(BINARY_FORMATS, (format) => format.recognize(head));
  return best === undefined
    ? { kind: 'unknown', reasons }
    : { kind: 'binary', format: best.format, layout: best.found };
}

/** A beginning of a text, or of what became one. */
export interface TextHead {
  readonly text: string;
  /** It is all of it. */
  readonly whole: boolean;
  readonly origin?: TableOrigin | undefined;
}

/** The surest format for a text that begins so. */
export function recognizeText(
  { text, whole, origin }: TextHead,
  overrules: TableOverrules = {},
  instrument?: string,
): Recognized | Unrecognized {
  const plain = sampleText(text, whole, origin === undefined ? overrules : { ...overrules, ...TABS });
  if (plain === undefined) {
    const reason = 'it is no table of three or more columns';
    return { kind: 'unknown', reasons: TEXT_FORMATS.map((format) => ({ format: format.name, reason })) };
  }
  const full: TextSample = { ...plain, origin };
  // Who names the columns says whose they are.
  const wide = overrules.columns === undefined ? wideTable(full) : undefined;
  const symbol = instrument ?? wide?.symbols[0];
  const sample = wide === undefined || symbol === undefined ? full : wide.only(symbol);
  if (wide === undefined && overrules.columns === undefined && isNamelessWide(full)) {
    return { kind: 'unknown', reasons: TEXT_FORMATS.map(({ name }) => ({ format: name, reason: NAMELESS })) };
  }
  // Who names the columns says that it is no format of ours.
  const formats = overrules.columns === undefined ? TEXT_FORMATS : [genericCsv, ticks];
  const { best, reasons } = surest(formats, (format) => format.recognize(sample));
  if (best === undefined) return { kind: 'unknown', reasons };
  const layout = sample.isDecimalCommaDoubtful ? withNote(best.found, DOUBTFUL_COMMA) : best.found;
  return {
    kind: 'text',
    format: best.format,
    layout,
    columns: full.header ?? [],
    instruments: wide?.symbols ?? [],
  };
}

const NAMELESS =
  'open, high, low and close stand there more than once, and nothing says of which instrument each is: say what the columns are, with a name of your own for those to pass over';

/** Tables that were no text are written in one way. */
const TABS = { separator: 'tab', decimal: 'point' } as const;

const DOUBTFUL_COMMA =
  'The comma in the numbers is read as the decimal mark. If it groups thousands, say that the decimal mark is a point.';

function withNote(layout: TableLayout, note: string): TableLayout {
  return { ...layout, hints: { ...layout.hints, notes: [...layout.hints.notes, note] } };
}

function surest<Format extends { readonly name: string }, Found>(
  formats: readonly Format[],
  recognize: (format: Format) => Recognition<Found>,
) {
  let best: { format: Format; found: Found; confidence: number } | undefined;
  const reasons: { format: string; reason: string }[] = [];
  for (const format of formats) {
    const recognition = recognize(format);
    if ('reason' in recognition) reasons.push({ format: format.name, reason: recognition.reason });
    else if (best === undefined || recognition.confidence > best.confidence)
      best = { format, ...recognition };
  }
  return { best, reasons };
}
