import { create, type StoreApi } from 'zustand';

const PREFIX = 'regimen.draft.';

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
  const key = `${PREFIX}${name}`;
  const untouched = store.getInitialState();
  const left = read(storage, key, untouched);
  if (left !== undefined) {
    store.setState(left.state);
    useFoundDrafts.setState({ [name]: left.at });
  }
  const empty = textOf(untouched);
  let suggested = empty;
  const isUntouched = (text: string) => text === empty || text === suggested;
  store.subscribe((state, before) => {
    try {
      const text = textOf(state);
      if (suggesting.has(store) && isUntouched(textOf(before))) suggested = text;
      if (isUntouched(text)) {
        storage.removeItem(key);
        forgetFound(name);
      } else storage.setItem(key, JSON.stringify({ at: Date.now(), state }));
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

/** Which link opened a form last is nothing that was written in it. */
const textOf = (state: object) => JSON.stringify({ ...state, openedBy: null });

function browserStorage(): Storage | undefined {
  try {
    return typeof window === 'undefined' ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}
