import type { Basis } from '../binding/basis.ts';
import { robustnessKey, type ScoredChampion } from '../binding/robustness-key.ts';
import { strategyAxes } from '../binding/settings.ts';
import { configurationOf } from '../cells/columns.ts';
import { configHash } from '../cells/config-hash.ts';
import type { OtherSymbolDto, RobustnessDto, RobustnessOutcomeDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { ScoreMetric } from '../contract/words.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { CONTENDER_FIGURES } from '../pipeline/contender-figure-names.ts';
import { decodeResults } from '../pipeline/results-blob.ts';
import {
  BEST_TRADES,
  COST_FACTORS,
  RANDOM_QUANTILES,
  type RobustnessOutcome,
  type RobustnessReport,
} from '../pipeline/robustness.ts';
import { SCORES } from '../selection/candidates.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { ListedChampion } from '../store/champions.ts';
import { completedRuns } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import { finite } from '../store/figure-columns.ts';
import { readRobustness } from '../store/robustness.ts';
import { findRun } from '../store/runs.ts';
import { scoredRun } from '../store/scored-runs.ts';

/** A champion with what its figures rest on. */
export interface PlacedChampion extends ScoredChampion {
  readonly row: ListedChampion;
}

export function placedChampion(store: Store, row: ListedChampion): PlacedChampion {
  const trained = storedJson<Basis>(scoredRun(store, row.run_id).basis, `the basis of run ${row.run_id}`);
  return {
    row,
    configuration: configurationOf(row),
    trained,
    scored:
      row.basis === null ? trained : storedJson<Basis>(row.basis, `the basis of a champion of ${row.regime}`),
    regime: row.regime,
    strategy: {
      predictionMethod: row.prediction_method,
      ensembleMethod: row.ensemble_method,
      confidenceThreshold: row.confidence_threshold,
      lookbackWindow: row.lookback_window,
    },
  };
}

/** Where what was found of a champion is kept. */
export const placeOfRobustness = ({ scope_symbol, scope_timeframe, regime, run_id }: ListedChampion) => ({
  symbol: scope_symbol,
  timeframe: scope_timeframe,
  regime,
  run_id,
});

/**
 * Reads once what was found of champions: of one, null where nothing was, or what it was found of has changed. It is told by the score
 * that champions were chosen by then.
 */
export function robustnessReader(store: Store): (row: ListedChampion) => RobustnessDto | null {
  const found = readRobustness(store);
  return (row) => {
    const known = found(placeOfRobustness(row));
    if (known === undefined || row.sharpe === null) return null;
    const { key, figures } = known;
    return key === robustnessKey(placedChampion(store, row), figures.scoredBy) ? figures : null;
  };
}

export function robustnessDto(report: RobustnessReport, scoredBy: ScoreMetric): RobustnessDto {
  const { own, neighbors, neighborMedian, costs, late, withoutBest, random, contender } = report;
  return {
    scoredBy,
    breakEven: SCORES[scoredBy].breakEven,
    own: outcomeDto(own),
    neighbors: neighbors.map(({ axis, value, ...outcome }) => ({ axis, value, ...outcomeDto(outcome) })),
    neighborMedian: finite(neighborMedian),
    neighborRatio: own.score > 0 ? finite(neighborMedian / own.score) : null,
    costs: costs.map((outcome, k) => ({ factor: COST_FACTORS[k]!, ...outcomeDto(outcome) })),
    late: outcomeDto(late),
    withoutBest: { part: BEST_TRADES, ...outcomeDto(withoutBest) },
    random: {
      sets: random.sets,
      percentile: random.percentile,
      quantiles: random.quantiles.map((score, k) => ({ part: RANDOM_QUANTILES[k]!, score })),
    },
    contender: Object.fromEntries(CONTENDER_FIGURES.map((name, i) => [name, finite(contender[i]!)])),
  };
}

const outcomeDto = ({ score, trades }: RobustnessOutcome): RobustnessOutcomeDto => ({
  score: finite(score),
  trades,
});

/** What a champion's configuration and strategy came to on other symbols, from the figures of runs that are there. */
export function otherSymbols(
  store: Store,
  library: CandleLibrary,
  champion: PlacedChampion,
  score: ScoreMetric,
): OtherSymbolDto[] {
  const { configuration } = champion;
  const symbols = [...new Set(library.list().map(({ symbol }) => symbol))].sort();
  return symbols.flatMap((symbol): OtherSymbolDto[] => {
    if (symbol === configuration.symbol) return [];
    if (library.sources(symbol, configuration.timeframe).length === 0) return [];
    return [onSymbol(store, champion, symbol, score)];
  });
}

function onSymbol(
  store: Store,
  champion: PlacedChampion,
  symbol: string,
  score: ScoreMetric,
): OtherSymbolDto {
  const { trained, strategy, regime } = champion;
  const none = (missing: string) => ({ symbol, run: null, score: null, trades: 0, missing });
  const hash = configHash({ ...champion.configuration, symbol });
  const runs = completedRuns(store, [hash]).get(hash) ?? [];
  if (runs.length === 0) return none('this configuration was not trained on it');
  for (const { id } of runs) {
    const run = findRun(store, id)!;
    const basis = storedJson<Basis>(run.basis, `the basis of run ${id}`);
    if (basis.as_of !== trained.as_of || run.results === null) continue;
    const results = decodeResults(run.results);
    if (results.places !== undefined)
      return none('it is old there, and left with the figures of its contenders');
    const index = strategyGrid(strategyAxes(basis)).findIndex(
      (one) => JSON.stringify(one) === JSON.stringify(strategy),
    );
    const segment = 1 + results.regimeNames.indexOf(regime);
    if (index < 0 || segment === 0) continue;
    const read = (metric: Parameters<typeof results.read>[3]) =>
      results.read(index, 'selection', segment, metric);
    return {
      symbol,
      run: id,
      score: finite(read(SCORES[score].metric)),
      trades: read('trades'),
      missing: null,
    };
  }
  return none(
    'this configuration was trained on it as of another date, or under other strategies and regimes',
  );
}
