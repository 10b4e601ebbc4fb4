import { EngineError } from '../contract/errors.ts';
import { writeError } from '../files/atomic-write.ts';
import { type FolderMark, readMark, writeMark } from '../files/folder-mark.ts';
import type { Store } from '../store/database.ts';
import { nextGeneration, type WorkspaceIdentity, workspaceIdentity } from '../store/workspace.ts';

/**
 * Whose a folder is, as far as its mark tells:
 * - own: this database is the one that wrote to it last;
 * - new: nobody has marked it;
 * - aside: it is this workspace's, but another state of the database wrote to it last: a copy, a backup that came back;
 * - foreign: another workspace's, or of a mark that nobody can read.
 */
export type Ownership = 'own' | 'new' | 'aside' | 'foreign';

export function ownershipOf(folder: string, identity: WorkspaceIdentity): Ownership {
  const mark = readMark(folder);
  if (mark === undefined) return 'new';
  if (mark === 'unreadable' || mark.workspace !== identity.id) return 'foreign';
  return mark.generation === identity.generation ? 'own' : 'aside';
}

export interface ClaimedFolder {
  readonly path: string;
  /** Files in it that are named as if they were this workspace's, and that its database does not know. */
  readonly unknown: () => readonly string[];
}

/**
 * Marks folders as those of this workspace, by a process that is about to write to them.
 * @throws EngineError `conflict` for the folder of another workspace; nothing is marked then. `file-unreadable`, `disk-full` for one
 * that can't be written to.
 */
export function claimFolders(store: Store, workspace: string, folders: readonly ClaimedFolder[]): void {
  const { id } = workspaceIdentity(store);
  const marks = folders.map(({ path }) => readableMark(path, id));
  const { generation } = store.transaction(() =>
    nextGeneration(
      store,
      marks.map((mark) => mark?.generation ?? 0),
    ),
  );
  for (const [i, { path, unknown }] of folders.entries()) {
    try {
      const others = marks[i]?.others ?? unknown();
      writeMark(path, { workspace: id, path: workspace, generation, others: [...others] });
    } catch (error) {
      throw error instanceof EngineError ? error : writeError(path, error);
    }
  }
}

function readableMark(path: string, id: string): FolderMark | undefined {
  const mark = readMark(path);
  if (mark === undefined) return undefined;
  const remedy =
    'Let storage.artifacts_dir in config.yaml name a folder that only this workspace uses, or train in the other workspace.';
  if (mark === 'unreadable') {
    const message = `The mark of the folder ${path} can't be read, so that nobody knows whose models are in it. ${remedy}`;
    throw new EngineError('conflict', message, { file: path });
  }
  if (mark.workspace === id) return mark;
  throw new EngineError(
    'conflict',
    `The folder ${path} holds the models of another workspace, ${mark.path}. Two workspaces in one folder would remove each other's files. ${remedy}`,
    { file: path },
  );
}
