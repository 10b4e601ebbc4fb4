import { create, type StoreApi, type UseBoundStore } from 'zustand';

interface ChoosableColumn {
  readonly key: string;
  readonly isOptional?: boolean | undefined;
  readonly isWideOnly?: boolean;
}

interface Chosen {
  /** Keys of the columns that were chosen; undefined: none were, and the usual ones are shown. */
  readonly chosen: readonly string[] | undefined;
}

/** Which columns somebody chose for a table. */
export interface ColumnChoice<Column extends ChoosableColumn> {
  readonly useChoice: UseBoundStore<StoreApi<Chosen>>;
  /** What is shown, in the order that was chosen. A chosen column is there however narrow the window is. */
  shown(chosen: readonly string[] | undefined): readonly Column[];
  /** Chooses columns by their keys; undefined goes back to the usual ones. */
  choose(chosen: readonly string[] | undefined): void;
}

/** The choice is kept in the browser's memory under this name, for who looks at it: what a workspace holds is everyone's. */
export function createColumnChoice<Column extends ChoosableColumn>(
  storedAs: string,
  columns: readonly Column[],
): ColumnChoice<Column> {
  const useChoice = create<Chosen>()(() => ({ chosen: read() }));
  const byKey = new Map(columns.map((column) => [column.key, column]));

  function read(): readonly string[] | undefined {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(storedAs) ?? 'null');
      if (!Array.isArray(stored)) return undefined;
      // Columns of another version are not there; a table without any would be none.
      const known = stored.filter((key) => columns.some((column) => column.key === key));
      return known.length === 0 ? undefined : known;
    } catch {
      return undefined;
    }
  }

  return {
    useChoice,
    shown(chosen) {
      if (chosen === undefined) return columns.filter(({ isOptional }) => isOptional !== true);
      return chosen.flatMap((key) => {
        const column = byKey.get(key);
        return column === undefined ? [] : [{ ...column, isWideOnly: false }];
      });
    },
    choose(chosen) {
      useChoice.setState({ chosen });
      try {
        if (chosen === undefined) localStorage.removeItem(storedAs);
        else localStorage.setItem(storedAs, JSON.stringify(chosen));
      } catch {
        // A browser that remembers nothing forgets this, too.
      }
    },
  };
}
