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
import { type KnownContender, resultPerStake, type SurvivalRow, survived } from './rows.ts';
import { learningSplit } from './split.ts';
import { readingType, SURVIVAL_TYPES, type Tuned } from './types.ts';

/** Fewer rows of a class are no basis for one. */
const MIN_CLASS_ROWS = 30;

/** What is fitted, and with which hyper-parameters. */
export interface SurvivalFit {
  readonly modelType: SurvivalModelType;
  readonly tuned: Tuned;
  readonly seed: number;
}

/** Mean result, without sign, of a unit of risk of contenders that made money and of those that did not. */
export interface Payoff {
  readonly win: number;
  readonly loss: number;
}

/** Says of a contender how likely it makes money in the test window that follows. */
export interface SurvivalModel {
  readonly modelType: SurvivalModelType;
  readonly tuned: Tuned;
  readonly features: readonly string[];
  readonly calibration: Calibration;
  /** Share of the rows that it learned from that made money. */
  readonly baseRate: number;
  readonly payoff: Payoff;
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
    knownUntil: Math.max(...all.map(({ closedAt }) => closedAt)),
    rows: all.length,
    member: raw.member,
  };
}

export interface RawFit {
  readonly features: readonly string[];
  readonly member: Member;
  /** Probabilities as trained, not calibrated. */
  predict(rows: readonly KnownContender[]): Float64Array;
}

/** Without a calibration. @throws as `fitSurvival` */
export function fitRaw(rows: readonly SurvivalRow[], { modelType, tuned, seed }: SurvivalFit): RawFit {
  assertClasses(rows, 'older');
  const features = featureNames(rows);
  const { type, hyperparameters } = SURVIVAL_TYPES[modelType].fitting(tuned);
  const member = type.fit(
    {
      features: featureMatrix(features, rows),
      labels: Float64Array.from(rows, (row) => (survived(row) ? 1 : 0)),
      train: [{ from: 0, to: rows.length }],
      leftOut: { from: rows.length, to: rows.length },
      // Contenders of one date share their fate: parts that weigh each other share none.
      purge: rowsOfADate(rows),
      seed,
      task: 'classes',
    },
    hyperparameters,
  );
  return { features, member, predict: (asked) => predictRaw(member, features, asked) };
}

/** Rows that share a date, in the mean, rounded up. */
export function rowsOfADate(rows: readonly Pick<SurvivalRow, 'decidedAt'>[]): number {
  const dates = new Set(rows.map(({ decidedAt }) => decidedAt)).size;
  return dates === 0 ? 0 : Math.ceil(rows.length / dates);
}

/** The probability of each contender that it makes money in the window that follows. */
export function predictSurvival(model: SurvivalModel, contenders: readonly KnownContender[]): Float64Array {
  const probabilities = predictRaw(model.member, model.features, contenders);
  calibrate(model.calibration, probabilities);
  return probabilities;
}

function predictRaw(
  member: Member,
  features: readonly string[],
  rows: readonly KnownContender[],
): Float64Array {
  const out = new Float64Array(rows.length);
  if (rows.length > 0) member.predict(featureMatrix(features, rows).columns, 0, rows.length, out);
  return out;
}

/** From which probability on a contender is worth a stake: p win = (1 - p) loss. */
export function breakEven({ win, loss }: Payoff): number {
  return loss / (win + loss);
}

const MOST_KELLY = 0.25;

/** Half of p / loss - (1 - p) / win, the share that grows the capital fastest, 0 where it is negative (Kelly 1956). */
export function halfKellyOf(probability: number, { win, loss }: Payoff): number {
  return Math.min(MOST_KELLY, Math.max(0, (probability / loss - (1 - probability) / win) / 2));
}

function payoffOf(rows: readonly SurvivalRow[]): Payoff {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    win: mean(rows.filter(survived).map(resultPerStake)),
    loss: -mean(rows.filter((row) => !survived(row)).map(resultPerStake)),
  };
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
