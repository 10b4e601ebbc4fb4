import { create, type StoreApi } from 'zustand';

const PREFIX = 'regimen.draft.';

const WORKSPACE = 'regimen.workspace';

/** Whose drafts are shown: of the workspace that was open here last, until the engine says which it is. */
let workspace = browserStorage()?.getItem(WORKSPACE) ?? null;
const keyOf = (name: string) => (workspace === null ? `${PREFIX}${name}` : `${PREFIX}${name}@${workspace}`);
const switches = new Set<(before: string | null) => void>();

/** Drafts belong to a workspace: of another one than before its own are brought back, and the others wait for theirs. */
export function openDraftsOf(opened: string): void {
  const before = workspace;
  if (opened === before) return;
  workspace = opened;
  try {
    browserStorage()?.setItem(WORKSPACE, opened);
    for (const turn of switches) turn(before);
  } catch {
    // A full or forbidden storage keeps nothing.
  }
}

/** When drafts that were found at the start were written last, by name; ms since 1970-01-01 UTC. */
export const useFoundDrafts = create<Readonly<Record<string, number>>>()(() => ({}));

/** What to do about a draft that was found has been decided, or there is none any more. */
export function forgetFound(name: string): void {
  useFoundDrafts.setState((found) => {
    const { [name]: _gone, ...others } = found;
    return others;
  }, true);
}

/** Stores whose form is being filled in by the program. */
const suggesting = new WeakSet<object>();

/** Fills in what leaves no choice: a form that has nothing else in it is as untouched as an empty one. */
export function asSuggestion<T>(store: StoreApi<T>, fillIn: () => void): void {
  suggesting.add(store);
  try {
    fillIn();
  } finally {
    suggesting.delete(store);
  }
}

/**
 * Keeps what is being put together in the browser, so that a reload or a crash costs nothing: brings back what was left, and notes that
 * it did. A draft that nothing was done to is not kept; one of another shape, as an older release had it, is forgotten.
 */
export function keepDraft<T extends object>(
  store: StoreApi<T>,
  name: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined = browserStorage(),
): void {
  if (storage === undefined) return;
  const untouched = store.getInitialState();
  const bringBack = () => {
    const left = read(storage, keyOf(name), untouched);
    if (left === undefined) return;
    store.setState(left.state);
    useFoundDrafts.setState({ [name]: left.at });
  };
  bringBack();
  let isSwitching = false;
  switches.add((before) => {
    if (before === null) {
      // Begun before it was known whose it is.
      const text = storage.getItem(`${PREFIX}${name}`);
      storage.removeItem(`${PREFIX}${name}`);
      if (text !== null) storage.setItem(keyOf(name), text);
      return;
    }
    isSwitching = true;
    store.setState(untouched, true);
    forgetFound(name);
    bringBack();
    isSwitching = false;
  });
  const empty = textOf(untouched);
  let suggested = empty;
  const isUntouched = (text: string) => text === empty || text === suggested;
  store.subscribe((state, before) => {
    if (isSwitching) return;
    const key = keyOf(name);
    try {
      const text = textOf(state);
      if (suggesting.has(store) && isUntouched(textOf(before))) suggested = text;
      if (isUntouched(text)) {
        storage.removeItem(key);
        forgetFound(name);
      } else storage.setItem(key, JSON.stringify({ at: Date.now(), state }, withoutPasswords));
    } catch {
      // A full or forbidden storage keeps nothing; the form goes on.
    }
  });
}

function read<T extends object>(
  storage: Pick<Storage, 'getItem'>,
  key: string,
  untouched: T,
): { readonly at: number; readonly state: T } | undefined {
  try {
    const { at, state } = JSON.parse(storage.getItem(key) ?? 'null') as { at: number; state: T };
    return typeof at === 'number' && hasShape(state, untouched) ? { at, state } : undefined;
  } catch {
    return undefined;
  }
}

/** The same keys, two levels down: what a form reads. */
function hasShape(value: unknown, like: unknown, depth = 2): boolean {
  if (Array.isArray(like)) return Array.isArray(value);
  if (typeof like !== 'object' || like === null) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  return Object.entries(like).every(
    ([key, inner]) => key in value && hasShape((value as Record<string, unknown>)[key], inner, depth - 1),
  );
}

/** An address with a name and password in it is kept nowhere but where it is saved. */
const withoutPasswords = (_key: string, value: unknown) =>
  typeof value === 'string' && /:\/\/[^/\s]*@/.test(value) ? undefined : value;

/** Which link opened a form last is nothing that was written in it. */
const textOf = (state: object) => JSON.stringify({ ...state, openedBy: null });

function browserStorage(): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}
