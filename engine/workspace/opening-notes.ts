import { EngineError } from '../contract/errors.ts';
import type { CleanupDeps } from '../maintenance/cleanup.ts';
import { folderNotes } from '../maintenance/prepare.ts';
import type { Store } from '../store/database.ts';
import { damageNotes } from '../store/health.ts';
import { damagedLogNote } from '../store/log-mending.ts';

/** Sentences on what was not as it was written when a workspace was opened. */
export interface FoundAtOpening {
  readonly ofLog: readonly string[];
  readonly ofRows: readonly string[];
}

export function findAtOpening(store: Store): FoundAtOpening {
  const { damagedLog } = store;
  return {
    ofLog: damagedLog === undefined ? [] : [damagedLogNote(damagedLog)],
    ofRows: damageNotes(store),
  };
}

/** Where the rows that name the files are damaged, that is what is said. */
export function soundFolderNotes(folders: CleanupDeps): readonly string[] {
  try {
    return folderNotes(folders);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'artifact-damaged') return [error.message];
    throw error;
  }
}
