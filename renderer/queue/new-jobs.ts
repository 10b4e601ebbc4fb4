import { common } from '../ui/texts/common.ts';
import { texts } from './texts/builder.ts';
import { shared } from './texts/shared.ts';
/** Kinds of jobs that are put together in the window, each with the parameters of its address. */
export const NEW_JOBS = [
  { value: 'grid', label: texts.grid, title: shared.newGrid, params: { new: '1' } },
  { value: 'validate', label: common.validate, title: texts.validateByWalkForward, params: { validate: '' } },
  { value: 'search', label: shared.search, title: texts.newSearch, params: { search: '' } },
  {
    value: 'train',
    label: common.trainForProduction,
    title: common.trainForProduction,
    params: { train: '' },
  },
] as const;

export type NewJob = (typeof NEW_JOBS)[number]['value'];
