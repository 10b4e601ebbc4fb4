import type { PrunerName } from '../contract/search.ts';
import type { FoldLoss, PruneReference } from '../pipeline/job.ts';
import type { KnownTrial } from './history.ts';
import { meanLoss, pruneReference } from './pruner.ts';
import { type Sampler, trialPrng } from './sampler.ts';
import { isActive, type Parameters, parametersKey, type SearchSpace } from './space.ts';

export interface StudyOptions {
  readonly space: SearchSpace;
  readonly sampler: Sampler;
  readonly pruner: PrunerName;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly trials: number;
  /** Trials without a better one after which no further begins; undefined: never. */
  readonly patience?: number | undefined;
  /** Trials that run at a time: trial n knows those up to n - workers, and takes the others as the worst there is. */
  readonly workers: number;
  /** What the first trials try. */
  readonly first?: readonly Parameters[];
}

export interface PlannedTrial {
  /** From 0. */
  readonly number: number;
  readonly parameters: Parameters;
  readonly reference: PruneReference;
  /** An earlier trial of the same parameters: what came of it is what comes of this one. */
  readonly sameAs: number | null;
}

export interface TrialOutcome {
  readonly state: 'completed' | 'pruned' | 'failed';
  /** In the study's order of folds; as many as it was tried on. */
  readonly folds: readonly FoldLoss[];
}

/** The best whole trial so far. */
export interface BestTrial {
  readonly number: number;
  readonly parameters: Parameters;
  readonly loss: number;
}

/**
 * Trials of one objective, one after the other. The study is a function of its options and of what came of its trials, whatever ended first:
 * a trial is planned once all those are told that it may know.
 */
export interface Study {
  /** The next trial; undefined where there is none, or none yet. */
  next(): PlannedTrial | undefined;
  /** @throws RangeError for a trial that was not planned, or is told already */
  tell(number: number, outcome: TrialOutcome): void;
  /** Whether no further trial will come. */
  readonly isOver: boolean;
  readonly planned: readonly PlannedTrial[];
  best(): BestTrial | undefined;
}

export function createStudy(options: StudyOptions): Study {
  const { space, sampler, seed, workers } = options;
  // Without anything to vary, every trial is the first one.
  const total = space.length === 0 ? Math.min(1, options.trials) : options.trials;
  const planned: PlannedTrial[] = [];
  const outcomes: (KnownTrial | undefined)[] = [];
  const byKey = new Map<string, number>();

  /** What trial n knows of those before it; undefined while one of them is missing. */
  function knownTo(n: number): KnownTrial[] | undefined {
    const seen = Math.max(0, n - workers + 1);
    const trials: KnownTrial[] = [];
    for (let i = 0; i < n; i++) {
      const { parameters } = planned[i]!;
      const outcome =
        i < seen ? outcomes[i] : { parameters, state: 'running' as const, loss: null, folds: [] };
      if (outcome === undefined) return undefined;
      trials.push(outcome);
    }
    return trials;
  }

  function isExhausted(known: readonly KnownTrial[]): boolean {
    const { patience } = options;
    if (patience === undefined) return false;
    const told = known.filter(({ state }) => state !== 'running');
    const best = bestOf(told);
    return told.length - 1 - (best?.number ?? -1) >= patience;
  }

  let ended = false;
  function next(): PlannedTrial | undefined {
    const number = planned.length;
    if (ended || number >= total) return undefined;
    const known = knownTo(number);
    if (known === undefined) return undefined;
    if (isExhausted(known)) {
      ended = true;
      return undefined;
    }
    const parameters = options.first?.[number] ?? sampler(space, known, trialPrng(seed, number));
    const key = parametersKey(space, parameters);
    const sameAs = byKey.get(key) ?? null;
    if (sameAs === null) byKey.set(key, number);
    const trial = { number, parameters, reference: pruneReference(options.pruner, known), sameAs };
    planned.push(trial);
    return trial;
  }

  return {
    next,
    planned,
    tell(number, { state, folds }) {
      const trial = planned[number];
      if (trial === undefined) throw new RangeError(`trial ${number} is told, but was not planned`);
      if (outcomes[number] !== undefined) throw new RangeError(`trial ${number} is told twice`);
      const loss = folds.length === 0 ? null : meanLoss(folds);
      outcomes[number] = { parameters: trial.parameters, state, loss, folds };
    },
    get isOver() {
      if (ended || planned.length >= total) return true;
      const known = knownTo(planned.length);
      return known !== undefined && isExhausted(known);
    },
    best: () => bestOf(outcomes.map((outcome) => outcome ?? UNKNOWN)),
  };
}

const UNKNOWN: KnownTrial = { parameters: {}, state: 'running', loss: null, folds: [] };

/** Of equal ones the first. */
function bestOf(trials: readonly KnownTrial[]): BestTrial | undefined {
  let best: BestTrial | undefined;
  trials.forEach(({ state, loss, parameters }, number) => {
    if (state !== 'completed' || loss === null) return;
    if (best === undefined || loss < best.loss) best = { number, parameters, loss };
  });
  return best;
}

/** Only the parameters that exist beside the others. */
export function activeParameters(space: SearchSpace, values: Parameters): Parameters {
  return Object.fromEntries(
    space.flatMap((parameter) => {
      const value = values[parameter.name];
      return value !== undefined && isActive(parameter, values) ? [[parameter.name, value]] : [];
    }),
  );
}
