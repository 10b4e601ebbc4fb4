import type { Basis } from '../binding/basis.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { type ScoredRun, standingOf } from '../binding/standing.ts';
import type { Config } from '../config/schema.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type EvaluationTable, metricOf } from '../pipeline/evaluation-table.ts';
import { type Champion, type Decision, placeOf } from '../selection/champion.ts';
import { decide, type SelectionOutcome } from '../selection/decide.ts';
import type { Standing } from '../selection/standing.ts';
import {
  allChampions,
  insertAudit,
  insertChampion,
  markChampion,
  removeChampion,
  rescoreChampion,
} from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { auditRow, championOf, championRow } from '../store/result-rows.ts';
import { clearArtifact } from '../store/runs.ts';
import type { ChampionsTable } from '../store/schema.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { examineRun, type Hopeful } from './chances.ts';
import type { FreshScore, FreshScores } from './rescore.ts';

export interface SelectDeps {
  readonly store: Store;
  readonly config: Config;
  readonly freshScores: FreshScores;
  readonly now: () => number;
}

export interface Selected {
  readonly outcome: SelectionOutcome;
  /** Writes what was decided; in the transaction that inserts the run, after it. */
  record(): void;
}

/** Decides what a run becomes champion of, once each champion of its scopes stands where it stands today. */
export function selectRun(
  deps: SelectDeps,
  runId: number,
  cell: ResolvedCell,
  table: EvaluationTable,
): Selected {
  const { store, config, freshScores } = deps;
  const { evaluation, model_management } = config;
  const { chances } = freshScores;
  const { symbol, timeframe } = cell.configuration;
  const today = { basis: cell.basis, symbol, timeframe };
  const { rows, champions } = placesOf(allChampions(store));
  const taken = new Map<string, FreshScore>();
  const { examinations, hopefuls } = examineRun(chances, evaluation, cell.configuration, table);
  const outcome = decide(
    {
      runId,
      symbol,
      timeframe,
      examinations,
    },
    champions,
    { ...evaluation, ...model_management },
    (champion) => {
      const place = placeOf(champion);
      const { standing, fresh } = standingToday(deps, rows.get(place)!, place, today);
      if (fresh !== undefined) taken.set(place, fresh);
      return standing;
    },
  );
  return { outcome, record: () => record(deps, outcome, { runId, rows, taken, table, hopefuls }) };
}

interface Places {
  /** By place. */
  readonly rows: ReadonlyMap<string, ChampionsTable>;
  readonly champions: readonly Champion[];
}

/** By the rows that were read: they are the same until there is another champion. */
const knownPlaces = new WeakMap<readonly ChampionsTable[], Places>();

function placesOf(read: readonly ChampionsTable[]): Places {
  let places = knownPlaces.get(read);
  if (places === undefined) {
    const champions = read.map(championOf);
    places = { champions, rows: new Map(champions.map((champion, c) => [placeOf(champion), read[c]!])) };
    knownPlaces.set(read, places);
  }
  return places;
}

/** `fresh`: the score that it stands with, where that is another than it had. */
export function standingToday(
  { store, freshScores }: SelectDeps,
  row: ChampionsTable,
  place: string,
  today: ScoredRun,
): { readonly standing: Standing; readonly fresh?: FreshScore } {
  const { chances } = freshScores;
  const fresh = freshScores.scoreFor(place, today, row.regime);
  if (fresh !== undefined && chances === undefined && row.basis !== JSON.stringify(fresh.basis)) {
    const { score, trades } = fresh;
    return { standing: { kind: 'rescored', score, trades }, fresh };
  }
  const { basis, ...market } = scoredRun(store, row.run_id);
  const scored = {
    ...market,
    basis: readBasis(row.basis ?? basis),
  };
  const standing = standingOf(scored, today, row.regime);
  if (chances !== undefined) {
    const hopeful = chances.at(place) ?? fresh?.hopeful;
    const score = hopeful && chances.of(hopeful);
    if (standing.kind === 'current')
      return { standing: score === undefined ? standing : { ...standing, score } };
    if (fresh !== undefined && score !== undefined) {
      return { standing: { kind: 'rescored', score, trades: fresh.trades }, fresh };
    }
  }
  const obstacle = freshScores.obstacleOf(place);
  if (standing.kind !== 'stale' || obstacle === undefined) return { standing };
  return { standing: { ...standing, obstacle } };
}

/** By their text: champions of a market have few between them, and each is asked for with every result. */
const bases = new Map<string, Partial<Basis>>();
const MOST_BASES = 500;

function readBasis(text: string): Partial<Basis> {
  let basis = bases.get(text);
  if (basis === undefined) {
    basis = storedJson<Partial<Basis>>(text, 'what a champion was scored on');
    if (bases.size >= MOST_BASES) bases.clear();
    bases.set(text, basis);
  }
  return basis;
}

/** What was decided by. */
export interface DecidedBy {
  /** The run that was judged, and its figures. */
  readonly runId: number;
  readonly table: EvaluationTable;
  /** Champions as they were, by place. */
  readonly rows: ReadonlyMap<string, ChampionsTable>;
  /** Those that stand with another score, by place. */
  readonly taken: ReadonlyMap<string, FreshScore>;
  /** See `Examined`. */
  readonly hopefuls: ReadonlyMap<string, Hopeful>;
}

function record(deps: SelectDeps, outcome: SelectionOutcome, by: DecidedBy): void {
  const { store, now } = deps;
  for (const champion of outcome.removed) removeChampion(store, champion);
  for (const champion of outcome.added) insertChampion(store, championRow(champion, by.table, now()));
  noteChampions(deps, outcome, by);
  recordOthers(deps, outcome, by);
  for (const released of outcome.released) clearArtifact(store, released);
  recordDecisions(deps, outcome.decisions, by);
}

/** What is known of new champions is at hand when they are competed with. */
export function noteChampions(
  { freshScores: { chances } }: SelectDeps,
  { added }: Pick<SelectionOutcome, 'added'>,
  { hopefuls }: Pick<DecidedBy, 'hopefuls'>,
): void {
  for (const champion of added) {
    const hopeful = hopefuls.get(champion.regime);
    if (hopeful !== undefined) chances?.note(placeOf(champion), hopeful);
  }
}

/** Champions of other runs stand where they stand today. */
export function recordOthers(
  { store }: SelectDeps,
  { changed }: Pick<SelectionOutcome, 'changed'>,
  { taken }: DecidedBy,
): void {
  for (const champion of changed) {
    const fresh = taken.get(placeOf(champion));
    if (fresh === undefined) markChampion(store, champion);
    else rescoreChampion(store, champion, { ...fresh.figures, basis: JSON.stringify(fresh.basis) });
  }
}

export function recordDecisions(
  { store, config, now }: SelectDeps,
  decisions: readonly Decision[],
  { runId, table, rows, taken }: DecidedBy,
): void {
  const isSharpe = config.evaluation.score === 'sharpe';

  function errorOf(decision: Decision, run: number): number | null {
    if (!isSharpe) return null;
    if (run === runId) {
      const segment = 1 + table.regimeNames.indexOf(decision.regime);
      return metricOf(table, decision.strategyIndex, 'selection', segment, 'sharpeError');
    }
    const place = placeOf({ ...decision, runId: run });
    const champion = taken.get(place)?.figures ?? rows.get(place);
    return champion?.sharpe_error ?? null;
  }

  const made = decisions.map((decision) => {
    const { oldRunId, oldScore } = decision;
    const newScore = errorOf(decision, decision.runId);
    const ofOld = oldScore === null ? null : newScore;
    const errors = { newScore, oldScore: oldRunId === null ? ofOld : errorOf(decision, oldRunId) };
    return auditRow(decision, now(), errors);
  });
  insertAudit(store, ...made);
}
