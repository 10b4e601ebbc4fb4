import { SegmentedControl } from '@mantine/core';
import { go } from '../state/index.ts';
import classes from './builder.module.css';
import { NEW_JOBS, type NewJob } from './new-jobs.ts';
import { texts } from './texts/builder.ts';

/** What the new job is. */
export function NewJobSwitch({ job }: { readonly job: NewJob }) {
  return (
    <SegmentedControl
      aria-label={texts.newJob}
      className={classes.jobSwitch}
      withItemsBorders={false}
      value={job}
      data={NEW_JOBS.map(({ value, label }) => ({ value, label }))}
      onChange={(next) => go('queue', NEW_JOBS.find(({ value }) => value === next)!.params)}
    />
  );
}
