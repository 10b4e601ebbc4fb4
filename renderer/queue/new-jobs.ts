/** Kinds of jobs that are put together in the window, each with the parameters of its address. */
export const NEW_JOBS = [
  { value: 'grid', label: 'Grid', title: 'New grid', params: { new: '1' } },
  { value: 'validate', label: 'Validate', title: 'Validate by walk-forward', params: { validate: '' } },
  { value: 'search', label: 'Search', title: 'New search', params: { search: '' } },
  { value: 'train', label: 'Train for production', title: 'Train for production', params: { train: '' } },
] as const;

export type NewJob = (typeof NEW_JOBS)[number]['value'];
