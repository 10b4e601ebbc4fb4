import { useState } from 'react';
import { useUi } from '../state/index.ts';
import { Afterwards } from '../ui/index.ts';
import { ChampionsView } from './champions-view.tsx';
import { ChartsView } from './charts-view.tsx';
import { ManageView } from './manage-view.tsx';
import type { Scope } from './rows.ts';

/** Which model is best in which market regime; its charts; and the regimes themselves. */
export function RegimesPlace() {
  const view = useUi((ui) => ui.params.view);
  const [scope, setScope] = useState<Scope>({ symbol: null, timeframe: null, mark: null });
  return (
    <Afterwards key={view}>
      {view === 'charts' ? (
        <ChartsView scope={scope} onScope={setScope} />
      ) : view === 'manage' ? (
        <ManageView />
      ) : (
        <ChampionsView scope={scope} onScope={setScope} />
      )}
    </Afterwards>
  );
}
