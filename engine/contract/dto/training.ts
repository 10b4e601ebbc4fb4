import type { Problem } from '../errors.ts';
import type { TrainingStage } from '../registry.ts';
import { HOST_KINDS } from './queues.ts';
import type { TrainedNameDto } from './registry.ts';

/** `left_out`: it was not asked for. `refused`: the gate did not let it pass. */
export const STAGE_STATES = ['pending', 'running', 'done', 'left_out', 'refused', 'failed'] as const;
export type StageState = (typeof STAGE_STATES)[number];

/** One thing that a production training would do for a name. */
export interface PlannedStageDto {
  readonly stage: TrainingStage;
  readonly leftOut: boolean;
  /** A sentence: what is done, or why not. */
  readonly text: string;
  /** Models that would be trained for it; null where that follows from a stage before it. */
  readonly models: number | null;
}

/** What a production training would do for one name. */
export interface PlannedNameDto {
  readonly name: string;
  /** Configuration in words. */
  readonly title: string;
  /** Calendar days that it learns from. */
  readonly days: number;
  /** The version that is in production, and that it would be compared with. */
  readonly production: string | null;
  readonly stages: readonly PlannedStageDto[];
}

/** What a production training would do; nothing has begun. */
export interface TrainingPlanDto {
  readonly names: readonly PlannedNameDto[];
  /** What stands in the way, at the option that it is about. */
  readonly problems: readonly Problem[];
  /** What is left out of the gate, by its names in the journal. */
  readonly skipped: readonly string[];
  readonly notes: readonly string[];
  /** Of all stages whose kind was computed here before; null where one was not. */
  readonly estimate: { readonly seconds: number | null };
}

/** How far one stage is. */
export interface StageDto {
  readonly stage: TrainingStage;
  readonly state: StageState;
  /** What it came to, or why it is left out; null while there is nothing to say. */
  readonly text: string | null;
  /** Jobs of the Training Queue that work on it. */
  readonly queueIds: readonly number[];
}

export interface TrainingNameDto {
  readonly name: string;
  readonly stages: readonly StageDto[];
  /** Null until it came to something. */
  readonly result: TrainedNameDto | null;
}

export interface TrainingNameSummaryDto extends Omit<TrainingNameDto, 'result'> {
  readonly result: TrainedSummaryDto | null;
}

export const TRAINING_STATES = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
] as const;
/** `interrupted`: a person or the end of a command kept it from its end; asked for once more, it goes on with what is computed. */
export type TrainingState = (typeof TRAINING_STATES)[number];

/** Who asked for a training; `request`: another program, over HTTP; `schedule`: nobody, its time had come. */
export const TRAINING_ORIGINS = [...HOST_KINDS, 'request', 'schedule'] as const;
export type TrainingOrigin = (typeof TRAINING_ORIGINS)[number];

/** What came of a name, for lists: report and hyper-parameters are a hundred times as long. */
export type TrainedSummaryDto = Omit<TrainedNameDto, 'report' | 'hyperparameters'>;

/** A production training of the workspace, as lists have it: what it was asked for, and how far it is. Times are ISO 8601 UTC. */
export interface TrainingSummaryDto {
  readonly id: string;
  /** `EURUSD H1`, or `Every name in production`. */
  readonly title: string;
  readonly origin: TrainingOrigin;
  /** Name of the schedule that it is one of. */
  readonly schedule: string | null;
  readonly state: TrainingState;
  /** Why it is not at work: what it waits for, or what keeps it. */
  readonly waitingFor: string | null;
  /** What it was asked for, as `production.start` takes it. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly names: readonly TrainingNameSummaryDto[];
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Why it came to nothing. */
  readonly error: string | null;
}

/** The same with all that came of its names. */
export interface TrainingDto extends TrainingSummaryDto {
  readonly names: readonly TrainingNameDto[];
}
