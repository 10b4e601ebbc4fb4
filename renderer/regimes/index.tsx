import { useState } from 'react';
import { useUi } from '../state/index.ts';
import { ChampionsView } from './champions-view.tsx';
import { ChartsView } from './charts-view.tsx';
import { ManageView } from './manage-view.tsx';
import type { Scope } from './rows.ts';

/** Which model is best in which market regime; its charts; and the regimes themselves. */
export function RegimesPlace() {
  const view = useUi((ui) => ui.params.view);
  const [scope, setScope] = useState<Scope>({ symbol: null, timeframe: null, mark: null });
  if (view === 'charts') return <ChartsView scope={scope} onScope={setScope} />;
  if (view === 'manage') return <ManageView />;
  return <ChampionsView scope={scope} onScope={setScope} />;
}
