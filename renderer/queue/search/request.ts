import type { RawInput } from '../../../engine/contract/api/index.ts';
import { type GridDraft, missingAxes, toGrid } from '../grid-draft.ts';
import { EMPTY_RULES, type SearchRulesDraft, type SearchState, type SpaceEntry } from './draft.ts';
import { texts } from './texts.ts';

export type AskedSearch = RawInput<'search.preview'>['search'];
type AskedSpace = NonNullable<AskedSearch['space']>[string];

/** What a draft asks for, or what it still needs. */
export type SearchRequest =
  | { readonly search: AskedSearch; readonly missing: null }
  | { readonly search: null; readonly missing: string };

/** The search as SEARCH.yaml and the engine spell it; what is left at its default is left out. */
export function requestOf(axes: GridDraft, { rules, space }: SearchState): SearchRequest {
  const missing = missingAxes(axes);
  if (missing.length > 0)
    return { search: null, missing: texts.chooseMissing({ missing: missing.join(', ') }) };
  const spaces = Object.fromEntries(
    axes.lists.model_types
      .map((type) => [type, spaceOf(space[type] ?? {})] as const)
      .filter(([, own]) => Object.keys(own).length > 0),
  );
  const search: AskedSearch = {
    ...toGrid(axes),
    ...rulesOf(rules),
    ...(Object.keys(spaces).length === 0 ? {} : { space: spaces }),
  };
  return { search, missing: null };
}

function rulesOf(rules: SearchRulesDraft): Partial<AskedSearch> {
  return Object.fromEntries(
    Object.entries(rules).filter(
      ([key, value]) => value !== null && value !== EMPTY_RULES[key as keyof SearchRulesDraft],
    ),
  );
}

function spaceOf(entries: Readonly<Record<string, SpaceEntry>>): AskedSpace {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, written(entry)]));
}

/** An end that is not typed yet is left out, so that the engine says at its place what is missing. */
function written(entry: SpaceEntry): unknown {
  if (entry.mode === 'off') return null;
  const condition = entry.when === undefined ? {} : { when: entry.when };
  if (entry.mode === 'choices') {
    const choices = [...entry.choices];
    return entry.when === undefined ? choices : { type: 'categorical', choices, ...condition };
  }
  const { type, low, high, log } = entry;
  return {
    type,
    ...(low === null ? {} : { low }),
    ...(high === null ? {} : { high }),
    ...(log ? { log } : {}),
    ...condition,
  };
}
