import { SegmentedControl } from '@mantine/core';
import { go } from '../state/index.ts';

export type HistoryView = 'runs' | 'jobs';

/** What the history is looked at as. */
export function ViewSwitch({ view }: { readonly view: HistoryView }) {
  return (
    <SegmentedControl
      aria-label="History of"
      value={view}
      data={[
        { value: 'runs', label: 'Runs' },
        { value: 'jobs', label: 'Jobs' },
      ]}
      onChange={(next) => go('history', next === 'jobs' ? { view: 'jobs' } : {})}
    />
  );
}
