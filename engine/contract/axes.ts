import { z } from 'zod';
import { symbolField, timeframeField } from './api/fields.ts';
import { counted } from './counted.ts';
import { hyperparametersSchema } from './hyperparameters.ts';
import { modelTitle, readModelType, writtenModelType } from './model-type-names.ts';
import { plainName } from './plain-name.ts';
import { targetFilter, targetSchema, writtenTarget } from './target-names.ts';
import { TIMEFRAMES, type Timeframe } from './timeframe.ts';
import { oneOf, wholeNumber, writtenSymbol, writtenTimeframe } from './values.ts';
import { ENCODERS, INDICATORS, type IndicatorName } from './words.ts';

export type IndicatorTimeframes = Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>>;

/**
 * One axis of what can be trained. Everything that is said, stored or asked about it follows from this entry; its key in
 * `AXES` is its name in code and in JSON.
 */
export interface Axis<Value = unknown> {
  /** In files and in the database. */
  readonly name: string;
  /** What a person reads beside its value. */
  readonly title: string;
  /** What it means, in a sentence or two, for who asks. */
  readonly about?: string;
  /** One value, as it is stored. */
  readonly schema: z.ZodType<Value>;
  /**
   * What an axis that came after the first release has in everything older. A configuration with this value is written,
   * and hashed, as if there were no such axis: so all that was trained before keeps its hash and its bytes.
   */
  readonly initial?: Value;
  /**
   * Type of the column of this name in the table of runs, for what the history searches, sorts or lists by; it takes a
   * migration. An axis without a column is found in the configuration that a run names by its hash.
   */
  readonly column?: 'text' | 'integer' | 'json';
  /** The history can be sorted by its column; it takes an index `runs_by_<name>`. */
  readonly sorted?: true;
  /** The history can be filtered by it, under this name: by its column, else by the configuration, whose texts are then also found by their first word. */
  readonly filter?: { readonly key: string; readonly value: z.ZodType<Value>; readonly about: string };
  /** How a grid file lists its values. Axes without it are given in a form of their own. */
  readonly grid?: {
    readonly key: string;
    /** One value, as people write it. */
    readonly value: z.ZodType<Value>;
    /** What the file may leave out. */
    readonly initial?: readonly Value[];
    /** What one of them is called in a sum: `2 horizons`. */
    readonly noun: string;
    /** Grid order: an axis with a smaller number changes less often. Cells that share a feature matrix are neighbors. */
    readonly order: number;
  };
  /** Its field in a form that builds grids; one without is a plain list of values under the axis's title. */
  readonly form?: {
    readonly title: string;
    readonly part: FormPart;
    /**
     * `choices`: the values of its schema, or, where it has no list of them, usual ones to tick; `numbers`: usual ones to tick, and a field for others. Without it the
     * window has a control of its own for the axis, or a plain list.
     */
    readonly control?: 'choices' | 'numbers';
    /** What is offered where the schema has no list. */
    readonly usual?: readonly Value[];
    /** Chosen in a new grid. */
    readonly first?: readonly Value[];
    /** Beside the title: the unit, or what to know. */
    readonly hint?: string;
  };
  /** Its column in tables; none for what is longer than a word. */
  readonly head?: {
    /** On the command line. */
    readonly text: string;
    /** In the window, where the title is too long. */
    readonly short?: string;
    readonly isNumber?: true;
    /** Shown where it is chosen, or where it tells rows apart. */
    readonly isOptional?: true;
  };
  /** Its part of a configuration's name; none where that would be too long. The market and its model come first. */
  readonly words?: { readonly of: (value: never) => string; readonly isSubject?: true };
}

/** The parts of a form that builds grids. */
export type FormPart = 'models' | 'market' | 'features';

export type AxisTable = Readonly<Record<string, Axis>>;

/** All axes, in the order in which they are shown. */
export const AXES = {
  modelType: {
    name: 'model_type',
    title: 'Model type',
    schema: z.string(),
    column: 'text',
    sorted: true,
    filter: {
      key: 'model',
      value: z.string().max(100).transform(readModelType),
      about: 'only runs of this model type',
    },
    // Names of the model catalog; checked there, so that this page need not know them. It changes fastest, together with
    // its hyper-parameters.
    grid: { key: 'model_types', value: writtenModelType, noun: 'model', order: 100 },
    form: { title: 'Model types', part: 'models' },
    head: { text: 'Model' },
    words: { of: modelTitle, isSubject: true },
  },
  symbol: {
    name: 'symbol',
    title: 'Symbol',
    schema: z.string(),
    column: 'text',
    sorted: true,
    filter: { key: 'symbol', value: symbolField, about: 'only runs of this symbol' },
    grid: { key: 'symbols', value: writtenSymbol, noun: 'symbol', order: 10 },
    form: { title: 'Symbols', part: 'market' },
    head: { text: 'Symbol' },
    words: { of: (symbol: string) => symbol, isSubject: true },
  },
  timeframe: {
    name: 'timeframe',
    title: 'Timeframe',
    schema: z.enum(TIMEFRAMES),
    column: 'text',
    sorted: true,
    filter: { key: 'timeframe', value: timeframeField, about: 'only runs on this timeframe' },
    grid: { key: 'timeframes', value: writtenTimeframe, noun: 'timeframe', order: 20 },
    form: { title: 'Timeframes', part: 'market', hint: 'Longer ones are made from what is stored' },
    head: { text: 'TF' },
    words: { of: (timeframe: string) => timeframe, isSubject: true },
  },
  /** Calendar days of the training window. */
  daysHistory: {
    name: 'days_history',
    title: 'Days of history',
    about: 'Calendar days of the training window. It ends where the selection window begins.',
    schema: z.number(),
    column: 'integer',
    sorted: true,
    grid: { key: 'days_history', value: wholeNumber(5, 3650, 'days'), noun: 'day', order: 40 },
    form: {
      title: 'Days of history',
      part: 'market',
      control: 'numbers',
      usual: [30, 60, 90, 180],
      first: [90],
      hint: 'calendar days',
    },
    head: { text: 'Days', short: 'Days', isNumber: true },
    words: { of: (days: number) => `${days} days` },
  },
  /** Bars that a prediction looks ahead. */
  horizon: {
    name: 'horizon',
    title: 'Horizon, bars',
    about: 'How many bars ahead a model predicts. Its trades are held that long.',
    schema: z.int().positive(),
    column: 'integer',
    sorted: true,
    grid: { key: 'horizons', value: wholeNumber(1, 500, 'bars'), noun: 'horizon', order: 50 },
    form: {
      title: 'Horizons',
      part: 'market',
      control: 'numbers',
      usual: [1, 3, 6, 12],
      first: [3, 6],
      hint: 'bars ahead',
    },
    head: { text: 'Bars ahead', short: 'Horizon', isNumber: true },
    words: { of: (bars: number) => `${counted(bars, 'bar')} ahead` },
  },
  /** Targets without recursive strategies have contexts of their own: it changes before days and horizon. */
  target: {
    name: 'target',
    title: 'Target',
    about:
      'What a model learns. Return: the log return over the horizon. Direction: whether that is above 0. Barrier: whether a trade reaches its take-profit before its stop within the horizon; outcome: what that trade comes to. Both have a LONG and a SHORT model; "outcome 2:1" takes profit at 2 and stops at 1 average true range (14 bars).',
    schema: targetSchema,
    initial: 'return',
    filter: {
      key: 'target',
      value: targetFilter,
      about:
        'only runs that learned this: return, direction, barrier, outcome, or one of them with its multiples, as in barrier 2:1',
    },
    grid: { key: 'targets', value: writtenTarget, initial: ['return'], noun: 'target', order: 35 },
    form: {
      title: 'Targets',
      part: 'market',
      control: 'choices',
      usual: ['return', 'direction', 'barrier 2:1', 'outcome 2:1'],
      hint: 'what a model learns',
    },
    head: { text: 'Target', isOptional: true },
    words: { of: (target: string) => target },
  },
  encoder: {
    name: 'encoder',
    title: 'Encoder',
    about:
      'How indicators become features. Absolute: levels in price units. Normalized: scale-free ratios and rolling z-scores. Time delta: changes over 1 to 21 bars, plus hour and weekday.',
    schema: z.enum(ENCODERS),
    column: 'text',
    grid: {
      key: 'encoders',
      value: oneOf('encoder', ENCODERS),
      initial: ['normalized'],
      noun: 'encoder',
      order: 30,
    },
    form: { title: 'Encoders', part: 'features', control: 'choices' },
    head: { text: 'Encoder', isOptional: true },
    words: { of: plainName },
  },
  indicatorTimeframes: {
    name: 'indicator_timeframes',
    title: 'Indicators',
    schema: z.partialRecord(
      z.enum(INDICATORS),
      z.array(z.enum(TIMEFRAMES)),
    ) as z.ZodType<IndicatorTimeframes>,
    column: 'json',
    form: { title: 'Indicators', part: 'features' },
  },
  /** Complete: defaults are filled in. Of a target with two models what both have, or `{long, short}` where they differ. */
  hyperparameters: {
    name: 'hyperparameters',
    title: 'Hyper-parameters',
    schema: hyperparametersSchema,
    column: 'json',
  },
} as const satisfies AxisTable;

export type Axes = typeof AXES;
export type AxisKey = keyof Axes;

/** Keys of the axes whose entry has these properties. */
export type AxisWith<Properties> = {
  [K in AxisKey]: Axes[K] extends Properties ? K : never;
}[AxisKey];
