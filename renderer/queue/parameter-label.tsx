import { parameterTitle } from '../../engine/contract/parameter-titles.ts';

/** What a hyper-parameter is called; files and commands call it by its name, which is in the tooltip. */
export function ParameterLabel({ name }: { readonly name: string }) {
  return <span title={name}>{parameterTitle(name)}</span>;
}
