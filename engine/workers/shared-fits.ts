import { type MessagePort, receiveMessageOnPort, threadId } from 'node:worker_threads';
import type { FeatureMatrix } from '../features/matrix.ts';
import { modelType } from '../models/catalog.ts';
import type { Member, TrainingSet } from '../models/model.ts';
import { type FitAll, fitInTurn } from '../pipeline/fit-all.ts';
import { claimHelped, claimOwn, createClaims, type FitClaims, waitFor } from './fit-claims.ts';

/**
 * The members of one large model over idle threads. The thread that trains the model fits them in turn, and says that others may take
 * some; it never waits for one that nobody has begun. A member comes back as its bytes, which give the same member.
 */

/** What a helper needs to know. Columns and labels lie on shared memory. */
export interface SharedFits {
  readonly model: string;
  readonly hyperparameters: unknown;
  readonly features: FeatureMatrix;
  /** Equal for equal features: their bins are kept as long as they come. */
  readonly featuresKey: string;
  readonly labels: Float64Array;
  readonly sets: readonly Omit<TrainingSet, 'features' | 'labels'>[];
  readonly claims: FitClaims;
}

/** A member that a helper fitted. */
export interface HelpedFit {
  readonly member: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Rows x features x trees from which a member is worth a helper: some 0.2 s of fitting, about what it takes to start a thread and
 * to bin the features there once more.
 */
export const LEAST_SHARED_WORK = 5e7;

function isLarge(sets: readonly TrainingSet[], hyperparameters: unknown, least: number): boolean {
  const { n_estimators: trees = 0 } = hyperparameters as { readonly n_estimators?: number };
  const [first] = sets;
  if (first === undefined || sets.length < 2) return false;
  const rows = first.train.reduce((sum, { from, to }) => sum + to - from, 0);
  return rows * first.features.columns.length * trees >= least;
}

interface OnSharedMemory {
  readonly key: string;
  readonly features: FeatureMatrix;
}

const sharedFeatures = new WeakMap<FeatureMatrix, OnSharedMemory>();
let keys = 0;

function shareFeatures(features: FeatureMatrix): OnSharedMemory {
  let shared = sharedFeatures.get(features);
  if (shared === undefined) {
    const { names, rows, firstValid, fitEnd } = features;
    const columns = features.columns.map(copyShared);
    shared = { key: `${threadId}:${keys++}`, features: { names, columns, rows, firstValid, fitEnd } };
    sharedFeatures.set(features, shared);
  }
  return shared;
}

function copyShared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/**
 * Offers members of models of at least `least` (as LEAST_SHARED_WORK) to others with `offer`, and fetches from `port` what they
 * fitted; smaller ones are fitted in turn.
 */
export function fitSharing(port: MessagePort, offer: (fits: SharedFits) => void, least: number): FitAll {
  return (type, sets, hyperparameters) => {
    if (!isLarge(sets, hyperparameters, least)) return fitInTurn(type, sets, hyperparameters);
    const { labels } = sets[0]!;
    const { key, features } = shareFeatures(sets[0]!.features);
    const claims = createClaims(sets.length);
    offer({
      model: type.name,
      hyperparameters,
      features,
      featuresKey: key,
      labels: copyShared(labels),
      sets: sets.map(({ features: _features, labels: _labels, ...set }) => set),
      claims,
    });
    const own = sets.map((set, member) =>
      claimOwn(claims, member) ? type.fit(set, hyperparameters) : undefined,
    );
    const arrived = new Map<number, Uint8Array>();
    return own.map((fitted, member) => {
      if (fitted !== undefined) return fitted;
      const bytes = waitFor(claims, member) ? fetchMember(port, member, arrived) : undefined;
      return bytes === undefined ? type.fit(sets[member]!, hyperparameters) : type.decode(bytes);
    });
  };
}

function fetchMember(
  port: MessagePort,
  wanted: number,
  arrived: Map<number, Uint8Array>,
): Uint8Array | undefined {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    const { member, bytes } = next.message as HelpedFit;
    arrived.set(member, bytes);
  }
  return arrived.get(wanted);
}

/** The features that were helped with last, with the bins that hang on them. */
let known: OnSharedMemory | undefined;

/** Fits a member that nobody has begun; undefined if there is none any more. `helper`: 0, 1, … of those that help at the same time. */
export function fitMember(fits: SharedFits, helper: number): HelpedFit | undefined {
  const member = claimHelped(fits.claims, helper);
  if (member === undefined) return undefined;
  if (known?.key !== fits.featuresKey) known = { key: fits.featuresKey, features: fits.features };
  const type = modelType(fits.model);
  const { features } = known;
  const fitted: Member = type.fit(
    { features, labels: fits.labels, ...fits.sets[member]! },
    fits.hyperparameters,
  );
  // A copy: encoders may hand out a part of a larger buffer.
  return { member, bytes: new Uint8Array(type.encode(fitted)) };
}
