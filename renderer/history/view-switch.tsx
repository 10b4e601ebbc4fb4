import { SegmentedControl } from '@mantine/core';
import { go, useUi } from '../state/index.ts';
import { texts } from './texts.ts';

export type HistoryView = 'runs' | 'axes' | 'jobs';

/** What the history is looked at as; what is asked of runs stays, for the way back. */
export function ViewSwitch({ view }: { readonly view: HistoryView }) {
  const { view: _view, run: _run, ...asked } = useUi((ui) => ui.params);
  return (
    <SegmentedControl
      aria-label={texts.historyOf}
      value={view}
      data={[
        { value: 'runs', label: texts.runs },
        { value: 'axes', label: texts.byAxis },
        { value: 'jobs', label: texts.jobs },
      ]}
      onChange={(next) => go('history', next === 'runs' ? asked : { ...asked, view: next })}
    />
  );
}
