import type { StrategyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { ValidationScheme } from '../contract/validation.ts';
import { createPrng } from '../random/prng.ts';
import type { Store } from '../store/database.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import { foldsOf, knownFolds, type ValidationRow, validationsOf } from '../store/validations.ts';
import { adjustedPs, type StitchedDays } from './adjusted-p.ts';
import { curveSums } from './curve-sums.ts';
import { lowestPlausible } from './lowest-plausible.ts';
import { subjectHash, type ValidationSpec } from './spec.ts';
import type { StitchedCurve } from './stitched.ts';
import { type ReadFold, readValidation } from './to-dto.ts';
import { decisive } from './verdict.ts';
import type { Tested } from './verdict-evidence.ts';

/** A validation that gives a verdict, with what else its curve came to. */
export type TestedCurve = Tested &
  Pick<
    StitchedCurve['figures'],
    | 'maxDrawdown'
    | 'winRate'
    | 'composite'
    | 'scoreResult'
    | 'scoreStake'
    | 'scoreProfit'
    | 'scoreWins'
    | 'scoreRunUp'
  >;

/** Test windows with what came of them, by time, and the curve that they make. */
export interface TestedWindows {
  readonly counted: readonly Pick<ReadFold, 'test' | 'result'>[];
  readonly stitched: StitchedCurve;
}

/** What evidence a model's validations are: the one that gives its verdict. */
export interface Verdicts {
  /** Null: not validated, or without a counted fold. */
  ofModel(model: JudgedModel): TestedCurve | null;
  /** Net day sums of its counted test windows, over so many calendar days; null as above. */
  daysOf(model: JudgedModel): PromisedDays | null;
  /** Number of the validation that gives it; null as above. */
  decisive(model: JudgedModel): number | null;
  /** By this validation alone, held against the latest of everything else in its market. Null as above, and while folds are missing. */
  ofValidation(row: ValidationRow): TestedCurve | null;
  /**
   * By test windows that are no validation's, held against the latest of everything in their market, and `others` beside it.
   * Null without one.
   */
  ofWindows(
    market: Pick<JudgedModel, 'symbol' | 'timeframe'>,
    tested: TestedWindows,
    others: readonly StitchedDays[],
  ): TestedCurve | null;
  /**
   * Net log return under which one of 100 stretches ends that last as many calendar days as a stretch of time, ms UTC, and are drawn
   * from the days of the validation that gives the model's verdict. Null where there is none.
   */
  lowest(model: JudgedModel, stretch: { readonly from: number; readonly to: number }): number | null;
}

/** A model with its strategy, by which validations of it are known. */
export interface JudgedModel {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly configHash: string;
  readonly strategy: StrategyDto;
  /** The regime that it trades alone in; null: all. */
  readonly regime: string | null;
}

/** What the validation that gives a model's verdict came to, day by day. */
export interface PromisedDays {
  readonly validation: number;
  /** Net log returns of its market days. */
  readonly daySums: Float64Array;
  readonly calendarDays: number;
}

/** Models and procedures are families of their own: a procedure is no further try at a model. */
const KINDS = ['model', 'procedure'] as const;
type Kind = (typeof KINDS)[number];

/** A validation with all of its folds, as far as verdicts need it. */
interface Curve extends StitchedDays {
  readonly id: number;
  /** Equal for validations of the same model and strategy, whatever the scheme. */
  readonly subject: string;
  readonly kind: Kind;
  /** Of the gate of the registry. */
  readonly isGate: boolean;
  readonly scheme: ValidationScheme;
  readonly folds: number;
  /** Counted. */
  readonly bars: number;
  /** Calendar days of its counted test windows. */
  readonly calendarDays: number;
  readonly figures: Omit<TestedCurve, 'scheme' | 'folds' | 'p' | 'among'>;
}

const DAY_MS = 86_400_000;
/** The same curve has the same floor. */
const FLOOR_SEED = 20_010_101;

/** Reads what was validated, each market once and when it is asked for. */
export function readVerdicts(store: Store): Verdicts {
  const all = orNothing(() => validationsOf(store)) ?? [];
  const markets = new Map<string, Market>();
  const marketOf = (symbol: string, timeframe: string, kind: Kind): Market => {
    const name = `${symbol} ${timeframe} ${kind}`;
    const known = markets.get(name);
    if (known !== undefined) return known;
    const rows = all.filter((row) => row.symbol === symbol && row.timeframe === timeframe);
    const market = new Market(
      symbol,
      rows
        .flatMap((row) => orNothing(() => curveOf(store, row)) ?? [])
        .filter((curve) => curve.kind === kind),
    );
    markets.set(name, market);
    return market;
  };
  const curveOfModel = (model: JudgedModel) => {
    const subject = subjectOf(model);
    return decisive(
      marketOf(model.symbol, model.timeframe, 'model').latest.filter((curve) => curve.subject === subject),
    );
  };
  return {
    ofModel(model) {
      const own = curveOfModel(model);
      return own === undefined ? null : marketOf(model.symbol, model.timeframe, 'model').tested(own);
    },
    daysOf(model) {
      const own = curveOfModel(model);
      if (own === undefined) return null;
      return { validation: own.id, daySums: own.daySums, calendarDays: own.calendarDays };
    },
    decisive: (model) => curveOfModel(model)?.id ?? null,
    lowest(model, { from, to }) {
      const own = curveOfModel(model);
      if (own === undefined) return null;
      const marketDays = Math.round((((to - from) / DAY_MS) * own.days.length) / own.calendarDays);
      return lowestPlausible(own.daySums, marketDays, createPrng(FLOOR_SEED));
    },
    ofValidation(row) {
      for (const kind of KINDS) {
        const market = marketOf(row.symbol, row.timeframe, kind);
        const own = market.curves.find(({ id }) => id === row.id);
        if (own !== undefined) return own.bars === 0 ? null : market.tested(own);
      }
      return null;
    },
    ofWindows({ symbol, timeframe }, { counted, stitched }, others) {
      if (counted.length === 0) return null;
      const own = curveOfWindows(counted, stitched);
      const all = [own, ...marketOf(symbol, timeframe, 'model').latest, ...others];
      const [p] = adjustedPs(symbol, all);
      return testedOf({ scheme: 'own', ...own }, p!, all.length);
    },
  };
}

/** Of models, or of procedures. */
class Market {
  readonly #symbol: string;
  readonly curves: readonly Curve[];
  /** Of each subject and scheme the one that was asked for last. */
  readonly latest: readonly Curve[];
  #ps: Float64Array | undefined;

  constructor(symbol: string, curves: readonly Curve[]) {
    this.#symbol = symbol;
    this.curves = curves;
    const last = new Map(curves.map((curve) => [placeOf(curve), curve]));
    const counted = [...last.values()].filter(({ bars }) => bars > 0);
    // A gate's few folds are no further try where the same model was tested on as much otherwise.
    const isRepeated = (gate: Curve) =>
      counted.some(({ isGate, subject, bars }) => !isGate && subject === gate.subject && bars >= gate.bars);
    this.latest = counted.filter((curve) => !curve.isGate || !isRepeated(curve));
  }

  tested(own: Curve): TestedCurve {
    const at = this.latest.indexOf(own);
    if (at >= 0) {
      this.#ps ??= adjustedPs(this.#symbol, this.latest);
      return testedOf(own, this.#ps[at]!, this.latest.length);
    }
    const others = this.latest.filter((curve) => placeOf(curve) !== placeOf(own));
    const [p] = adjustedPs(this.#symbol, [own, ...others]);
    return testedOf(own, p!, 1 + others.length);
  }
}

const placeOf = ({ isGate, scheme, subject }: Curve) => `${isGate ? 'gate' : scheme} ${subject}`;

function testedOf(
  { scheme, folds, figures }: Pick<Curve, 'scheme' | 'folds' | 'figures'>,
  p: number,
  among: number,
): TestedCurve {
  return { scheme, folds, ...figures, p, among };
}

/** Equal for validations of the same model and strategy, whatever the scheme. */
export function subjectOf({
  configHash: hash,
  strategy,
  regime,
}: Omit<JudgedModel, 'symbol' | 'timeframe'>): string {
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return JSON.stringify([
    hash,
    predictionMethod,
    ensembleMethod,
    confidenceThreshold,
    lookbackWindow,
    regime,
  ]);
}

export function subjectOfSpec(spec: ValidationSpec): string {
  const { strategy, regime } = spec;
  const hash = subjectHash(spec);
  return strategy === null
    ? JSON.stringify(['procedure', hash])
    : subjectOf({ configHash: hash, strategy, regime });
}

interface Known {
  readonly signature: string;
  readonly curve: Curve;
}

/** Curves by validation: to stitch hundreds of folds takes a while, and they change only with folds and what was chosen on. */
const computed = new WeakMap<Store, Map<number, Known>>();

/**
 * What is damaged is no evidence, and no reason to show nothing of all the rest: reading the validation itself, and `verify`, say what
 * has become of it.
 */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'artifact-damaged') return undefined;
    throw error;
  }
}

/** Undefined while folds are missing. */
function curveOf(store: Store, row: ValidationRow): Curve | undefined {
  const rows = foldsOf(store, row.id);
  const present = knownFolds(
    store,
    rows.map(({ key }) => key),
  );
  if (rows.some(({ key, error }) => !present.has(key) && error === null)) return undefined;
  const scored = scoredWindows(store, row.symbol, row.timeframe);
  const signature = JSON.stringify([
    rows.filter(({ key }) => present.has(key)).map(({ key }) => key),
    scored,
  ]);
  let known = computed.get(store);
  if (known === undefined) {
    known = new Map();
    computed.set(store, known);
  }
  const before = known.get(row.id);
  if (before?.signature === signature) return before.curve;
  const curve = stitchedCurve(store, row);
  known.set(row.id, { signature, curve });
  return curve;
}

function stitchedCurve(store: Store, row: ValidationRow): Curve {
  const { spec, counted, stitched } = readValidation(store, row);
  return {
    id: row.id,
    kind: spec.procedure === undefined ? 'model' : 'procedure',
    isGate: spec.gate === true,
    subject: subjectOfSpec(spec),
    scheme: row.scheme,
    calendarDays: counted.reduce((sum, { test }) => sum + (test.to - test.from) / DAY_MS, 0),
    ...curveOfWindows(counted, stitched),
  };
}

function curveOfWindows(
  counted: TestedWindows['counted'],
  { figures, t, days, daySums, bars }: StitchedCurve,
): Pick<Curve, 'folds' | 'bars' | 'days' | 'daySums' | 'denominator' | 'figures'> {
  const { denominator, positiveAtDoubledCosts } = curveSums(counted.map(({ result }) => result!));
  return {
    folds: counted.length,
    bars,
    days,
    daySums,
    denominator,
    figures: {
      trades: figures.trades ?? 0,
      sharpe: figures.sharpe,
      sharpeError: figures.sharpeError,
      maxDrawdown: figures.maxDrawdown,
      winRate: figures.winRate,
      composite: figures.composite,
      scoreResult: figures.scoreResult,
      scoreStake: figures.scoreStake,
      scoreProfit: figures.scoreProfit,
      scoreWins: figures.scoreWins,
      scoreRunUp: figures.scoreRunUp,
      t,
      positiveAtDoubledCosts,
    },
  };
}
