import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { isArtifactName } from '../artifacts/folder.ts';
import { missingModels, orphanFiles, unfinishedFiles } from '../artifacts/orphans.ts';
import { MODELS, versionFolders, versionOfPath } from '../artifacts/version-files.ts';
import { viewsInUse } from '../binding/views-in-use.ts';
import { isCheckpointName } from '../checkpoint/folder.ts';
import { type FolderEntry, listFolder } from '../files/folder-listing.ts';
import { MARK_NAME, readMark } from '../files/folder-mark.ts';
import { isCandleFileName } from '../market/series/candle-file.ts';
import type { Store } from '../store/database.ts';
import { deleteFormerCandles, type FormerCandles, formerCandles } from '../store/former-candles.ts';
import { refitFiles } from '../store/refits.ts';
import { keptModels } from '../store/runs.ts';
import { allSeries } from '../store/series.ts';
import {
  CHANGE_KEPT_MS,
  deleteChange,
  filesOfChange,
  filesOfChanges,
  type SeriesChange,
  seriesChanges,
} from '../store/series-changes.ts';
import { versionNames } from '../store/versions.ts';
import { workspaceIdentity } from '../store/workspace.ts';
import { moveAside, ORPHANS } from './orphans.ts';
import { type ClaimedFolder, type Ownership, ownershipOf } from './ownership.ts';

/** The folders of a workspace that Regimen keeps in order. */
export interface SweepDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly candleFolder: string;
  readonly checkpointFolder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

interface SweptFile {
  readonly path: string;
  readonly bytes: number;
}

export interface SweepPlan {
  /** Files that were never finished, and former candles that no run needs any more: they go. */
  readonly files: readonly SweptFile[];
  /** Finished ones that nothing in the database names: they are moved aside. */
  readonly orphans: readonly SweptFile[];
  /** The same where another workspace or another state of this one wrote last: they stay. */
  readonly left: readonly SweptFile[];
  /** Runs that are said to be kept, but whose model file is not there. Nothing is done about them. */
  readonly missing: readonly { readonly id: number; readonly artifact_file: string }[];
  /** Records of the former candles among `files`. */
  readonly former: readonly string[];
  /** Changes of series that can be undone no more: what they kept is among `files`. */
  readonly changes: readonly number[];
}

/** A registration in another process has its files in place just before their row. */
const VERSION_GRACE_MS = 600_000;
/** An import in another process writes its file just before its row. */
const CANDLE_GRACE_MS = 60_000;

/**
 * Finds what a crash can leave: files without a row. No other process may be training in the workspace: it writes model
 * files just before their rows. `asked`: by a person, who may know better than a mark which state of the database is the newest.
 */
export function planSweep(deps: SweepDeps, asked: boolean): SweepPlan {
  const { store, artifacts, checkpointFolder } = deps;
  const identity = workspaceIdentity(store);
  const { needed, unneeded } = examineFormer(store);
  const folders = [modelFiles(deps), candleFiles(deps, needed, unneeded)].map((files) => ({
    ...files,
    ownership: ownershipOf(files.folder, identity, dirname(deps.candleFolder)),
  }));
  const may = (ownership: Ownership) => ownership === 'own' || (asked && ownership === 'aside');
  const of = (folder: string, entries: readonly FolderEntry[]) =>
    entries.map(({ name, bytes }) => ({ path: join(folder, name), bytes }));
  const checkpoints = unfinishedFiles(listFolder(checkpointFolder), isCheckpointName);
  const hasCandles = may(folders[1]!.ownership);
  const former = hasCandles ? unneeded.map(({ file }) => file) : [];
  const changes = hasCandles ? seriesChanges(store).filter(({ at }) => at < deps.now() - CHANGE_KEPT_MS) : [];
  const goes = unneededFiles(store, former, changes);
  return {
    files: [
      ...folders.flatMap((f) => (may(f.ownership) ? of(f.folder, f.unfinished) : [])),
      ...of(checkpointFolder, checkpoints),
      ...of(
        deps.candleFolder,
        listFolder(deps.candleFolder).filter(({ name }) => goes.has(name)),
      ),
    ],
    orphans: [
      ...folders.flatMap((f) => (may(f.ownership) ? of(f.folder, f.orphans) : [])),
      // Whose the folder of runs' models is, theirs is, too.
      ...(may(folders[0]!.ownership) ? unclaimedVersions(deps) : []),
    ],
    left: folders.flatMap((f) => (may(f.ownership) ? [] : of(f.folder, f.orphans))),
    missing: missingModels(listFolder(artifacts.path), keptModels(store)),
    former,
    changes: changes.map(({ id }) => id),
  };
}

/** Folders of versions' files. */
export function foldersOfVersions({ candleFolder }: Pick<SweepDeps, 'candleFolder'>): string[] {
  const models = join(dirname(candleFolder), MODELS);
  return versionFolders(models).map((name) => join(models, name));
}

/** Models and manifests of versions that were never registered: whoever wrote them was killed before. */
function unclaimedVersions(deps: SweepDeps): SweptFile[] {
  const known = new Set(versionNames(deps.store).map(({ name, version }) => `${name}/${version}`));
  return foldersOfVersions(deps).flatMap((folder) =>
    listFolder(folder).flatMap(({ name: file, isFile, bytes, modifiedAt }) => {
      const found = isFile ? versionOfPath(`${basename(folder)}/${file}`) : undefined;
      const isOld = modifiedAt < deps.now() - VERSION_GRACE_MS;
      return found === undefined || !isOld || known.has(`${found.name}/${found.version}`)
        ? []
        : [{ path: join(folder, file), bytes }];
    }),
  );
}

interface FolderFiles {
  readonly folder: string;
  readonly unfinished: readonly FolderEntry[];
  readonly orphans: readonly FolderEntry[];
}

function modelFiles({ store, artifacts }: SweepDeps): FolderFiles {
  const names = [...keptModels(store).map((run) => run.artifact_file), ...refitFiles(store)];
  const isModel = (name: string) => isArtifactName(name);
  return filesOf(artifacts.path, listFolder(artifacts.path), isModel, new Set(names));
}

function candleFiles(
  { store, candleFolder, now }: SweepDeps,
  needed: readonly FormerCandles[],
  unneeded: readonly FormerCandles[],
): FolderFiles {
  const entries = listFolder(candleFolder).filter((entry) => entry.modifiedAt < now() - CANDLE_GRACE_MS);
  const names = [...allSeries(store), ...needed, ...unneeded, ...filesOfChanges(store)].map(
    (row) => row.file,
  );
  return filesOf(candleFolder, entries, isCandleFileName, new Set(names));
}

function filesOf(
  folder: string,
  entries: readonly FolderEntry[],
  isOurs: (name: string) => boolean,
  referenced: ReadonlySet<string>,
): FolderFiles {
  const mark = readMark(folder);
  const others = new Set(typeof mark === 'object' ? mark.others : []);
  return {
    folder,
    unfinished: unfinishedFiles(entries, (name) => name === MARK_NAME || isOurs(name)),
    orphans: orphanFiles(entries, isOurs, referenced).filter(({ name }) => !others.has(name)),
  };
}

/** The folders that a process which is about to train marks as this workspace's; see `claimFolders`. */
export function foldersToClaim(deps: SweepDeps): ClaimedFolder[] {
  const { needed, unneeded } = examineFormer(deps.store);
  const files = [() => modelFiles(deps), () => candleFiles(deps, needed, unneeded)];
  return [deps.artifacts.path, deps.candleFolder].map((path, i) => ({
    path,
    unknown: () => files[i]!().orphans.map(({ name }) => name),
  }));
}

/** Former candle files by whether a run that can be opened needs one of the views they are kept for. */
function examineFormer(store: Store): { needed: FormerCandles[]; unneeded: FormerCandles[] } {
  const former = formerCandles(store);
  if (former.length === 0) return { needed: [], unneeded: [] };
  const inUse = new Set(viewsInUse(store).map(({ digest }) => digest));
  const { needed = [], unneeded = [] } = Object.groupBy(former, ({ views }) =>
    views.some((view) => inUse.has(view)) ? 'needed' : 'unneeded',
  );
  return { needed, unneeded };
}

/** Candle files that nothing names once these records are gone. */
function unneededFiles(
  store: Store,
  former: readonly string[],
  changes: readonly SeriesChange[],
): ReadonlySet<string> {
  const gone = new Set([...former, ...changes.flatMap(filesOfChange).map(({ file }) => file)]);
  const ids = new Set(changes.map(({ id }) => id));
  const kept = seriesChanges(store).filter(({ id }) => !ids.has(id));
  const stay = [
    ...allSeries(store),
    ...formerCandles(store).filter(({ file }) => !former.includes(file)),
    ...kept.flatMap(filesOfChange),
  ];
  for (const { file } of stay) gone.delete(file);
  return gone;
}

/** Rows first, in one transaction; then the files. */
export function applySweep({ store, artifacts, now }: SweepDeps, plan: SweepPlan): void {
  if (plan.former.length + plan.changes.length > 0) {
    store.transaction(() => {
      for (const file of plan.former) deleteFormerCandles(store, file);
      for (const id of plan.changes) deleteChange(store, id);
    });
  }
  for (const { path } of plan.files) rmSync(path, { force: true });
  moveAside(
    plan.orphans.map(({ path }) => path),
    join(artifacts.path, ORPHANS),
    { now: now(), reason: 'nothing in the database of the workspace names it' },
  );
}
