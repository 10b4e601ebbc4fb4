import { useUi } from '../state/index.ts';
import { Afterwards } from '../ui/index.ts';
import { AxesView } from './axes-view.tsx';
import { CompareView, useComparedOf } from './compare-view.tsx';
import { JobsView } from './jobs-view.tsx';
import { RunsView } from './runs-view.tsx';

/** Everything that was ever asked for, as jobs, and everything that was trained, as runs. */
export function HistoryPlace() {
  const view = useUi((ui) => ui.params.view);
  const compared = useComparedOf();
  if (compared !== undefined && compared.length > 0) return <CompareView of={compared} />;
  const View = view === 'axes' ? AxesView : view === 'jobs' ? JobsView : RunsView;
  return (
    <Afterwards key={view}>
      <View />
    </Afterwards>
  );
}
