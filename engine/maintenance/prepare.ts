import { counted } from '../contract/counted.ts';
import type { Feed } from '../log/feed.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import { queuesInStates } from '../store/queues.ts';
import { type CleanupDeps, tidy } from './cleanup.ts';
import { claimFolders } from './ownership.ts';
import { applySweep, foldersToClaim, planSweep, type SweepDeps, type SweepPlan } from './sweep.ts';

const SAYS = { source: 'maintenance/prepare:prepareFolders' } as const;

/**
 * Puts the folders of a workspace in order, by a process that is about to train: what crashes left goes, what no run claims is
 * moved aside, what is old is removed or compressed. Then the folders are marked as this workspace's.
 * @throws EngineError `conflict` where one is another's, `file-unreadable` where one can't be written to
 */
export function prepareFolders(
  deps: CleanupDeps & { readonly workspace: string; readonly feed: Feed },
  queueId: number,
): void {
  // Of another queue that is being trained files may be a step ahead of their rows.
  if (queuesInStates(deps.store, ACTIVE_STATES).every(({ id }) => id === queueId)) {
    try {
      const plan = planSweep(deps, false);
      applySweep(deps, plan);
      const { files, orphans } = plan;
      if (files.length > 0)
        deps.feed.info(null, `${counted(files.length, 'unfinished file')} removed.`, SAYS);
      if (orphans.length > 0) {
        const text = `${counted(orphans.length, 'file')} that no run claims moved to ${deps.artifacts.path}/orphans.`;
        deps.feed.warn(null, text, SAYS);
      }
      tidy(deps, { dryRun: false });
    } catch (error) {
      // That there is something left over is no reason not to train.
      deps.feed.warn(null, `What a crash may have left was not removed: ${(error as Error).message}`, SAYS);
    }
  }
  claimFolders(deps.store, deps.workspace, foldersToClaim(deps));
}

/** What somebody who looks at the workspace should know about its files. */
export function folderNotes(deps: SweepDeps): string[] {
  const { artifacts, store } = deps;
  if (queuesInStates(store, ACTIVE_STATES).length > 0) return [];
  const { left, missing } = planSweep(deps, false);
  return [...leftText(left, artifacts.path), ...missingText(missing, artifacts.path)];
}

function leftText(left: SweepPlan['left'], folder: string): string[] {
  if (left.length === 0) return [];
  return [
    `${counted(left.length, 'file')} of models or candles, the first ${left[0]!.path}, ${left.length === 1 ? 'is' : 'are'} named by nothing in this database, and others wrote to ${folder} after it or before. ${left.length === 1 ? 'It stays' : 'They stay'} where ${left.length === 1 ? 'it is' : 'they are'}. Was the workspace copied without regimen.db-wal, or does it share the folder? "cleanup" moves aside what is its own.`,
  ];
}

function missingText(missing: SweepPlan['missing'], folder: string): string[] {
  if (missing.length === 0) return [];
  return [
    `The model ${missing.length === 1 ? 'file' : 'files'} of ${counted(missing.length, 'kept run')} ${missing.length === 1 ? 'is' : 'are'} missing from ${folder} (the first: ${missing[0]!.artifact_file}). Bring ${missing.length === 1 ? 'it' : 'them'} back from a backup or checkpoint, or train ${missing.length === 1 ? 'its configuration' : 'their configurations'} again.`,
  ];
}
