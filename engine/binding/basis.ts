import type { CostModel } from '../backtest/costs.ts';
import type { Config } from '../config/schema.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { PredictionMethod } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import type { StoredView } from '../market/series/views.ts';
import type { ClassSettings } from '../models/class-settings.ts';
import type { CellWindows, TimeRange } from '../pipeline/windows.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';

/** A stretch of time, ISO 8601 UTC. */
interface StoredRange {
  readonly from: string;
  readonly to: string;
}

/** How members are trained. */
export interface StoredTraining {
  readonly members: number;
  readonly seed: number;
  /** Of targets with classes, where it is not `DEFAULT_CLASS_SETTINGS`. */
  readonly calibration?: ClassSettings['calibration'];
  readonly class_weight?: ClassSettings['classWeight'];
}

/** That of the configuration file, or what stands for an agent's policy. */
export type InferenceGrid = Omit<Config['inference_grid'], 'prediction_methods'> & {
  readonly prediction_methods: PredictionMethod[];
};

/**
 * What a run was trained on and under, apart from its configuration; each part a value or a digest. With the
 * configuration's hash it makes the run's keys, and part by part it tells what changed since.
 */
export interface Basis {
  /** What the windows were counted back from, ISO 8601 UTC. */
  readonly as_of: string;
  readonly windows: {
    readonly training: StoredRange;
    /** Of the first prediction. */
    readonly start: string;
    readonly evaluated: readonly (StoredRange & { readonly name: string })[];
  };
  /** On the configuration's timeframe. */
  readonly candles: StoredView;
  /** Of the higher timeframes its indicators use. */
  readonly higher_timeframes: Readonly<Partial<Record<Timeframe, StoredView>>>;
  readonly training: StoredTraining;
  readonly costs: CostModel;
  readonly inference_grid: InferenceGrid;
  /** Digest of the active regimes and their rules. */
  readonly regimes: string;
  /** These rules, so that a run can be followed under its own, whatever they are today. Not in runs before version 11 of the database. */
  readonly regime_rules?: readonly Pick<RegimeDefinition, 'name' | 'rules'>[];
  /** What each regime labels in the evaluated windows; see `labelDigests`. Not in runs before version 11 of the database. */
  readonly regime_labels?: Readonly<Record<string, string>>;
  readonly pipeline_version: number;
  /** What champions are chosen by, where that is neither the Sharpe ratio nor what survives. */
  readonly score?: string;
  /** Version of the model that says what survives, where champions are chosen by it. */
  readonly survival?: string;
}

/** Parts that say in full what another part says in short: they play no part in what differs. */
type Details = 'regime_rules' | 'regime_labels';
export type Part = Exclude<keyof Basis, Details>;

/** `Basis.score` of a setting. */
export function scoreOf({ evaluation: { score } }: Pick<Config, 'evaluation'>): Pick<Basis, 'score'> {
  return score === 'sharpe' || score === 'survival' ? {} : { score };
}

export function storedWindows({ training, evaluation }: CellWindows): Basis['windows'] {
  return {
    training: storedRange(training),
    start: iso(evaluation.start),
    evaluated: evaluation.windows.map(({ name, ...range }) => ({ name, ...storedRange(range) })),
  };
}

/** The windows of a basis, as the pipeline takes them. */
export function windowsOf({ windows }: Pick<Basis, 'windows'>): CellWindows {
  return {
    training: readRange(windows.training),
    evaluation: {
      start: Date.parse(windows.start),
      windows: windows.evaluated.map(({ name, ...range }) => ({ name, ...readRange(range) })),
    },
  };
}

const PART_TEXT = {
  as_of: 'the as-of date',
  windows: 'the holdout or selection window',
  candles: 'its candles',
  higher_timeframes: 'the candles of its higher timeframes',
  training: 'what training has (members, seed, calibration or class_weight)',
  costs: 'the trading costs',
  inference_grid: 'the inference grid',
  regimes: 'the regime rules',
  pipeline_version: "Regimen's pipeline",
  score: 'what champions are chosen by',
  survival: 'what says who survives',
} as const satisfies Record<Part, string>;

/** What other rules say in another way, so that it can't be compared. */
const OWN_TO_PIPELINE: readonly Part[] = ['as_of', 'windows', 'candles', 'higher_timeframes'];
/** What is another one as of another date, whatever else happened. */
const OWN_TO_DATE: readonly Part[] = ['candles', 'higher_timeframes'];

/** What differs between two bases, in words: `its candles and the trading costs changed since`. */
export function describeChange(earlier: Partial<Basis>, today: Basis): string {
  // What data says of costs is, as of another date, said of other bars.
  const isSameDate = earlier.as_of === today.as_of;
  const [before, now] = isSameDate ? [earlier, today] : [withoutHours(earlier), withoutHours(today)];
  const incomparable =
    before.pipeline_version !== now.pipeline_version
      ? OWN_TO_PIPELINE
      : before.as_of !== now.as_of
        ? OWN_TO_DATE
        : [];
  const parts = (Object.keys(PART_TEXT) as Part[])
    .filter((part) => !incomparable.includes(part))
    .filter((part) => digestOf(comparable(before, part)) !== digestOf(comparable(now, part)))
    .filter((part) => part !== 'regimes' || !labelTheSame(before, now));
  return `${describeParts(parts)} changed since`;
}

function withoutHours<B extends Partial<Basis>>(basis: B): B {
  if (basis.costs?.spreadByHour === undefined) return basis;
  const { spreadByHour: _, ...costs } = basis.costs;
  return { ...basis, costs };
}

/** `its candles, the trading costs and the regime rules` */
export function describeParts(parts: readonly Part[]): string {
  const texts = parts.map((part) => PART_TEXT[part]);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function comparable(basis: Partial<Basis>, part: Part): unknown {
  switch (part) {
    case 'windows':
      return basis.windows === undefined || basis.as_of === undefined
        ? null
        : distances(windowsOf({ windows: basis.windows }), Date.parse(basis.as_of));
    case 'candles':
      return basis.candles?.digest ?? null;
    case 'higher_timeframes':
      return viewDigests(basis.higher_timeframes);
    default:
      return basis[part] ?? null;
  }
}

/** Whether other rules come to the same: they label the same bars of the same windows. */
function labelTheSame(before: Partial<Basis>, now: Basis): boolean {
  return (
    before.as_of === now.as_of &&
    before.regime_labels !== undefined &&
    digestOf(before.regime_labels) === digestOf(now.regime_labels ?? null)
  );
}

/** Windows by how long before the as-of date they lie. */
function distances({ training, evaluation }: CellWindows, asOf: number): number[] {
  return [training, ...evaluation.windows].flatMap(({ from, to }) => [asOf - from, asOf - to]);
}

/** Digests of views by timeframe: the same candles are the same wherever they were resampled from. */
export function viewDigests(views: Basis['higher_timeframes'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(views).map(([timeframe, { digest }]) => [timeframe, digest]));
}

function storedRange({ from, to }: TimeRange): StoredRange {
  return { from: iso(from), to: iso(to) };
}

function readRange({ from, to }: StoredRange): TimeRange {
  return { from: Date.parse(from), to: Date.parse(to) };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
