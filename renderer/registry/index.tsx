import { useUi } from '../state/index.ts';
import { NamePage } from './name-page.tsx';
import { Names } from './names.tsx';

/** What runs now, since when, why, and what was before. */
export function RegistryPlace() {
  const name = useUi((ui) => ui.params.name);
  return name === undefined ? <Names /> : <NamePage key={name} name={name} />;
}
