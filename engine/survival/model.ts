import { EngineError } from '../contract/errors.ts';
import type { SurvivalModelType } from '../contract/survival.ts';
import {
  type Calibration,
  calibrate,
  calibrationSchema,
  fitCalibration,
  logOdds,
} from '../models/calibration/calibration.ts';
import type { Member } from '../models/model.ts';
import { featureMatrix, featureNames } from './features.ts';
import { type Payoff, payoffOf } from './payoff.ts';
import { type KnownContender, type SurvivalRow, survived } from './rows.ts';
import { learningSplit } from './split.ts';
import { readingType, SURVIVAL_TYPES, type Tuned } from './types.ts';
import { rewardsOf, toProbabilities, type Worth, worthOf } from './worth.ts';

/** Fewer rows of a class are no basis for one. */
const MIN_CLASS_ROWS = 30;

/** What is fitted, and with which hyper-parameters. */
export interface SurvivalFit {
  readonly modelType: SurvivalModelType;
  readonly tuned: Tuned;
  readonly seed: number;
}

export interface SurvivalModel {
  readonly modelType: SurvivalModelType;
  readonly tuned: Tuned;
  readonly features: readonly string[];
  readonly calibration: Calibration;
  /** Share of the rows that it learned from that made money. */
  readonly baseRate: number;
  readonly payoff: Payoff;
  /** Of an agent, which says what a contender is worth and not how likely it makes money. */
  readonly worth?: Worth;
  /** Its newest row was known then, ms UTC. */
  readonly knownUntil: number;
  readonly rows: number;
  readonly member: Member;
}

/**
 * Fits on the older three quarters of rows, and calibrates (Platt's sigmoid) by what it says of the newest quarter. Boosted trees stop
 * growing by nothing else than their number. Equal rows and seeds give equal bits.
 * @throws EngineError `training-failed` where one of the parts has too few rows of a class
 */
export function fitSurvival(rows: readonly SurvivalRow[], fit: SurvivalFit): SurvivalModel {
  const { training, validation } = learningSplit(rows);
  const raw = fitRaw(training, fit);
  const said = raw.predict(validation);
  assertClasses(validation, 'newest');
  const scores = said.map(logOdds);
  const classes = Uint8Array.from(validation, (row) => (survived(row) ? 1 : 0));
  const all = [...training, ...validation];
  return {
    modelType: fit.modelType,
    tuned: fit.tuned,
    features: raw.features,
    calibration: fitCalibration('sigmoid', scores, classes),
    baseRate: all.filter(survived).length / all.length,
    payoff: payoffOf(all),
    ...(raw.worth && { worth: raw.worth }),
    knownUntil: Math.max(...all.map(({ closedAt }) => closedAt)),
    rows: all.length,
    member: raw.member,
  };
}

export interface RawFit {
  readonly features: readonly string[];
  readonly worth?: Worth;
  readonly member: Member;
  /** Probabilities as trained, not calibrated. */
  predict(rows: readonly KnownContender[]): Float64Array;
}

/** Without a calibration. @throws as `fitSurvival` */
export function fitRaw(rows: readonly SurvivalRow[], { modelType, tuned, seed }: SurvivalFit): RawFit {
  assertClasses(rows, 'older');
  const features = featureNames(rows);
  const { type, hyperparameters } = SURVIVAL_TYPES[modelType].fitting(tuned);
  const worth = type.acts === true ? worthOf(rows) : undefined;
  const member = type.fit(
    {
      features: featureMatrix(features, rows),
      labels: Float64Array.from(rows, (row) => (survived(row) ? 1 : 0)),
      train: [{ from: 0, to: rows.length }],
      leftOut: { from: rows.length, to: rows.length },
      // Contenders of one date share their fate: parts that weigh each other share none.
      purge: worth === undefined ? rowsOfADate(rows) : 1,
      seed,
      // What an agent takes changes nothing of what comes: of the later it counts nothing.
      ...(worth === undefined
        ? { task: 'classes' as const }
        : { task: 'returns' as const, trading: rewardsOf(rows, worth) }),
    },
    hyperparameters,
  );
  return {
    features,
    ...(worth && { worth }),
    member,
    predict: (asked) => predictRaw({ member, features, worth }, asked),
  };
}

/** Rows that share a date, in the mean, rounded up. */
export function rowsOfADate(rows: readonly Pick<SurvivalRow, 'decidedAt'>[]): number {
  const dates = new Set(rows.map(({ decidedAt }) => decidedAt)).size;
  return dates === 0 ? 0 : Math.ceil(rows.length / dates);
}

/** The probability of each contender that it makes money in the window that follows. */
export function predictSurvival(model: SurvivalModel, contenders: readonly KnownContender[]): Float64Array {
  const probabilities = predictRaw(model, contenders);
  calibrate(model.calibration, probabilities);
  return probabilities;
}

function predictRaw(
  { member, features, worth }: Pick<RawFit, 'member' | 'features'> & { readonly worth?: Worth | undefined },
  rows: readonly KnownContender[],
): Float64Array {
  const out = new Float64Array(rows.length);
  if (rows.length > 0) member.predict(featureMatrix(features, rows).columns, 0, rows.length, out);
  return worth === undefined ? out : toProbabilities(worth, out);
}

function assertClasses(rows: readonly SurvivalRow[], which: string): void {
  const made = rows.filter(survived).length;
  if (made >= MIN_CLASS_ROWS && rows.length - made >= MIN_CLASS_ROWS) return;
  throw new EngineError(
    'training-failed',
    `Of the ${rows.length} ${which} rows ${made} made money and ${rows.length - made} did not; a model of what survives needs at least ${MIN_CLASS_ROWS} of each. Validate grids on more folds or markets.`,
    { made, rows: rows.length },
  );
}

const VERSION = 1;

interface Header extends Omit<SurvivalModel, 'member'> {
  readonly version: number;
}

/** Length of the header (uint32, little endian), header as JSON, bytes of the member. Equal models give equal bytes. */
export function encodeSurvival({ member, ...rest }: SurvivalModel): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(JSON.stringify({ version: VERSION, ...rest } satisfies Header));
  const body = readingType(rest.modelType).encode(member as never);
  const bytes = new Uint8Array(4 + header.length + body.length);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  bytes.set(body, 4 + header.length);
  return bytes;
}

/** @throws EngineError `artifact-damaged`, `store-newer` */
export function decodeSurvival(bytes: Uint8Array): SurvivalModel {
  let header: Header;
  let body: Uint8Array;
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    calibrationSchema.parse(header.calibration);
    body = bytes.subarray(4 + length);
  } catch (error) {
    throw new EngineError(
      'artifact-damaged',
      "What is stored of a model of what survives is not what was written: it can't be read. Restore a backup, or train it again.",
      {},
      error,
    );
  }
  const { version, ...rest } = header;
  if (version > VERSION) {
    throw new EngineError(
      'store-newer',
      `A model of what survives has version ${version}; this Regimen reads up to ${VERSION}. Update Regimen.`,
    );
  }
  return { ...rest, member: readingType(rest.modelType).decode(body) as Member };
}
