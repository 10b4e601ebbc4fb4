import { z } from 'zod';
import { type CandlesAnswer, candlesInput } from '../candles-request.ts';
import { DATE_ORDERS } from '../date-order.ts';
import type {
  ArrivalDto,
  FilesImportDto,
  FilesPlanDto,
  ImportDto,
  InspectionDto,
  SeriesChangeDto,
  SeriesDto,
  UndoDto,
  WatchedFolderDto,
} from '../dto/index.ts';
import { SPREAD_UNITS } from '../spread-unit.ts';
import { DECIMAL_MARKS, SEPARATOR_NAMES, STAMP_MEANINGS } from '../table-words.ts';
import { TIMEFRAMES } from '../timeframe.ts';
import { oneOf } from '../values.ts';
import { WEEKEND_RULES } from '../weekend-days.ts';
import { fileField, numeric, symbolField, timeframeField, writtenSymbolField } from './fields.ts';

/** Checked against the zones there are; longer names are none. */
const zoneField = z.string().max(100);

const dateOrderField = oneOf('date order', DATE_ORDERS)
  .optional()
  .describe('dmy, mdy or ymd: how 02/01/2024 is meant, where the whole file does not tell');

const spreadUnitField = oneOf('spread unit', SPREAD_UNITS)
  .optional()
  .describe(`what spreads are written in, where it is not recognized: ${SPREAD_UNITS.join(', ')}`);

/** A number with or without its unit. */
const amountField = z.union([z.number(), z.string().max(40)]).transform(String);

/** Names in a list, or in a text with commas as the command line gives it. */
const namesField = z
  .union([
    z.array(z.string().max(100)),
    z
      .string()
      .max(2000)
      .transform((text) => text.split(',').map((name) => name.trim())),
  ])
  .refine(
    (names) => names.length >= 5,
    'expected a stamp, open, high, low and close at least, such as time,open,high,low,close,volume',
  );

/** How a file is read, where it is not as it looks. */
const readingFields = {
  dateOrder: dateOrderField,
  stamp: oneOf('stamp', STAMP_MEANINGS)
    .optional()
    .describe('whether stamps tell when a bar opened or when it closed: open, close'),
  separator: oneOf('separator', SEPARATOR_NAMES)
    .optional()
    .describe(`what stands between cells: ${SEPARATOR_NAMES.join(', ')}`),
  decimal: oneOf('decimal mark', DECIMAL_MARKS)
    .optional()
    .describe('what stands before decimals: point, comma'),
  columns: namesField.optional().describe('what the columns are, in order: time,open,high,low,close,volume'),
  spreadUnit: spreadUnitField,
  weekend: oneOf('rule for weekends', WEEKEND_RULES)
    .optional()
    .describe('daily bars of the few hours of a Saturday or Sunday: keep them, merge or drop'),
};

/** How what is read is stored. */
const storingFields = {
  timezone: zoneField
    .optional()
    .describe('zone of the file, IANA name or offset such as +02:00, where it states none'),
  replace: z.boolean().default(false).describe('drop what is stored of the series instead of joining it'),
  priceScale: numeric(z.number().positive())
    .optional()
    .describe('divide prices by this, where it is not recognized'),
  spread: amountField
    .optional()
    .describe(
      'what the market costs where its data has no spreads: 12 price, 0.02 % or 3 pips; kept in the configuration',
    ),
  commission: amountField
    .optional()
    .describe('share of the traded value that a side costs, such as 0.05 %; kept in the configuration'),
};

/** Paths of files and folders on the host's machine, one or several; see `fileField`. */
const filesField = z
  .array(z.string().min(1).max(4096))
  .min(1, 'expected a file or a folder')
  .max(5000)
  .meta({ file: 'read' })
  .describe('market data files, or folders of them');

/** As `fileField`: a page may name a folder only if its user chose it. */
const folderField = z.string().min(1).max(4096).meta({ file: 'read' });

export const marketInputs = {
  'market.importFiles': z.strictObject({
    files: filesField,
    symbol: writtenSymbolField
      .optional()
      .describe('symbol to store the bars under, such as EURUSD; else what name and content say'),
    timeframe: timeframeField
      .optional()
      .describe(`bar length: ${TIMEFRAMES.join(', ')}; else what name and content say`),
    ...storingFields,
    ...readingFields,
  }),
  'market.inspectFiles': z.strictObject({
    files: filesField,
    timezone: zoneField.optional().describe('zone of the files, where they state none'),
    symbol: writtenSymbolField.optional().describe('what to take them for, where they do not say themselves'),
    ...readingFields,
  }),
  'market.import': z.strictObject({
    file: fileField.describe('market data in any recognized format'),
    symbol: writtenSymbolField.describe('symbol to store the bars under, such as EURUSD'),
    timeframe: timeframeField.describe(`bar length: ${TIMEFRAMES.join(', ')}`),
    ...storingFields,
    ...readingFields,
  }),
  'market.inspect': z.strictObject({
    file: fileField.describe('market data to look at; nothing is stored'),
    timezone: zoneField.optional().describe('zone of the file, where it states none'),
    symbol: writtenSymbolField.optional().describe('what to take it for, where it does not say itself'),
    ...readingFields,
  }),
  'market.watch': z.strictObject({
    folder: folderField.describe('the folder that a terminal exports its candles to'),
    timezone: zoneField
      .optional()
      .describe('zone of its files where they do not say it, IANA name or offset such as +02:00'),
    ...readingFields,
  }),
  'market.unwatch': z.strictObject({
    folder: z.string().min(1).max(4096).describe('a folder that is watched'),
  }),
  'market.watched': z.strictObject({}),
  'market.append': z.strictObject(candlesInput),
  'market.arrivals': z.strictObject({
    symbol: symbolField.optional().describe('one symbol alone'),
    timeframe: timeframeField.optional().describe('one timeframe alone'),
  }),
  'market.list': z.strictObject({}),
  'market.demo': z.strictObject({}),
  'market.undo': z.strictObject({
    symbol: symbolField.optional().describe('symbol of the series; else that of the newest change'),
    timeframe: timeframeField.optional().describe('its timeframe, where a symbol has several'),
  }),
  'market.changes': z.strictObject({}),
  'market.remove': z.strictObject({
    symbol: symbolField.describe('symbol of the series, such as EURUSD'),
    timeframe: timeframeField.describe(`its timeframe: ${TIMEFRAMES.join(', ')}`),
  }),
} as const;

export interface MarketResults {
  'market.import': ImportDto;
  /** A file that can't be imported is told with its reason; the others go on. */
  'market.importFiles': FilesImportDto;
  'market.inspectFiles': FilesPlanDto;
  'market.inspect': InspectionDto;
  /** From now on what is written into the folder is joined with what is stored, as its bars close. */
  'market.watch': WatchedFolderDto;
  /** What was read of its files stays. */
  'market.unwatch': { readonly removed: boolean };
  'market.watched': readonly WatchedFolderDto[];
  /** Bars that a program sends as they close are joined with what is stored; sent once more, they change nothing. */
  'market.append': CandlesAnswer;
  /** Bars that were corrected or came late, the newest first. */
  'market.arrivals': readonly ArrivalDto[];
  'market.list': readonly SeriesDto[];
  /** The newest import, replacement or removal is as if it had never been. */
  'market.undo': UndoDto;
  /** What can be undone, the newest first. */
  'market.changes': readonly SeriesChangeDto[];
  'market.demo': readonly SeriesDto[];
  /** Runs and champions trained on the series stay. */
  'market.remove': { readonly removed: boolean };
}
