import type { Basis } from '../binding/basis.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { strategyAxes } from '../binding/settings.ts';
import { storedJson } from '../contract/stored-json.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { EvaluationTable } from '../pipeline/evaluation-table.ts';
import { figure, SCORES } from '../selection/candidates.ts';
import { type Champion, type Decision, NO_RIVAL, placeOf, sameScope } from '../selection/champion.ts';
import { decide, type SelectionOutcome } from '../selection/decide.ts';
import { allChampions, insertChampion, removeChampion } from '../store/champions.ts';
import { championOf, championRow } from '../store/result-rows.ts';
import type { RunRow } from '../store/runs.ts';
import { clearArtifact } from '../store/runs.ts';
import type { ChampionsTable } from '../store/schema.ts';
import { examineRun } from './chances.ts';
import type { Staleness } from './evaluation-survey.ts';
import type { FreshScore } from './rescore.ts';
import { noteChampions, recordDecisions, recordOthers, type SelectDeps, standingToday } from './select.ts';

/** What a run is that was evaluated again. */
export interface EvaluatedModel {
  readonly run: RunRow;
  readonly cell: ResolvedCell;
  readonly staleness: Staleness;
}

export interface EvaluatedSelectDeps extends SelectDeps {
  /**
   * Why a champion whose turn is still to come can't be compared with yet, in words that complete "… since it was chosen";
   * undefined for all others.
   */
  readonly waits: (champion: Champion) => string | undefined;
}

export interface EvaluatedSelection {
  readonly outcome: SelectionOutcome;
  /** Strategies that the run is champion with in the end, places aside that stay as they are. */
  readonly strategies: readonly number[];
  /** Takes places away, before the run's strategies are others. */
  vacate(): void;
  /** Writes what was decided. */
  record(): void;
}

const AGAIN = "Evaluated again for today's data and rules";

/**
 * Decides what a run is champion of that was evaluated again: as if it had just been trained, in each regime where its figures
 * are others; where they are not, it stays what it is. A place in a regime that is not tested any more stays, too, while its strategy
 * is one of today's.
 */
export function selectEvaluated(
  deps: EvaluatedSelectDeps,
  { run, cell, staleness }: EvaluatedModel,
  table: EvaluationTable,
): EvaluatedSelection {
  const { store, config, now, freshScores } = deps;
  const { evaluation, model_management } = config;
  const { title } = SCORES[evaluation.score];
  const { symbol, timeframe } = run;
  const today = { basis: cell.basis, symbol, timeframe };
  const all = allChampions(store);
  const rows = new Map(all.map((row) => [placeOf(championOf(row)), row]));
  const own = all.filter((row) => row.run_id === run.id);
  const former = own.filter(({ regime }) => staleness.regimes.has(regime));
  const untested = own.filter(({ regime }) => !table.regimeNames.includes(regime));
  const carried = untested.flatMap((row) => carriedOver(row, run, table) ?? []);
  const dropped = untested.filter((row) => !carried.some((place) => isPlace(place, row)));
  const leaving = new Set([...former, ...dropped]);
  const taken = new Map<string, FreshScore>();
  const { examinations, hopefuls } = examineRun(freshScores.chances, evaluation, cell.configuration, table);
  const outcome = decide(
    {
      runId: run.id,
      symbol,
      timeframe,
      examinations: examinations.filter(({ regime }) => staleness.regimes.has(regime)),
    },
    all.filter((row) => !leaving.has(row)).map(championOf),
    { ...evaluation, ...model_management },
    (champion) => {
      const reason = deps.waits(champion);
      if (reason !== undefined) return { kind: 'stale', reason };
      const place = placeOf(champion);
      const { standing, fresh } = standingToday(deps, rows.get(place)!, place, today);
      if (fresh !== undefined) taken.set(place, fresh);
      return standing;
    },
  );

  /** What became of a place that the run had. */
  function afterwards(row: ChampionsTable): Decision {
    const verdict = outcome.decisions.find((d) => d.runId === run.id && sameScope(d, row));
    const scope = { symbol: row.symbol, timeframe: row.timeframe, regime: row.regime, runId: run.id };
    if (verdict === undefined) {
      const reason = dropped.includes(row) ? NO_STRATEGY : 'champions are chosen among others now.';
      const figures = { strategyIndex: row.strategy_index, newScore: Number.NaN, trades: row.trades };
      const before = { ...NO_RIVAL, oldScore: null, oldStoredScore: row.score };
      return { ...scope, ...figures, ...before, decision: 'pushed_out', reason: `${AGAIN}: ${reason}` };
    }
    const { strategyIndex, newScore, trades } = verdict;
    const figures = { strategyIndex, newScore, trades, ...NO_RIVAL };
    const before = { oldScore: newScore, oldStoredScore: row.score };
    const stays = verdict.decision === 'champion';
    const reason = stays
      ? `${title} ${figure(newScore)} with ${trades} trades; it was ${figure(row.score)} before.`
      : `${verdict.reason} It was ${figure(row.score)} before.`;
    return {
      ...scope,
      ...figures,
      ...before,
      decision: stays ? 'rescored' : 'pushed_out',
      reason: `${AGAIN}: ${reason}`,
    };
  }

  const decisions = [
    ...outcome.decisions.filter(
      (d) => d.runId !== run.id || d.oldRunId !== null || !former.some((row) => sameScope(d, row)),
    ),
    ...[...leaving].map(afterwards),
  ];
  return {
    outcome,
    strategies: [...outcome.added, ...carried.map(championOf)].map(({ strategyIndex }) => strategyIndex),
    vacate() {
      for (const row of [...leaving, ...carried]) removeChampion(store, championOf(row));
    },
    record() {
      const by = { runId: run.id, rows, taken, table, hopefuls };
      for (const champion of outcome.removed) removeChampion(store, champion);
      for (const champion of outcome.added) {
        const before = former.find((row) => isPlace(row, championRow(champion, table, 0)));
        insertChampion(store, championRow(champion, table, before?.achieved_at ?? now()));
      }
      noteChampions(deps, outcome, by);
      for (const row of carried) insertChampion(store, row);
      recordOthers(deps, outcome, by);
      for (const released of outcome.released) clearArtifact(store, released);
      recordDecisions(deps, decisions, by);
    },
  };
}

const NO_STRATEGY = 'its strategy is no longer in the inference grid, and its regime is not tested.';

const isPlace = (a: ChampionsTable, b: ChampionsTable) => placeOf(championOf(a)) === placeOf(championOf(b));

/**
 * A place in a regime that is not tested today, as it stays: its figures rest on what the run's rested on before, and its strategy
 * has today's number. Undefined where there is no such strategy any more.
 */
function carriedOver(row: ChampionsTable, run: RunRow, table: EvaluationTable): ChampionsTable | undefined {
  const wanted = strategyGrid(strategyAxes(storedJson<Basis>(run.basis, 'what a run was trained on')))[
    row.strategy_index
  ];
  const strategy_index = table.strategies.findIndex(
    (strategy) =>
      strategy.predictionMethod === wanted?.predictionMethod &&
      strategy.ensembleMethod === wanted.ensembleMethod &&
      strategy.confidenceThreshold === wanted.confidenceThreshold &&
      strategy.lookbackWindow === wanted.lookbackWindow,
  );
  return strategy_index < 0 ? undefined : { ...row, strategy_index, basis: row.basis ?? run.basis };
}
