import type { StageState } from '../../../engine/contract/dto/index.ts';
import type { TrainingStage } from '../../../engine/contract/registry.ts';
import type { Tone } from '../../ui/index.ts';

export const STAGE_TITLES: Readonly<Record<TrainingStage, string>> = {
  search: 'Search',
  train: 'Train',
  validate: 'Validate',
  compare: 'Compare',
  promote: 'Promote',
};

export const STAGE_WORDS: Readonly<Record<StageState, string>> = {
  pending: 'To come',
  running: 'At work',
  done: 'Done',
  left_out: 'Left out',
  refused: 'Refused',
  failed: 'Failed',
};

export const STAGE_TONES: Readonly<Record<StageState, Tone>> = {
  pending: 'neutral',
  running: 'running',
  done: 'gain',
  left_out: 'neutral',
  refused: 'loss',
  failed: 'loss',
};
