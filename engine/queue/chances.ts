import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { regimeKey } from '../contract/words.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { type CellContender, figuresByName } from '../pipeline/contender-figure-names.ts';
import { type EvaluationTable, positionOf } from '../pipeline/evaluation-table.ts';
import { shapeIn } from '../pipeline/luck.ts';
import {
  type Examination,
  examineRegimes,
  figure,
  leastScore,
  SCORES,
  strategyRules,
} from '../selection/candidates.ts';
import { regimeResults } from '../selection/regime-results.ts';
import { familyWiseP } from '../statistics/coin-maxima.ts';
import type { Store } from '../store/database.ts';
import { hasUncounted, maximaNow } from '../store/luck.ts';
import { requireSurvivalModel } from '../store/survival.ts';
import { decodeSurvival, predictSurvival } from '../survival/model.ts';

/** A run's strategy in a regime, with what is known of it whatever else is tried. */
export interface Hopeful {
  readonly configuration: Configuration;
  readonly strategy: Strategy;
  readonly regime: string;
  /** CONTENDER_FIGURES. */
  readonly figures: Float64Array;
  /** S, by which it is held against what luck makes of all that was tried. */
  readonly luckScore: number;
}

/** How likely contenders make money after costs in their next window, as the version says that judges. */
export interface Chances {
  /** Against all that was tried in the contender's market and regime by now. */
  of(hopeful: Hopeful): number;
  /** What is known of the champion of a place, see `placeOf`; of those of before this pass, once they were looked at again. */
  at(place: string): Hopeful | undefined;
  note(place: string, hopeful: Hopeful): void;
}

/**
 * Undefined where champions are chosen by another score; `config` as `withJudge` has it.
 * @throws EngineError `artifact-damaged`, `not-found` where the version can't be had
 */
export function createChances(store: Store, { evaluation: { judge } }: Config): Chances | undefined {
  if (judge === undefined) return undefined;
  const model = decodeSurvival(requireSurvivalModel(store, judge.version).model);
  const champions = new Map<string, Hopeful>();
  const allCounted = new Set<string>();

  function isCounted(scope: { symbol: string; timeframe: string; regime: string }): boolean {
    const name = `${scope.symbol} ${scope.timeframe} ${scope.regime}`;
    if (!allCounted.has(name) && !hasUncounted(store, scope)) allCounted.add(name);
    return allCounted.has(name);
  }

  /** As it stands beside a champion: not known where not all is counted. */
  function pOf({ configuration, regime, luckScore }: Hopeful): number | undefined {
    const { symbol, timeframe } = configuration;
    const scope = { symbol, timeframe, regime: regimeKey(regime) };
    const maxima = maximaNow(store, scope);
    const isKnown = maxima !== undefined && !Number.isNaN(luckScore) && isCounted(scope);
    return isKnown ? familyWiseP(maxima, luckScore) : undefined;
  }

  return {
    of(hopeful) {
      const { configuration, strategy, regime, figures } = hopeful;
      const { symbol, timeframe, modelType, target, horizon, daysHistory } = configuration;
      const known = { symbol, timeframe, regime, modelType, target, horizon, daysHistory, strategy };
      return predictSurvival(model, [{ ...known, figures: figuresByName(figures, pOf(hopeful)) }])[0]!;
    },
    at: (place) => champions.get(place),
    note: (place, hopeful) => champions.set(place, hopeful),
  };
}

/** What selection goes by, of a run's strategies. */
export interface Examined {
  readonly examinations: readonly Examination[];
  /** Of those that may become champions, by regime, where they are judged by what survives. */
  readonly hopefuls: ReadonlyMap<string, Hopeful>;
}

/**
 * The best strategy of a run in each regime, and its score: where champions are chosen by what survives the best by Sharpe, and its chance.
 *
 * @param chances see `createChances`
 */
export function examineRun(
  chances: Chances | undefined,
  evaluation: Config['evaluation'],
  configuration: Configuration,
  table: EvaluationTable,
): Examined {
  const rules = strategyRules(evaluation);
  const results = regimeResults(table, SCORES[rules.score].metric);
  const examinations = examineRegimes(results, table.regimeNames, rules);
  if (chances === undefined) return { examinations, hopefuls: new Map() };
  const least = leastScore(evaluation);
  const hopefuls = new Map<string, Hopeful>();
  const judged = examinations.map((one): Examination => {
    if (one.ineligible !== null) return { ...one, score: Number.NaN };
    const { regime, strategyIndex } = one;
    const segment = 1 + table.regimeNames.indexOf(regime);
    const hopeful = {
      configuration,
      strategy: table.strategies[strategyIndex]!,
      regime,
      figures: figuresOf(table.contenders ?? [], one),
      luckScore:
        table.luck === undefined
          ? Number.NaN
          : shapeIn(table.luck, positionOf(table, strategyIndex), segment, 'score'),
    };
    hopefuls.set(regime, hopeful);
    const score = chances.of(hopeful);
    const ineligible =
      score > least ? null : `Its chance to survive is ${figure(score)}; it must be above ${figure(least)}.`;
    return { ...one, score, ineligible };
  });
  return { examinations: judged, hopefuls };
}

function figuresOf(
  contenders: readonly CellContender[],
  { regime, strategyIndex }: Pick<Examination, 'regime' | 'strategyIndex'>,
): Float64Array {
  const found = contenders.find((one) => one.regime === regime && one.strategyIndex === strategyIndex);
  if (found !== undefined) return found.figures;
  throw new EngineError(
    'internal',
    `Expected the figures of strategy ${strategyIndex} in ${regime}, found none.`,
  );
}
