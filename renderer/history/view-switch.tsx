import { SegmentedControl } from '@mantine/core';
import { go, useUi } from '../state/index.ts';

export type HistoryView = 'runs' | 'axes' | 'jobs';

/** What the history is looked at as; what is asked of runs stays, for the way back. */
export function ViewSwitch({ view }: { readonly view: HistoryView }) {
  const { view: _view, run: _run, ...asked } = useUi((ui) => ui.params);
  return (
    <SegmentedControl
      aria-label="History of"
      value={view}
      data={[
        { value: 'runs', label: 'Runs' },
        { value: 'axes', label: 'By axis' },
        { value: 'jobs', label: 'Jobs' },
      ]}
      onChange={(next) => go('history', next === 'runs' ? asked : { ...asked, view: next })}
    />
  );
}
