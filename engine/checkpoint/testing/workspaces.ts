import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type ArtifactFolder, openArtifactFolder } from '../../artifacts/folder.ts';
import type { SelectionRules } from '../../selection/decide.ts';
import { insertAudit, insertChampion } from '../../store/champions.ts';
import { openStore, type Store, sqlBuilder } from '../../store/database.ts';
import { insertQueue, updateQueue } from '../../store/queues.ts';
import { insertRun } from '../../store/runs.ts';
import {
  exampleCell,
  exampleChampion,
  exampleModel,
  exampleRun,
  exampleStrategy,
  keptRun,
} from '../../store/testing/example-rows.ts';
import { placeQueue } from '../../store/testing/queue-state.ts';
import type { RestoredStates } from '../restore.ts';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
export const DAY = 86_400_000;
const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_score: 'auto',
  min_trades_per_regime: 10,
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};

export interface Workspace {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly folder: string;
  readonly now: () => number;
  readonly rules: SelectionRules;
  readonly states: RestoredStates;
}

/** Restored queues stay as they are. */
const UNCHANGED: RestoredStates = { assertRestorable: () => undefined, restored: () => undefined };

/** Workspaces of one test, removed after it. `statesOf`: what becomes of the states of queues. */
export function useWorkspaces(statesOf: (store: Store) => RestoredStates = () => UNCHANGED) {
  let root: string;
  const opened: Store[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(root, { recursive: true });
  });

  function workspace(name: string): Workspace {
    const path = join(root, name);
    mkdirSync(path);
    const store = openStore(join(path, 'regimen.db'));
    opened.push(store);
    return {
      store,
      artifacts: openArtifactFolder(() => join(path, 'artifacts')),
      folder: join(path, 'checkpoints'),
      now: () => NOW,
      rules: RULES,
      states: statesOf(store),
    };
  }

  return { workspace, fileIn: (name: string) => join(root, name) };
}

/** Two champions with models, a failed run, a rejected one and one trained before; two cells are left. */
export function fill({ store, artifacts }: Workspace): number {
  const champions = [keptRun(1), keptRun(2)];
  for (const run of champions) {
    artifacts.write(run.artifact_file, exampleModel(run.id));
    insertRun(store, run, [exampleStrategy(0), exampleStrategy(7)]);
  }
  const failed = {
    status: 'failed',
    results: null,
    importance: null,
    left_out: null,
    error: '{"code":"training-failed"}',
  } as const;
  insertRun(store, exampleRun(3, failed), []);
  insertRun(store, exampleRun(4), [exampleStrategy(0)]);
  insertRun(store, exampleRun(5), [exampleStrategy(0)]);
  insertChampion(store, exampleChampion(1, 'bull_trending', 1.25));
  insertChampion(store, exampleChampion(2, 'calm_ranging', 0.5));
  const audit = exampleAudit(4);
  for (const crowned of [1, 2]) insertAudit(store, { ...exampleAudit(crowned), decision: 'champion' });
  insertAudit(store, { ...audit, old_run_id: 1 });
  const states = ['completed', 'completed', 'failed', 'completed', 'skipped', 'pending', 'pending'] as const;
  const cells = states.map((state, i) => exampleCell(i + 1, state, state === 'pending' ? null : i + 1));
  const queueId = insertQueue(
    store,
    { name: 'Grid "ä"', spec: { symbols: ['EURUSD'] }, createdAt: NOW },
    cells,
  );
  placeQueue(store, queueId, 'paused');
  updateQueue(store, queueId, {
    priority: 3,
    crowned: 2,
    seconds: 12.5,
    retrain: 1,
  });
  return queueId;
}

function exampleAudit(runId: number) {
  return {
    at: NOW,
    run_id: runId,
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull_trending',
    decision: 'rejected',
    strategy_index: 0,
    old_run_id: null,
    old_score: 1.25,
    old_stored_score: 1.5,
    old_score_error: 2,
    new_score_error: 2.5,
    new_score: 1,
    margin: -0.25,
    trades: 40,
    reason: 'It does not beat the champion.',
  };
}

const TABLES = ['runs', 'strategies', 'champions', 'audit', 'cells'] as const;

/** The same of a workspace that came back from a checkpoint, which has no table of a run's strategies. */
export function withoutTables({ tables, ...rest }: ReturnType<typeof contents>): ReturnType<typeof contents> {
  const bare = (rows: Row[]) => rows.map((row) => ({ ...row, results: null }));
  return { ...rest, tables: tables.map(([name, rows]) => [name, name === 'runs' ? bare(rows) : rows]) };
}

type Row = Record<string, unknown>;

export function contents({ store, artifacts }: Workspace) {
  const tables = TABLES.map((table): [string, Row[]] => [
    table,
    store.all(sqlBuilder.selectFrom(table).selectAll()) as Row[],
  ]);
  const queues = store
    .all(sqlBuilder.selectFrom('queues').selectAll())
    .map(({ message: _message, ...queue }) => queue);
  const files = readdirSync(artifacts.path).map((name) => [
    name,
    Buffer.from(artifacts.read(name)).toString('hex'),
  ]);
  return { tables, queues, files };
}
