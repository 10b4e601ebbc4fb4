import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Handlers } from '../contract/api/index.ts';
import { createAtomicFile, writeError } from '../files/atomic-write.ts';
import { historyCsv } from '../interchange/csv/history.ts';
import type { Store } from '../store/database.ts';
import { matchingRuns, searchRuns } from '../store/run-search.ts';
import { requireRun } from '../store/runs.ts';
import { runDtos } from '../views/run.ts';
import { runDetail } from '../views/run-detail.ts';

type HistoryMethod = Extract<keyof Handlers, `history.${string}`>;

export interface HistoryDeps {
  readonly store: Store;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function historyHandlers({ store, home, now }: HistoryDeps): Pick<Handlers, HistoryMethod> {
  return {
    'history.search'({ limit, offset, sort, descending, ...filter }) {
      const { ids, total } = searchRuns(store, filter, { sort, descending }, limit, offset);
      return { runs: runDtos(store, ids), total };
    },

    'history.get': ({ run }) => runDetail(store, requireRun(store, run)),

    async 'history.export'({ csv, ...filter }) {
      const file = csv ?? join(home, 'exports', `training_history_${stamp(now())}.csv`);
      const ids = matchingRuns(store, filter);
      if (csv === undefined) makeFolder(dirname(file));
      const target = createAtomicFile(file);
      try {
        for (const piece of historyCsv(store, ids)) {
          target.write(Buffer.from(piece));
          // Between pieces the host goes on with its other work.
          await nextTurn();
        }
        target.commit();
      } finally {
        target.abort();
      }
      return { file, runs: ids.length };
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writeError(folder, error);
  }
}

/** `20260131_235959`, UTC. */
function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}
