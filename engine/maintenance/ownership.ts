import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { writeError } from '../files/atomic-write.ts';
import { type FolderMark, MARK_NAME, readMark, writeMark } from '../files/folder-mark.ts';
import type { Store } from '../store/database.ts';
import { setGeneration, type WorkspaceIdentity, workspaceIdentity } from '../store/workspace.ts';

/**
 * Whose a folder is, as far as its mark tells:
 * - own: this database is the one that wrote to it last;
 * - new: nobody has marked it;
 * - aside: it is this workspace's, but another state of the database wrote to it last: a copy, a backup that came back;
 * - foreign: another workspace's, also one's that this is a copy of and that is still there, or of a mark that nobody can read.
 */
export type Ownership = 'own' | 'new' | 'aside' | 'foreign';

export function ownershipOf(folder: string, identity: WorkspaceIdentity, workspace: string): Ownership {
  const mark = readMark(folder);
  if (mark === undefined) return 'new';
  if (mark === 'unreadable' || mark.workspace !== identity.id) return 'foreign';
  if (isOfLivingTwin(folder, mark, workspace)) return 'foreign';
  return [mark.generation, mark.next].includes(identity.generation) ? 'own' : 'aside';
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
  const { id, generation } = workspaceIdentity(store);
  const marks = folders.map(({ path }) => readableMark(path, id, workspace));
  const known = [generation, ...marks.flatMap((mark) => [mark?.generation ?? 0, mark?.next ?? 0])];
  const next = Math.max(...known) + 1;
  // Folders and database can't change in one step. Whatever a kill leaves of these three, the folders are this database's as they were.
  for (const [i, { path }] of folders.entries()) {
    const mark = marks[i];
    if (mark !== undefined) orSayWhere(path, () => writeMark(path, { ...mark, next }));
  }
  store.transaction(() => setGeneration(store, next));
  for (const [i, { path, unknown }] of folders.entries()) {
    orSayWhere(path, () => {
      const others = marks[i]?.others ?? unknown();
      writeMark(path, { workspace: id, path: workspace, generation: next, others: [...others] });
    });
  }
}

function orSayWhere(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw error instanceof EngineError ? error : writeError(path, error);
  }
}

function readableMark(path: string, id: string, workspace: string): FolderMark | undefined {
  const mark = readMark(path);
  if (mark === undefined) return undefined;
  const remedy =
    'Let storage.artifacts_dir in config.yaml name a folder that only this workspace uses, or train in the other workspace.';
  const alone = ` If no other workspace uses it, delete ${join(path, MARK_NAME)}: it is marked anew, and no file in it is touched.`;
  if (mark === 'unreadable') {
    const message = `The mark of the folder ${path} can't be read, so that nobody knows whose models are in it. ${remedy}${alone}`;
    throw new EngineError('conflict', message, { file: path });
  }
  if (mark.workspace === id) {
    if (!isOfLivingTwin(path, mark, workspace)) return mark;
    throw new EngineError(
      'conflict',
      `The folder ${path} holds the models of ${mark.path}, of which this workspace is a copy. Two workspaces in one folder would remove each other's files. ${remedy}`,
      { file: path },
    );
  }
  throw new EngineError(
    'conflict',
    `The folder ${path} holds the models of another workspace, ${mark.path}. Two workspaces in one folder would remove each other's files. ${remedy}${path.startsWith(workspace + sep) ? alone : ''}`,
    { file: path },
  );
}

/**
 * Whether a folder outside of a workspace is in use by the one that this was copied from, or a copy of this: they have one
 * id. One that was moved leaves nothing behind where it was.
 */
function isOfLivingTwin(path: string, mark: FolderMark, workspace: string): boolean {
  if (mark.path === workspace || path.startsWith(workspace + sep)) return false;
  const [own, other] = [workspace, mark.path].map((folder) =>
    statSync(join(folder, 'regimen.db'), { bigint: true, throwIfNoEntry: false }),
  );
  return other !== undefined && (own?.ino !== other.ino || own.dev !== other.dev);
}
