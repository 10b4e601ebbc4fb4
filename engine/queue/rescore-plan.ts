import type { Basis } from '../binding/basis.ts';
import type { Resolver, RevisitedModel } from '../binding/resolver.ts';
import { strategyAxes } from '../binding/settings.ts';
import { standingOf } from '../binding/standing.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { activeNames } from '../regimes/definition.ts';
import { ANY, placeOf } from '../selection/champion.ts';
import { allChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { championOf } from '../store/result-rows.ts';
import { findRun, type RunRow } from '../store/runs.ts';
import type { ChampionsTable } from '../store/schema.ts';
import type { DueCell } from './skip-trained.ts';

/** A champion's place, and where its strategy stands in today's inference grid. */
export interface RescoredPlace {
  /** See `placeOf`. */
  readonly place: string;
  readonly regime: string;
  readonly strategy: number;
}

/** A model to be evaluated again, with the places that it holds. */
export interface RescoreTask {
  readonly run: RunRow;
  readonly cell: RevisitedModel;
  readonly places: readonly RescoredPlace[];
}

/** Why a champion can't be scored again; completes "…, and". */
export interface Refusal {
  readonly place: string;
  readonly obstacle: string;
}

export interface RescorePlan {
  readonly tasks: readonly RescoreTask[];
  readonly refusals: readonly Refusal[];
}

/**
 * Champions that results of the pending cells will be compared with, and whose scores come from other bars, costs or rules
 * than today's: what is to be evaluated, and what can't be. `own`: runs that are left out.
 */
export function planRescoring(
  { store, config }: { readonly store: Store; readonly config: Config },
  pending: readonly DueCell[],
  resolver: Resolver,
  own: ReadonlySet<number> = new Set(),
): RescorePlan {
  const tested = new Set(activeNames(config.regimes.definitions));
  const dates = asOfDates(pending);
  const tasks = new Map<string, Omit<RescoreTask, 'places'> & { readonly places: RescoredPlace[] }>();
  const refusals: Refusal[] = [];

  function examine(champion: ChampionsTable, run: RunRow, asOf: number | null): void {
    const place = placeOf(championOf(champion));
    const trained = storedJson<Basis>(run.basis, 'what a run was trained on');
    if (trained.pipeline_version !== PIPELINE_VERSION) {
      refusals.push({ place, obstacle: 'a model of older rules can not be scored again' });
      return;
    }
    const cell = revisit(resolver, run, trained, asOf);
    if (cell === undefined) {
      refusals.push({ place, obstacle: 'its candles, or the costs of its market, are not there any more' });
      return;
    }
    const { symbol, timeframe } = run;
    const scored =
      champion.basis === null ? trained : storedJson<Basis>(champion.basis, 'what a champion was scored on');
    const today = { basis: cell.basis, symbol, timeframe };
    const standing = standingOf({ basis: scored, symbol, timeframe }, today, champion.regime);
    // A chance to survive changes with what is tried, and its figures are nowhere kept.
    if (standing.kind === 'current' && config.evaluation.judge === undefined) return;
    const strategy = positionIn(strategyGrid(strategyAxes(cell.basis)), trained, champion.strategy_index);
    if (strategy < 0) {
      refusals.push({ place, obstacle: 'its strategy is no longer in the inference grid' });
    } else if (learnedFrom(trained, cell.basis)) {
      refusals.push({ place, obstacle: "it learned from bars of today's selection window" });
    } else {
      const key = `${run.id} ${cell.basis.as_of}`;
      const task = tasks.get(key) ?? { run, cell, places: [] };
      task.places.push({ place, regime: champion.regime, strategy });
      tasks.set(key, task);
    }
  }

  if (pending.length > 0) {
    for (const champion of allChampions(store)) {
      const isInScope =
        config.evaluation.scope === 'regime'
          ? champion.symbol === ANY
          : dates.has(marketOf(champion.symbol, champion.timeframe));
      if (!isInScope || !tested.has(champion.regime) || own.has(champion.run_id)) continue;
      const run = findRun(store, champion.run_id)!;
      for (const asOf of dates.get(marketOf(run.symbol, run.timeframe)) ?? [null]) {
        examine(champion, run, asOf);
      }
    }
  }
  return { tasks: [...tasks.values()], refusals };
}

/** As-of dates of the cells by market, ms UTC: what is trained today mostly has one. */
function asOfDates(pending: readonly DueCell[]): ReadonlyMap<string, ReadonlySet<number>> {
  const dates = new Map<string, Set<number>>();
  for (const { cell } of pending) {
    const market = marketOf(cell.configuration.symbol, cell.configuration.timeframe);
    const known = dates.get(market) ?? new Set();
    known.add(Date.parse(cell.basis.as_of));
    dates.set(market, known);
  }
  return dates;
}

const marketOf = (symbol: string, timeframe: string) => `${symbol} ${timeframe}`;

/** Undefined where the market has no candles any more. */
function revisit(
  resolver: Resolver,
  run: RunRow,
  trained: Basis,
  asOf: number | null,
): RevisitedModel | undefined {
  try {
    return resolver.revisit(configurationOf(run), trained, asOf);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** Position of a run's strategy in today's grid; -1: it is not there. */
function positionIn(today: readonly Strategy[], trained: Basis, index: number): number {
  const wanted = strategyGrid(strategyAxes(trained))[index];
  return today.findIndex(
    (strategy) =>
      strategy.predictionMethod === wanted?.predictionMethod &&
      strategy.ensembleMethod === wanted.ensembleMethod &&
      strategy.confidenceThreshold === wanted.confidenceThreshold &&
      strategy.lookbackWindow === wanted.lookbackWindow,
  );
}

/** Whether a model was trained on bars that it would be scored on: no label reaches beyond its training window. */
function learnedFrom(trained: Basis, today: Basis): boolean {
  return Date.parse(trained.windows.training.to) > Date.parse(today.windows.start);
}
