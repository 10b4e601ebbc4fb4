import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import { formatRules, readRules, type TextProblem } from './rules-json.ts';
import { texts } from './texts.ts';

/** A regime while it is edited: its rules are the text in the editor. */
export interface RegimeDraft {
  /** Stays the same while the regime is edited and moved. */
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly active: boolean;
  readonly rules: string;
}

export function draftsOf(regimes: readonly RegimeDto[]): RegimeDraft[] {
  return regimes.map(({ rules, ...regime }, id) => ({ ...regime, id, rules: formatRules(rules) }));
}

/** A new last regime with a name that is free. */
export function withNew(drafts: readonly RegimeDraft[]): RegimeDraft[] {
  const names = new Set(drafts.map(({ name }) => name));
  let number = drafts.length + 1;
  while (names.has(`regime_${number}`)) number++;
  const id = Math.max(-1, ...drafts.map((draft) => draft.id)) + 1;
  return [
    ...drafts,
    {
      id,
      name: `regime_${number}`,
      title: texts.regimeNumber({ number }),
      description: '',
      active: true,
      rules: formatRules({ momentum: '> 0' }),
    },
  ];
}

export function withChange(
  drafts: readonly RegimeDraft[],
  id: number,
  change: Partial<Omit<RegimeDraft, 'id'>>,
): RegimeDraft[] {
  return drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
}

export function without(drafts: readonly RegimeDraft[], id: number): RegimeDraft[] {
  return drafts.filter((draft) => draft.id !== id);
}

/** Puts back one that was taken away, where it stood, as far as that place is there. */
export function withAgain(
  drafts: readonly RegimeDraft[],
  gone: RegimeDraft,
  at: number,
): readonly RegimeDraft[] {
  return drafts.some(({ id }) => id === gone.id) ? drafts : drafts.toSpliced(at, 0, gone);
}

/** Moves a regime up (-1) or down (1); at the end of the list nothing changes. */
export function moved(drafts: readonly RegimeDraft[], id: number, by: -1 | 1): readonly RegimeDraft[] {
  const from = drafts.findIndex((draft) => draft.id === id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= drafts.length) return drafts;
  return drafts.with(from, drafts[to]!).with(to, drafts[from]!);
}

/** Moves a regime right before another, by their names. */
export function placedBefore(
  drafts: readonly RegimeDraft[],
  name: string,
  before: string,
): readonly RegimeDraft[] {
  const own = drafts.find((draft) => draft.name === name);
  const rest = drafts.filter((draft) => draft !== own);
  const at = rest.findIndex((draft) => draft.name === before);
  return own === undefined || at === -1 ? drafts : rest.toSpliced(at, 0, own);
}

/** Whether they would label bars in another way: titles and descriptions label nothing. */
export function labelsOtherwise(drafts: readonly RegimeDraft[], regimes: readonly RegimeDto[]): boolean {
  const meaning = (list: readonly RegimeDraft[]) =>
    JSON.stringify(list.filter(({ active }) => active).map(({ name, rules }) => [name, rules]));
  return meaning(drafts) !== meaning(draftsOf(regimes));
}

/** Whether saving the drafts would change anything. */
export function isChanged(drafts: readonly RegimeDraft[], regimes: readonly RegimeDto[]): boolean {
  const content = (list: readonly RegimeDraft[]) => JSON.stringify(list.map(({ id: _, ...draft }) => draft));
  return content(drafts) !== content(draftsOf(regimes));
}

/** The first mistake in the JSON of each draft that has one, by its id. */
export function textProblems(drafts: readonly RegimeDraft[]): Map<number, TextProblem> {
  const problems = new Map<number, TextProblem>();
  for (const { id, rules } of drafts) {
    const reading = readRules(rules);
    if (!reading.ok) problems.set(id, reading.problem);
  }
  return problems;
}

/** What `regimes.check`, `regimes.test` and `regimes.save` take; undefined while a draft's rules are no JSON. */
export function toInput(drafts: readonly RegimeDraft[]): unknown[] | undefined {
  const readings = drafts.map(({ rules }) => readRules(rules));
  if (!readings.every((reading) => reading.ok)) return undefined;
  return drafts.map(({ id: _, ...draft }, i) => ({ ...draft, rules: readings[i]!.rules }));
}

export type DraftField = 'name' | 'title' | 'description' | 'active' | 'rules';

/** What the engine found wrong, at its field. */
export interface DraftProblem {
  readonly field: DraftField;
  /** `volatility: expected …`. */
  readonly message: string;
}

const PATH = /^regimes\[(\d+)\](?:\.(name|title|description|active|rules)(.*))?$/;

/**
 * Sorts problems of the engine (`regimes[2].rules.volatility`) to the drafts that were sent, by id; a problem that belongs to
 * no regime goes to `rest`. A problem of a regime as a whole stands at its rules.
 */
export function placeProblems(
  problems: readonly Problem[],
  drafts: readonly RegimeDraft[],
): { readonly byDraft: ReadonlyMap<number, readonly DraftProblem[]>; readonly rest: readonly Problem[] } {
  const byDraft = new Map<number, DraftProblem[]>();
  const rest: Problem[] = [];
  for (const problem of problems) {
    const match = PATH.exec(problem.path);
    const draft = match === null ? undefined : drafts[Number(match[1])];
    if (match === null || draft === undefined) {
      rest.push(problem);
      continue;
    }
    const field = (match[2] ?? 'rules') as DraftField;
    const inner = (match[3] ?? '').replace(/^\./, '');
    const message = inner === '' ? problem.message : `${inner}: ${problem.message}`;
    byDraft.set(draft.id, [...(byDraft.get(draft.id) ?? []), { field, message }]);
  }
  return { byDraft, rest };
}
