import { insertAudit } from '../store/champions.ts';
import { type Store, sqlBuilder } from '../store/database.ts';
import { noteUncounted } from '../store/luck.ts';
import { replaceRun, runOfDamagedUuid, unsoundRuns } from '../store/mend.ts';
import { insertRun, type RunRow } from '../store/runs.ts';
import { unsoundOwners } from '../store/soundness.ts';
import { LACKS_TABLE, setTable, storedTable } from '../store/tables.ts';
import type { Checkpoint } from './checkpoint.ts';
import { digestOfTable } from './present.ts';
import type { CheckpointRun, CheckpointRunIdentity } from './schema.ts';

/** A run of the checkpoint in this workspace: `row` as it was before, undefined if it comes back only now. */
export interface KnownRun {
  readonly id: number;
  readonly row: (Pick<RunRow, 'id' | 'artifact_file'> & { readonly lacksTable?: boolean }) | undefined;
  /** Whether rows of it are damaged, and replaced by those of the checkpoint. */
  readonly isDamaged?: boolean;
}

/** Runs keep their numbers if all of those are free; else they get new ones in the same order. */
export function numberRuns(
  store: Store,
  identities: readonly CheckpointRunIdentity[],
): Map<string, KnownRun> {
  const byUuid = store.prepare(`SELECT id, artifact_file, ${LACKS_TABLE} AS lacks FROM runs WHERE uuid = ?`);
  const byNumber = store.prepare('SELECT 1 FROM runs WHERE id = ?');
  const runs = new Map<string, KnownRun>();
  let allFree = true;
  for (const { uuid, id } of identities) {
    const found = byUuid.get(uuid) as (Pick<RunRow, 'id' | 'artifact_file'> & { lacks: 0 | 1 }) | undefined;
    const row =
      found === undefined
        ? runOfDamagedUuid(store, { id, uuid })
        : { id: found.id, artifact_file: found.artifact_file, lacksTable: found.lacks === 1 };
    runs.set(uuid, { id: row?.id ?? id, row });
    allFree &&= row !== undefined || byNumber.get(id) === undefined;
  }
  if (allFree) return runs;
  const last = store.first(sqlBuilder.selectFrom('runs').select((e) => e.fn.max('id').as('id')));
  let next = (last?.id ?? 0) + 1;
  return new Map(
    [...runs].map(([uuid, run]) => [uuid, run.row === undefined ? { ...run, id: next++ } : run]),
  );
}

/** A damaged run has the model that the checkpoint has of it, where it is no longer known which file that was. */
export function markDamaged(
  store: Store,
  runs: ReadonlyMap<string, KnownRun>,
  models: ReadonlyMap<string, string>,
): Map<string, KnownRun> {
  const there = [...runs.values()].filter(({ row }) => row !== undefined).map(({ id }) => id);
  const damaged = unsoundRuns(store, there);
  const states = unsoundOwners(store, 'run_states', there);
  return new Map(
    [...runs].map(([uuid, run]) => {
      if (run.row === undefined || !damaged.has(run.id)) return [uuid, run];
      const artifact_file = states.has(run.id) ? (models.get(uuid) ?? null) : run.row.artifact_file;
      return [uuid, { id: run.id, row: { id: run.id, artifact_file }, isDamaged: true }];
    }),
  );
}

/** Writes the rows of runs that come back or are damaged; in a transaction. `kept`: model files by UUID. */
export function insertRuns(
  store: Store,
  checkpoint: Checkpoint,
  runs: ReadonlyMap<string, KnownRun>,
  kept: ReadonlyMap<string, string>,
): void {
  const isWanted = (uuid: string) => {
    const { row, isDamaged } = runs.get(uuid)!;
    return row === undefined || isDamaged === true || row.lacksTable === true;
  };
  for (const run of checkpoint.runs(isWanted)) {
    const { id, row, isDamaged } = runs.get(run.uuid)!;
    if (row !== undefined && isDamaged !== true) {
      bringTable(store, id, run);
      continue;
    }
    const file = row === undefined ? (kept.get(run.uuid) ?? null) : row.artifact_file;
    writeRun(store, run, { id, file, there: row !== undefined }, runs);
  }
  for (const [uuid, file] of kept) {
    const { id, row } = runs.get(uuid)!;
    if (row?.artifact_file !== null) continue;
    store.run(sqlBuilder.updateTable('runs').set({ artifact_file: file, kept: 1 }).where('id', '=', id));
  }
}

/** A sound run without its table has that of an older checkpoint, where it was not evaluated otherwise since. */
function bringTable(store: Store, id: number, { results, run_key, evaluation_keys }: CheckpointRun): void {
  if (results === null) return;
  const row = store.prepare('SELECT run_key, evaluation_keys FROM runs WHERE id = ?').get(id) as Pick<
    RunRow,
    'run_key' | 'evaluation_keys'
  >;
  if (row.run_key === run_key && row.evaluation_keys === evaluation_keys) setTable(store, id, results);
}

/**
 * The table of a run: that of the checkpoint where it has one, else that of the damaged row in whose place the run comes, where it is
 * the one that was written.
 */
function tableOf(
  store: Store,
  results: Uint8Array | null,
  digest: string | null,
  damaged: number | undefined,
): Uint8Array | null {
  if (results !== null) return Buffer.from(results);
  const there = damaged === undefined || digest === null ? null : storedTable(store, damaged);
  return there !== null && digestOfTable(there) === digest ? there : null;
}

/** Of a run that comes back, or whose damaged rows are replaced: `there`. */
function writeRun(
  store: Store,
  { strategies, audit, results_digest, ...run }: CheckpointRun,
  { id, file, there }: { readonly id: number; readonly file: string | null; readonly there: boolean },
  runs: ReadonlyMap<string, KnownRun>,
): void {
  const decisions = audit.map(({ old_run: old, ...entry }) => ({
    ...entry,
    old_run_id: old === null ? null : numberOf(store, old, runs),
  }));
  const results = tableOf(store, run.results, results_digest, there ? id : undefined);
  const row = { ...run, results, artifact_file: file, kept: file === null ? 0 : 1 };
  if (there) {
    replaceRun(store, id, { row, strategies, audit: decisions });
    return;
  }
  insertRun(store, { ...row, id }, strategies);
  noteUncounted(store, run);
  for (const decision of decisions) insertAudit(store, { ...decision, run_id: id });
}

function numberOf(store: Store, uuid: string, runs: ReadonlyMap<string, KnownRun>): number | null {
  const known = runs.get(uuid)?.id;
  if (known !== undefined) return known;
  return store.first(sqlBuilder.selectFrom('runs').select('id').where('uuid', '=', uuid))?.id ?? null;
}
