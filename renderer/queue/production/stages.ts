import type { StageState } from '../../../engine/contract/dto/index.ts';
import type { TrainingStage } from '../../../engine/contract/registry.ts';
import type { Tone } from '../../ui/index.ts';
import { texts } from './texts.ts';

export const STAGE_TITLES: Readonly<Record<TrainingStage, string>> = texts.stageTitles;

export const STAGE_WORDS: Readonly<Record<StageState, string>> = texts.stageWords;

export const STAGE_TONES: Readonly<Record<StageState, Tone>> = {
  pending: 'neutral',
  running: 'running',
  done: 'gain',
  left_out: 'neutral',
  refused: 'loss',
  failed: 'loss',
};
