import { useUi } from '../state/index.ts';
import { ChampionPage } from './champion-page.tsx';
import { Overview } from './overview.tsx';

/** Is a winner worth anything? All of them against luck, and one by one. */
export function EvidencePlace() {
  const champion = useUi((ui) => ui.params.champion);
  return champion === undefined ? <Overview /> : <ChampionPage key={champion} name={champion} />;
}
