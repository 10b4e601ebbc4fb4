import { create } from 'zustand';
import { RUN_COLUMNS, type RunColumn } from './columns.tsx';

/** In the browser's memory, for who looks at it: what a workspace holds is everyone's. */
const STORED_AS = 'regimen.history.columns';

interface ColumnChoice {
  /** Keys of the columns that were chosen; undefined: none were, and the usual ones are shown. */
  readonly chosen: readonly string[] | undefined;
}

export const useColumnChoice = create<ColumnChoice>()(() => ({ chosen: read() }));

/** What is shown, in the order that was chosen. A chosen column is there however narrow the window is. */
export function shownColumns(chosen: readonly string[] | undefined): readonly RunColumn[] {
  if (chosen === undefined) return RUN_COLUMNS.filter(({ isOptional }) => isOptional !== true);
  const byKey = new Map(RUN_COLUMNS.map((column) => [column.key, column]));
  return chosen.flatMap((key) => {
    const column = byKey.get(key);
    return column === undefined ? [] : [{ ...column, isWideOnly: false }];
  });
}

/** Chooses columns by their keys; undefined goes back to the usual ones. */
export function chooseColumns(chosen: readonly string[] | undefined): void {
  useColumnChoice.setState({ chosen });
  try {
    if (chosen === undefined) localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, JSON.stringify(chosen));
  } catch {
    // A browser that remembers nothing forgets this, too.
  }
}

function read(): readonly string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? 'null');
    if (!Array.isArray(stored)) return undefined;
    // Columns of another version are not there; a table without any would be none.
    const known = stored.filter((key) => RUN_COLUMNS.some((column) => column.key === key));
    return known.length === 0 ? undefined : known;
  } catch {
    return undefined;
  }
}
