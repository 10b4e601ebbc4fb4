import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { isArtifactName } from '../artifacts/folder.ts';
import { lostModels, orphanFiles } from '../artifacts/orphans.ts';
import { viewsInUse } from '../binding/views-in-use.ts';
import { isCheckpointName } from '../checkpoint/folder.ts';
import { type FolderEntry, listFolder } from '../files/folder-listing.ts';
import { isCandleFileName } from '../market/candle-file.ts';
import { allChampions, insertAudit, removeChampion } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { deleteFormerCandles, type FormerCandles, formerCandles } from '../store/former-candles.ts';
import { clearArtifact, keptModels } from '../store/runs.ts';
import { allSeries } from '../store/series.ts';

/** The folders of a workspace that Regimen keeps in order. */
export interface SweepDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly candleFolder: string;
  readonly checkpointFolder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export interface SweepPlan {
  /** Paths and sizes of files to remove. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Runs that are said to be kept, but whose model file is not there. */
  readonly lost: readonly { readonly id: number; readonly artifact_file: string }[];
  /** Candle files, among `files`, that were kept for runs whose model is gone. */
  readonly former: readonly string[];
}

/** An import in another process writes its file just before its row. */
const CANDLE_GRACE_MS = 60_000;

/**
 * Finds what a crash can leave: files without a row and rows without a file. No other process may be training in the
 * workspace: it writes model files just before their rows. `evenAll`: also where all models are missing at once.
 */
export function planSweep(deps: SweepDeps, evenAll: boolean): SweepPlan {
  const { store, artifacts, candleFolder, checkpointFolder, now } = deps;
  const kept = keptModels(store);
  const models = listFolder(artifacts.path);
  const candles = listFolder(candleFolder).filter((entry) => entry.modifiedAt < now() - CANDLE_GRACE_MS);
  const checkpoints = listFolder(checkpointFolder);
  const files = (folder: string, entries: readonly FolderEntry[]) =>
    entries.map(({ name, bytes }) => ({ path: join(folder, name), bytes }));
  const { needed, unneeded } = examineFormer(store);
  const series = new Set([...allSeries(store), ...needed].map((row) => row.file));
  return {
    files: [
      ...files(
        artifacts.path,
        orphanFiles(models, (name) => isArtifactName(name), new Set(kept.map((run) => run.artifact_file))),
      ),
      ...files(candleFolder, orphanFiles(candles, isCandleFileName, series)),
      // Nothing refers to a checkpoint: of these only unfinished ones go.
      ...files(
        checkpointFolder,
        orphanFiles(checkpoints, isCheckpointName, new Set(checkpoints.map((entry) => entry.name))),
      ),
    ],
    lost: lostModels(models, kept, evenAll),
    former: unneeded.map(({ file }) => file),
  };
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

/** Rows first, in one transaction; then the files. */
export function applySweep({ store, now }: SweepDeps, { files, lost, former }: SweepPlan): void {
  if (lost.length + former.length > 0) {
    store.transaction(() => {
      forgetModels(store, lost, now());
      for (const file of former) deleteFormerCandles(store, file);
    });
  }
  for (const { path } of files) rmSync(path, { force: true });
}

/** Marks runs as not kept. Without its model a champion is none: it goes, and the audit trail says why. */
function forgetModels(store: Store, lost: SweepPlan['lost'], at: number): void {
  const files = new Map(lost.map((run) => [run.id, run.artifact_file]));
  for (const champion of allChampions(store)) {
    const file = files.get(champion.run_id);
    if (file === undefined) continue;
    const { symbol, timeframe, regime, run_id, strategy_index, score, trades } = champion;
    removeChampion(store, { symbol, timeframe, regime, runId: run_id });
    insertAudit(store, {
      at,
      run_id,
      symbol,
      timeframe,
      regime,
      decision: 'pushed_out',
      strategy_index,
      old_run_id: null,
      old_score: null,
      old_stored_score: null,
      new_score: Number.isFinite(score) ? score : null,
      margin: null,
      trades,
      reason: `Its model file ${file} is missing. Train its configuration again, or restore the file from a checkpoint or backup.`,
    });
  }
  for (const { id } of lost) clearArtifact(store, id);
}
