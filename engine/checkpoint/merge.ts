import { ANY, type Champion, type Decision, sameScope } from '../selection/champion.ts';
import { decide } from '../selection/decide.ts';
import { AS_MARKED } from '../selection/standing.ts';
import { allChampions } from '../store/champions.ts';
import { auditRow, championOf } from '../store/result-rows.ts';
import type { AuditTable, ChampionsTable } from '../store/schema.ts';
import type { RestoreDeps } from './restore.ts';
import type { KnownRun } from './restored-runs.ts';
import type { CheckpointChampion, CheckpointRun } from './schema.ts';

/** What champions of a checkpoint change among those of the workspace. */
export interface ChampionMerge {
  readonly added: readonly ChampionsTable[];
  readonly removed: readonly Champion[];
  /** Runs that are champion of nothing any more and whose model files go. */
  readonly released: readonly number[];
  /** Runs that are champion of something in the end. */
  readonly needed: ReadonlySet<number>;
  readonly audit: readonly Omit<AuditTable, 'id'>[];
}

/**
 * Decides which champions of a checkpoint come back. One whose place is free takes it; where others hold all places, the
 * ordinary rules of selection decide between them. A champion without its model is none. `pushes`: see `pushesIn`.
 */
export function mergeChampions(
  { store, rules, now }: RestoreDeps,
  champions: Iterable<CheckpointChampion>,
  runs: ReadonlyMap<string, KnownRun>,
  withModel: ReadonlySet<string>,
  pushes: ReadonlySet<string>,
): ChampionMerge {
  const uuids = new Map([...runs].map(([uuid, { id }]) => [id, uuid]));
  // Those that are damaged make room for what the checkpoint says of them.
  const before = allChampions(store, idsOf(runs)).map(championOf);
  let current: readonly Champion[] = before;
  const rows = new Map<Champion, ChampionsTable>();
  const released = new Set<number>();
  const audit: Omit<AuditTable, 'id'>[] = [];

  for (const { run, ...rest } of champions) {
    const known = runs.get(run);
    if (known === undefined || (!withModel.has(run) && known.row?.artifact_file == null)) continue;
    const row: ChampionsTable = {
      ...rest,
      score: Number(rest.score),
      run_id: known.id,
      achieved_at: rest.achieved_at,
    };
    const { symbol, timeframe, regime, strategy_index: strategyIndex, score, trades, stale } = row;
    if (stale !== null) {
      // It stood aside: it takes no place from anyone.
      const aside = championOf(row);
      if (current.some((champion) => isSamePlace(champion, aside))) continue;
      current = [...current, aside];
      rows.set(aside, row);
      continue;
    }
    const outcome = decide(
      {
        runId: known.id,
        symbol,
        timeframe,
        examinations: [{ regime, strategyIndex, score, trades, ineligible: null }],
      },
      current,
      // The scope it was champion in, whatever is configured by now.
      { ...rules, scope: symbol === ANY ? 'regime' : 'symbol_timeframe_regime' },
      AS_MARKED,
    );
    current = outcome.champions;
    for (const champion of outcome.added) rows.set(champion, row);
    for (const id of outcome.released) released.add(id);
    audit.push(
      ...outcome.decisions.filter((d) => isNews(d, known) && !isTold(d)).map((d) => auditRow(d, now())),
    );
  }

  /** The rows of a run that comes back say who took the place of the old one: this run, or one between them. */
  function isTold({ runId, regime, oldRunId }: Decision): boolean {
    if (oldRunId === null || before.every((champion) => champion.runId !== oldRunId)) return false;
    const old = uuids.get(oldRunId);
    const isBack = runs.get(uuids.get(runId) ?? '')?.row === undefined;
    return isBack && old !== undefined && pushes.has(pushOf(regime, old));
  }

  const after = new Set(current);
  const needed = new Set(current.map((champion) => champion.runId));
  return {
    added: current.flatMap((champion) => rows.get(champion) ?? []),
    removed: before.filter((champion) => !after.has(champion)),
    released: [...released].filter((id) => !needed.has(id)),
    needed,
    audit,
  };
}

export function idsOf(runs: ReadonlyMap<string, KnownRun>): Set<number> {
  return new Set([...runs.values()].map(({ id }) => id));
}

/** Who lost a place in which regime, by the audit rows of a checkpoint's runs. */
export function* pushesIn({ audit }: Pick<CheckpointRun, 'audit'>): Generator<string> {
  for (const { decision, regime, old_run: old } of audit) {
    if (decision === 'champion' && old !== null) yield pushOf(regime, old);
  }
}

const pushOf = (regime: string, uuid: string) => `${uuid} ${regime}`;

function isSamePlace(a: Champion, b: Champion): boolean {
  return a.runId === b.runId && sameScope(a, b);
}

/**
 * What the audit trail does not say yet. The rows of a run that comes back tell how it became champion; that a run which
 * is there lost its place is known, too.
 */
function isNews(decision: Decision, run: KnownRun): boolean {
  if (decision.runId !== run.id) return true;
  const isNew = run.row === undefined;
  return decision.decision === 'champion' ? !isNew || decision.oldRunId !== null : isNew;
}
