import { SegmentedControl } from '@mantine/core';
import { go } from '../state/index.ts';

/** Kinds of jobs that are put together in the window, each with the parameters of its address. */
const NEW_JOBS = [
  { value: 'grid', label: 'Grid', params: { new: '1' } },
  { value: 'search', label: 'Search', params: { search: '' } },
  { value: 'validate', label: 'Validate', params: { validate: '' } },
  { value: 'train', label: 'Production', params: { train: '' } },
] as const;

export type NewJob = (typeof NEW_JOBS)[number]['value'];

/** What the new job is. */
export function NewJobSwitch({ job }: { readonly job: NewJob }) {
  return (
    <SegmentedControl
      aria-label="New job"
      value={job}
      data={NEW_JOBS.map(({ value, label }) => ({ value, label }))}
      onChange={(next) => go('queue', NEW_JOBS.find(({ value }) => value === next)!.params)}
    />
  );
}
