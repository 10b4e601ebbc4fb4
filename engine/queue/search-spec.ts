import type { Configuration } from '../contract/configuration.ts';
import type { SearchSpaceDto } from '../contract/dto/search.ts';
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

/** Cells of a job: trials by study and number, then the best of each study. */
export interface CellPlaces {
  readonly total: number;
  trial(study: number, number: number): number;
  best(study: number): number;
}

export function cellPlaces({ studies, rules }: Pick<StoredSearch, 'studies' | 'rules'>): CellPlaces {
  const starts: number[] = [];
  let trials = 0;
  for (const study of studies) {
    starts.push(trials);
    trials += trialsOfStudy(study, rules);
  }
  return {
    total: trials + studies.length,
    trial: (study, number) => starts[study]! + number,
    best: (study) => trials + study,
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

/** What a trial trains. */
export function trialConfiguration({ configuration }: StudySpec, parameters: Parameters): Configuration {
  const trial = structured(configuration, parameters);
  return {
    ...trial.configuration,
    hyperparameters: { ...configuration.hyperparameters, ...trial.hyperparameters },
  };
}

export function parameterDto({ name, domain }: Parameter): SearchSpaceDto {
  return domain.type === 'categorical'
    ? { name, type: domain.type, low: null, high: null, log: false, choices: domain.choices }
    : { name, type: domain.type, low: domain.low, high: domain.high, log: domain.log === true, choices: [] };
}
