import type { Configuration, Hyperparameters } from '../configuration.ts';
import type { Objective, PrunerName, SamplerName } from '../search.ts';

/** One hyper-parameter that is searched: a range, or choices. */
export interface SearchSpaceDto {
  readonly name: string;
  readonly type: 'int' | 'float' | 'categorical';
  /** Of a range; null of choices. */
  readonly low: number | null;
  readonly high: number | null;
  readonly log: boolean;
  /** Empty of a range. */
  readonly choices: readonly (number | string | boolean)[];
}

export interface SearchedParameterDto extends SearchSpaceDto {
  /** Its share in what tells the study's trials apart, 0..1; null below 16 whole trials, and while the search is worked on. */
  readonly importance: number | null;
}

/** Which of a target's two models. */
export type SideName = 'LONG' | 'SHORT';

export interface TrialDto {
  /** Position of its study, from 0. */
  readonly study: number;
  /** From 1. */
  readonly trial: number;
  /** Of its study, in words. */
  readonly model: string;
  /** Of a study about one of two models. */
  readonly side: SideName | null;
  readonly state: 'completed' | 'pruned' | 'failed';
  /** Of the objective, the mean of its folds so far; null where it failed, or came to none: `error` says why. */
  readonly value: number | null;
  /** Of a value that is a Sharpe ratio. */
  readonly standardError: number | null;
  /** Mean ROC AUC on the test parts of its folds; null where a target has no classes, or trials are whole cells. */
  readonly auc: number | null;
  readonly params: Hyperparameters;
  readonly seconds: number;
  /** Objective after each of its folds, the mean so far; empty of a trial without folds. */
  readonly intermediate: readonly number[];
  /** The earlier trial, from 1, of the same parameters. */
  readonly sameAs: number | null;
  readonly error: string | null;
  /** ISO 8601 UTC. */
  readonly endedAt: string;
}

export interface BestTrialDto {
  readonly model: string;
  readonly side: SideName | null;
  readonly trial: number;
  readonly value: number;
  readonly params: Hyperparameters;
}

/**
 * What the best trial of a study, or the best LONG and SHORT one together, came to on the selection window, all members trained. With the objective `sharpe` every trial was
 * scored there, with any other none.
 */
export interface SearchTestDto {
  readonly runId: string;
  readonly status: 'completed' | 'failed';
  /** Of the best over all bars of its strategies with enough trades, which was chosen there, with its error; null where there is none. */
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  /** Of the members, on what each left out. */
  readonly rankIc: number | null;
}

/** What a study found, held against what luck alone would have made of everything that was tried in its market. */
export interface FindingDto {
  readonly kind: 'nothing' | 'above_luck' | 'unknown';
  /** Chance that the best of everything tried in the market is as good without any edge. */
  readonly p: number | null;
  /** Sharpe ratio that luck alone reaches in one of 20 cases. */
  readonly luckSharpe: number | null;
  /** Strategies that were tried on the selection window, over all bars and in each regime. */
  readonly tries: number | null;
  /** In whole sentences. */
  readonly text: string;
}

export interface StudyDto {
  readonly study: number;
  /** What it is about, in words: the place, and of two models which. */
  readonly model: string;
  /** What is trained of its best trial in the end. LONG and SHORT studies of a place have it, and `test`, in common. */
  readonly place: string;
  readonly side: SideName | null;
  readonly configuration: Configuration;
  readonly parameters: readonly SearchedParameterDto[];
  /** Trials that have ended, and that there will be at most. */
  readonly done: number;
  readonly total: number;
  readonly best: BestTrialDto | null;
  readonly test: SearchTestDto | null;
  /** Null until the best is trained, and while the search is worked on. */
  readonly finding: FindingDto | null;
}

/** A search with all of its trials. */
export interface SearchDto {
  readonly queueId: number;
  readonly name: string;
  readonly objective: Objective;
  readonly sampler: SamplerName;
  readonly pruner: PrunerName;
  /** 0 where trials are whole cells. */
  readonly folds: number;
  readonly seed: number;
  readonly workers: number;
  /** The trial that ended last, while the search is worked on. */
  readonly current: Pick<TrialDto, 'study' | 'model' | 'side' | 'trial'> | null;
  readonly studies: readonly StudyDto[];
  /** By study and number. */
  readonly trials: readonly TrialDto[];
}

/** What a search comes to, before it is made. */
export interface SearchPreviewDto {
  readonly studies: readonly {
    readonly model: string;
    readonly parameters: readonly SearchSpaceDto[];
    readonly trials: number;
  }[];
  /** Trials of all studies. */
  readonly trials: number;
  readonly workers: number;
  /** What they take by the trials of earlier searches, scaled by bars and folds; null while there are none of their model types. */
  readonly estimate: { readonly seconds: number | null; readonly measuredTrials: number };
}
