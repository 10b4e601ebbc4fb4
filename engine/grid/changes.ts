import { type Basis, describeChange } from '../binding/basis.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Store } from '../store/database.ts';
import { basisReader } from '../store/runs.ts';

/** What changed since cells were trained, and of how many. */
export interface Changes {
  readonly counts: ReadonlyMap<string, number>;
  /** A cell with this basis was trained as this run, on another one. */
  add(runId: number, now: Basis): void;
}

export function createChanges(store: Store): Changes {
  const counts = new Map<string, number>();
  const basisOf = basisReader(store);
  const changeSince = createChangeNames();
  return {
    counts,
    add(runId, now) {
      const change = changeSince(basisOf(runId), now);
      counts.set(change, (counts.get(change) ?? 0) + 1);
    },
  };
}

/** `describeChange`, worked out once for each pair of bases: thousands of cells have the same. */
function createChangeNames(): (before: string, now: Basis) => string {
  const known = new Map<Basis, Map<string, string>>();
  return (before, now) => {
    const names = known.get(now) ?? new Map<string, string>();
    known.set(now, names);
    const name =
      names.get(before) ??
      describeChange(storedJson<Partial<Basis>>(before, 'what a run was trained on'), now);
    names.set(before, name);
    return name;
  };
}
