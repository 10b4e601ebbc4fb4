import { z } from 'zod';
import type { Axes, AxisWith } from '../axes.ts';
import { CHAMPION_COLUMN_KEYS, CHAMPION_CONDITIONS } from '../champion-columns.ts';
import { columnsField, conditionsField } from '../conditions.ts';
import { AXIS_LIST } from '../configuration.ts';
import type {
  ChampionDto,
  ChampionRobustnessDto,
  HistoryPageDto,
  LookaheadDto,
  LookDto,
  RegimeChangeDto,
  RegimeDto,
  RegimeHeatmapDto,
  RegimeNoteDto,
  RegimeTestDto,
  RunBundleDto,
  RunDetailDto,
  RunReplayDto,
  TraceDto,
  TradesDto,
  VacancyDto,
} from '../dto/index.ts';
import type { Problem } from '../errors.ts';
import { HISTORY_COLUMNS, HISTORY_CONDITIONS } from '../history-columns.ts';
import { RUN_FIGURE_KEYS } from '../run-figures.ts';
import { tableFormatField } from '../table-format.ts';
import { targetFilter } from '../target-names.ts';
import { findTimeZone } from '../time-zone.ts';
import {
  fileField,
  numeric,
  outputFileField,
  overwriteField,
  runField,
  symbolField,
  timeframeField,
} from './fields.ts';
import { markFilter } from './marks.ts';

const SORTED_AXES = AXIS_LIST.filter(({ sorted }) => sorted).map(({ key }) => key) as AxisWith<{
  sorted: true;
}>[];

/** A filter for each axis that has one, under its name. */
export type AxisFilters = {
  -readonly [K in AxisWith<{ filter: object }> as Axes[K]['filter']['key']]: z.ZodOptional<
    Axes[K]['filter']['value']
  >;
};

const axisFilters = Object.fromEntries(
  AXIS_LIST.flatMap(({ filter }) =>
    filter === undefined ? [] : [[filter.key, filter.value.optional().describe(filter.about)]],
  ),
) as unknown as AxisFilters;

/** Columns that history can be sorted by. */
export const HISTORY_SORTS = [
  'id',
  ...SORTED_AXES,
  'status',
  'kept',
  'sharpe',
  ...RUN_FIGURE_KEYS,
  'rankIc',
  'createdAt',
  'job',
  'verdict',
  'p',
  'outOfSample',
] as const;
export type HistorySort = (typeof HISTORY_SORTS)[number];

/** What stands between cells; a spreadsheet expects what is usual in its country. */
export const CSV_SEPARATORS = [',', ';', 'tab'] as const;
export const CSV_DECIMALS = ['.', ','] as const;

/** A file's times carry the offset of their zone, so that no reader mistakes them. */
const zoneField = z
  .string()
  .max(100)
  .transform((text, ctx): string => {
    try {
      return findTimeZone(text).name;
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  })
  .optional()
  .describe(
    'zone of the dates that are given and of the times in CSV and JSON files: an IANA name, an offset or NY+7 (UTC)',
  );

/** What the history is searched by. */
export const historyFilter = {
  ...axisFilters,
  status: z.enum(['completed', 'failed']).optional().describe('only runs that ended like this'),
  kept: z.boolean().optional().describe('only runs whose model was kept'),
  from: z.iso.date().optional().describe('only runs created on or after this date, of --zone (UTC)'),
  to: z.iso.date().optional().describe('only runs created on or before this date, of --zone (UTC)'),
  zone: zoneField,
  ...markFilter,
  minSharpe: numeric(z.number()).optional().describe('only runs with at least this best Sharpe ratio'),
  text: z
    .string()
    .max(200)
    .optional()
    .describe('only runs whose UUID, model, symbol, encoder, regimes or error contain this'),
  filter: conditionsField(HISTORY_CONDITIONS)
    .optional()
    .describe(
      'only runs of which all this holds, such as "sharpe >= 1, trades > 30, symbol = EURUSD|GBPUSD, synthetic = no"; compared with = != > >= < <= or ~ (contains): ' +
        Object.keys(HISTORY_CONDITIONS).join(', '),
    ),
};

const championTarget = targetFilter
  .optional()
  .describe('only champions that learned this: a target such as direction, barrier or barrier 2:1');

const championQuery = {
  target: championTarget,
  ...markFilter,
  filter: conditionsField(CHAMPION_CONDITIONS)
    .optional()
    .describe(
      'only champions of which all this holds, such as "verdict = strong|suggestive, trades >= 50, synthetic = no"; compared with = != > >= < <= or ~ (contains)',
    ),
  sort: z
    .enum(CHAMPION_COLUMN_KEYS as [string, ...string[]])
    .optional()
    .describe('column to sort by; without it by market and regime'),
  /** Yes, unless it says no; the command line says the other way round. */
  descending: z.boolean().optional(),
};

const historyOrder = {
  sort: z.enum(HISTORY_SORTS).default('id').describe('column to sort by'),
  /** The command line says the other way round. */
  descending: z.boolean().default(true),
  offset: numeric(z.int().min(0)).default(0).describe('leave out this many of the first'),
};

/** Which trades: of a run, a strategy, in a regime. */
export const tradesOf = {
  run: runField.describe('number or UUID of a run whose model is kept'),
  strategy: numeric(z.int().min(0))
    .optional()
    .describe('index of the strategy, from 0; without it the one the run is champion with, else its best'),
  regime: z
    .string()
    .max(100)
    .optional()
    .describe('only what the strategy does alone in this regime; without it in all'),
};

export const resultInputs = {
  'champions.list': z.strictObject(championQuery),
  'champions.vacancies': z.strictObject({}),
  /** All champions as a table, with what the evidence says of each. */
  'champions.export': z.strictObject({
    ...championQuery,
    columns: columnsField(CHAMPION_COLUMN_KEYS)
      .optional()
      .describe(`columns and their order; without it the usual ones: ${CHAMPION_COLUMN_KEYS.join(', ')}`),
    zone: zoneField,
    csv: outputFileField.optional().describe('write the champions to this file, CSV, Parquet or JSON'),
    format: tableFormatField,
    overwrite: overwriteField,
  }),
  /** Tests champions of which nothing is known, and says what is known of each: of one, or of all. */
  'champions.robustness': z.strictObject({ champion: z.string().max(200).optional() }),
  /** Spends the look at a market's holdout, up to the as-of date of a champion or run; of all markets, up to their newest. */
  'champions.open': z.strictObject({
    champion: z.string().max(200).optional().describe('the champion, as SYMBOL/TIMEFRAME/REGIME[/RANK]'),
    run: runField
      .optional()
      .describe('number or UUID of a run, to open the holdout that it was evaluated on'),
    all: z.boolean().default(false).describe('open the holdouts of all markets'),
  }),
  'history.search': z.strictObject({
    ...historyFilter,
    ...historyOrder,
    limit: numeric(z.int().min(1).max(1000)).default(50).describe('at most this many runs'),
  }),
  'history.get': z.strictObject({ run: runField.describe('number or UUID of the run') }),
  /** Without `csv`: to `training_history_YYYYMMDD_HHMMSS.csv` in ~/.regimen/exports. */
  'history.export': z.strictObject({
    ...historyFilter,
    ...historyOrder,
    limit: numeric(z.int().min(1)).optional().describe('at most this many runs; all without it'),
    columns: columnsField(HISTORY_COLUMNS)
      .optional()
      .describe(
        `columns and their order; all that is known of a run without it: ${HISTORY_COLUMNS.join(', ')}`,
      ),
    csv: outputFileField.optional().describe('write the matching runs to this file, CSV, Parquet or JSON'),
    format: tableFormatField,
    overwrite: overwriteField,
    separator: z
      .enum(CSV_SEPARATORS)
      .default(',')
      .describe('between the cells of the CSV file: , or ; or tab'),
    decimal: z.enum(CSV_DECIMALS).default('.').describe('decimal point of the CSV file: . or ,'),
  }),
  /** With a regime, what the strategy does alone in it: flat signals on every other bar. */
  'run.trace': z.strictObject({
    run: runField,
    strategyIndex: z.int().min(0),
    regime: z.string().max(100).optional(),
  }),
  /** Writes a run with everything that it was made of, to be trained again anywhere. */
  'run.export': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    out: outputFileField.optional().describe('file to write (run.zip); without it into the exports folder'),
    overwrite: overwriteField,
  }),
  /** Trains the run of such a file again, from what is in it alone; nothing is stored. */
  'run.replay': z.strictObject({ file: fileField.describe('what run export wrote') }),
  'run.trades': z.strictObject({
    ...tradesOf,
    csv: outputFileField.optional().describe('write the trades to this file, CSV or Parquet'),
    format: tableFormatField,
    overwrite: z.boolean().default(false).describe('replace the file if it exists'),
  }),
  /** Recomputes the strategy with the future cut off, and with less and more history before it. */
  'run.lookahead': z.strictObject(tradesOf),
  /** Without `csv`: to `trades_YYYYMMDD_HHMMSS.csv` in ~/.regimen/exports. */
  'trades.export': z.strictObject({
    ...tradesOf,
    zone: zoneField,
    csv: outputFileField.optional().describe('write the trades to this file, CSV or Parquet'),
    format: tableFormatField,
    overwrite: overwriteField,
  }),
  'regimes.list': z.strictObject({}),
  /** Replaces all regimes; their order is the order in which they are tried. Written to config.yaml. */
  'regimes.save': z.strictObject({ regimes: z.array(z.unknown()).max(100) }),
  /** What is wrong with regimes, or nothing; neither data nor saving is needed. */
  'regimes.check': z.strictObject({ regimes: z.array(z.unknown()).max(100) }),
  /**
   * Which regimes can't get a bar, by their rules, for want of volume or, of a stored series that is named, by its bars; nothing while
   * something is wrong with them.
   */
  'regimes.notes': z.strictObject({
    regimes: z.array(z.unknown()).max(100),
    symbol: symbolField.optional(),
    timeframe: timeframeField.optional(),
  }),
  /** What regimes would change of stored series and champions; nothing is saved. */
  'regimes.preview': z.strictObject({ regimes: z.array(z.unknown()).max(100) }),
  /** Labels stored history with regimes that need not be saved. */
  'regimes.test': z.strictObject({
    symbol: symbolField,
    timeframe: timeframeField,
    regimes: z.array(z.unknown()).max(100),
    chartBars: z.int().min(10).max(20_000).default(2000),
  }),
  'regimes.heatmap': z.strictObject({ symbol: symbolField.optional(), timeframe: timeframeField.optional() }),
} as const;

export interface ResultResults {
  'champions.list': readonly ChampionDto[];
  'champions.vacancies': readonly VacancyDto[];
  'champions.export': { readonly file: string; readonly champions: number };
  'champions.robustness': readonly ChampionRobustnessDto[];
  'champions.open': readonly LookDto[];
  'history.search': HistoryPageDto;
  'history.get': RunDetailDto;
  'history.export': { readonly file: string; readonly runs: number };
  'run.trace': TraceDto;
  'run.lookahead': LookaheadDto;
  'run.export': RunBundleDto;
  'run.replay': RunReplayDto;
  'run.trades': TradesDto;
  'trades.export': { readonly file: string; readonly trades: number };
  'regimes.list': readonly RegimeDto[];
  'regimes.save': readonly RegimeDto[];
  'regimes.check': readonly Problem[];
  'regimes.notes': readonly RegimeNoteDto[];
  'regimes.preview': RegimeChangeDto;
  'regimes.test': RegimeTestDto;
  'regimes.heatmap': RegimeHeatmapDto;
}
