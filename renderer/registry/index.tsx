import { useUi } from '../state/index.ts';
import { NamePage } from './name-page.tsx';
import { Names } from './names.tsx';
import { SurvivalPage } from './survival/page.tsx';

/** What runs now, since when, why, and what was before. */
export function RegistryPlace() {
  const { name, view } = useUi((ui) => ui.params);
  if (view === 'survival') return <SurvivalPage />;
  return name === undefined ? <Names /> : <NamePage key={name} name={name} />;
}
