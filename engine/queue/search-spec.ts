import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { SearchSpaceDto } from '../contract/dto/search.ts';
import {
  hyperparametersOf,
  joinedSides,
  type ModelSide,
  withParameters,
} from '../contract/hyperparameters.ts';
import type { SearchSpec } from '../contract/search.ts';
import { storedJson } from '../contract/stored-json.ts';
import { randomSampler, type Sampler, tpeSampler } from '../search/sampler.ts';
import type { Parameter, Parameters, SearchSpace } from '../search/space.ts';
import { readableMultiples, structured } from '../search/structure.ts';
import type { StudyOptions } from '../search/study.ts';
import type { QueueRow } from '../store/queues.ts';

/** How the trials of all studies of a search are made. */
export interface SearchRules
  extends Pick<
    SearchSpec,
    'trials' | 'sampler' | 'multivariate' | 'objective' | 'folds' | 'pruner' | 'seed' | 'patience'
  > {
  /** Trials of a study that run at a time. */
  readonly workers: number;
}

/** A study as it was planned: what a later version would search by default changes nothing of it. */
export interface StudySpec {
  /** What its trials vary, with what they leave alone. */
  readonly configuration: Configuration;
  readonly space: SearchSpace;
  /** Of a target with two models the one that it is about: LONG and, right after it, SHORT are a place together. Absent: all that it trains. */
  readonly side?: ModelSide | undefined;
  readonly first: readonly Parameters[];
}

/** What a job's specification has. */
export interface StoredSearch {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly rules: SearchRules;
  readonly studies: readonly StudySpec[];
}

/** @throws EngineError `artifact-damaged` */
export function storedSearch(queue: Pick<QueueRow, 'id' | 'spec'>): StoredSearch {
  return storedJson<StoredSearch>(queue.spec, `the search of job ${queue.id}`);
}

/** Trials of a study at most: without anything to vary, one is all there is. */
export function trialsOfStudy({ space }: StudySpec, { trials }: SearchRules): number {
  return space.length === 0 ? 1 : trials;
}

/** What trials of a study train, in words. */
export function studyName({ configuration, side }: StudySpec): string {
  const description = describeConfiguration(configuration);
  return side === undefined ? description : `${description}, ${side.toUpperCase()}`;
}

/** Studies whose best trials are one cell: a LONG and a SHORT one, or one by itself. */
export function placesOf({ studies }: Pick<StoredSearch, 'studies'>): number[][] {
  const places: number[][] = [];
  studies.forEach(({ side }, number) => {
    if (side === 'short') places.at(-1)!.push(number);
    else places.push([number]);
  });
  return places;
}

/** Which of a target's two models a cell of a search is a trial of; undefined of a trial of both, and of the best of a place. */
export function sideOfCell({ studies, rules }: StoredSearch, index: number): ModelSide | undefined {
  let end = 0;
  return studies.find((study) => {
    end += trialsOfStudy(study, rules);
    return index < end;
  })?.side;
}

/** Cells of a job: trials by study and number, then the best of each place. */
export interface CellPlaces {
  readonly total: number;
  trial(study: number, number: number): number;
  /** Of the place that the study belongs to. */
  best(study: number): number;
}

export function cellPlaces({ studies, rules }: Pick<StoredSearch, 'studies' | 'rules'>): CellPlaces {
  const starts: number[] = [];
  let trials = 0;
  for (const study of studies) {
    starts.push(trials);
    trials += trialsOfStudy(study, rules);
  }
  const places = placesOf({ studies });
  const placeOf = new Map(places.flatMap((of, place) => of.map((study) => [study, place] as const)));
  return {
    total: trials + places.length,
    trial: (study, number) => starts[study]! + number,
    best: (study) => trials + placeOf.get(study)!,
  };
}

/** `number`: of the study, which has a seed of its own. */
export function studyOptions({ space, first }: StudySpec, rules: SearchRules, number: number): StudyOptions {
  const { trials, pruner, patience, workers } = rules;
  return {
    space,
    first,
    trials,
    pruner,
    patience,
    workers,
    sampler: readableMultiples(samplerOf(rules), space),
    seed: studySeed(rules, number),
  };
}

export function studySeed({ seed }: Pick<SearchRules, 'seed'>, number: number): number {
  return (seed + Math.imul(number, 0x9e37_79b1)) >>> 0;
}

function samplerOf({ sampler, multivariate }: SearchRules): Sampler {
  return sampler === 'random' ? randomSampler : tpeSampler({ multivariate });
}

/** What a trial trains: of a study about one of two models the configuration in which both are what that one is. */
export function trialConfiguration({ configuration }: StudySpec, parameters: Parameters): Configuration {
  const trial = structured(configuration, parameters);
  return {
    ...trial.configuration,
    hyperparameters: withParameters(configuration.hyperparameters, trial.hyperparameters),
  };
}

/** What the best trials of a place's studies are together. */
export function placeConfiguration(
  best: readonly { readonly spec: StudySpec; readonly parameters: Parameters }[],
): Configuration {
  const [first, ...others] = best.map(({ spec, parameters }) => trialConfiguration(spec, parameters));
  const [second] = others;
  if (second === undefined) return first!;
  const [long, short] = [first!, second].map(({ hyperparameters }) =>
    hyperparametersOf(hyperparameters, 'both'),
  );
  return { ...first!, hyperparameters: joinedSides({ long: long!, short: short! }) };
}

export function parameterDto({ name, domain }: Parameter): SearchSpaceDto {
  return domain.type === 'categorical'
    ? { name, type: domain.type, low: null, high: null, log: false, choices: domain.choices }
    : { name, type: domain.type, low: domain.low, high: domain.high, log: domain.log === true, choices: [] };
}
