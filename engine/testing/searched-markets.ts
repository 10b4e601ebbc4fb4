import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../app.ts';
import type { RawInput } from '../contract/api/index.ts';
import type { SearchDto, StudyDto } from '../contract/dto/index.ts';
import type { Verdict } from '../contract/verdict.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { dailyCycle } from '../market/testing/daily-cycle.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { decodeResults } from '../pipeline/results-blob.ts';
import { bestOverAll } from '../selection/best-over-all.ts';
import { openStore } from '../store/database.ts';
import { findRun } from '../store/runs.ts';

/** From candles to what a search says, on markets of which it is known whether and where there is anything to find. */

/** The holdout is long: bars that nothing was chosen by say what a choice is worth. */
const CONFIG = `
storage: { min_free_mb: 0 }
queue: { auto_checkpoint_interval: 10000, test_robustness: false }
evaluation: { holdout_days: 180 }
inference_grid:
  prediction_methods: [direct]
  ensemble_methods: [mean]
  confidence_thresholds: [0, 0.4, 0.6]
  lookback_windows: [100]
costs:
  default: { spread_pips: 0.2, slippage_pips: 0, commission_per_side: 0, swap_long_pips: 0, swap_short_pips: 0 }
`;
const MIN_TRADES = 10;
/** Three years. */
const BARS = 18_000;

/**
 * Searched by Sharpe in horizon, encoder and penalty: some hours ahead show the planted way best, a day not at all, and one encoder of three
 * knows the hour.
 */
export const STRUCTURE = {
  model_types: ['ridge'],
  days_history: [180],
  horizons: [24],
  encoders: ['normalized'],
  objective: 'sharpe',
  trials: 24,
  space: {
    ridge: {
      horizon: { type: 'int', low: 2, high: 30 },
      encoder: ['normalized', 'absolute', 'time_delta'],
    },
  },
} satisfies MarketsToSearch['search'];

type Search = RawInput<'search.create'>['search'];

export interface MarketsToSearch {
  /** See `dailyCycle`. */
  readonly lean: number;
  /** One market each. */
  readonly seeds: readonly number[];
  /** All of a search but its market. */
  readonly search: Omit<Search, 'symbols' | 'timeframes'>;
  readonly threads?: number;
}

/** Sharpe ratios of one strategy, the best on the bars that select. */
export interface Earned {
  readonly selection: number;
  /** On the bars after them, which nothing was chosen by. */
  readonly later: number;
}

export interface SearchedMarket {
  readonly search: SearchDto;
  readonly study: StudyDto;
  readonly found: Earned;
  /** Of the configuration that the first trial tried: that of the grid, with the model type's defaults. */
  readonly defaults: Earned;
  /** Of the champions that there are then. */
  readonly verdicts: readonly Verdict[];
}

/** Makes the markets, and has each searched in a workspace of its own. */
export async function searchMarkets(
  folder: string,
  { lean, seeds, search, threads = 1 }: MarketsToSearch,
): Promise<readonly SearchedMarket[]> {
  const results: SearchedMarket[] = [];
  for (const seed of seeds) {
    const workspace = join(folder, `${lean} ${seed}`);
    mkdirSync(workspace, { recursive: true });
    writeFileSync(join(workspace, 'config.yaml'), CONFIG);
    const file = join(workspace, 'EURUSD.csv');
    writeCandleCsv(file, dailyCycle(BARS, lean, seed));
    const engine = createEngine({ workspace, role: 'command', threads });
    try {
      await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
      results.push(await searchOne(engine, join(workspace, 'regimen.db'), search));
    } finally {
      await engine.close();
      rmSync(workspace, { recursive: true, force: true });
    }
  }
  return results;
}

async function searchOne(
  engine: Engine,
  database: string,
  of: MarketsToSearch['search'],
): Promise<SearchedMarket> {
  const markets = { symbols: ['EURUSD'], timeframes: ['H1'] };
  const { queueId } = await engine.call('search.create', { search: { ...of, ...markets } });
  await finish(engine, queueId);
  const [search] = await engine.call('search.list', { queueId });
  const [study] = search!.studies;
  const champions = await engine.call('champions.list', {});
  const { model_types, days_history, horizons, encoders, targets } = of;
  const grid = { model_types, days_history, horizons, encoders, targets, ...markets };
  const created = await engine.call('queue.create', { grid });
  await finish(engine, created.queueId);
  const { runs } = await engine.call('history.search', {});
  const { hyperparameters, horizon } = study!.configuration;
  const first = runs.find(
    (run) =>
      run.horizon === horizon && JSON.stringify(run.hyperparameters) === JSON.stringify(hyperparameters),
  );
  const best = await engine.call('history.get', { run: study!.test!.runId });
  return {
    search: search!,
    study: study!,
    found: earnedBy(database, best.id),
    defaults: earnedBy(database, first!.id),
    verdicts: champions.map(({ verdict }) => verdict),
  };
}

async function finish(engine: Engine, queueId: number): Promise<void> {
  await engine.call('queue.start', { queueId });
  const { state, failed } = await engine.call('queue.wait', { queueId });
  if (state !== 'completed' || failed > 0)
    throw new Error(`job ${queueId} is ${state}, ${failed} of it failed`);
}

/** From the ledger: nobody has looked at the holdout. */
function earnedBy(database: string, run: number): Earned {
  const store = openStore(database);
  try {
    const results = decodeResults(findRun(store, run)!.results!);
    const best = bestOverAll(results, MIN_TRADES);
    if (typeof best === 'string') return { selection: 0, later: 0 };
    return {
      selection: best.sharpe,
      later: results.read(best.strategyIndex, 'holdout', ALL_BARS, 'sharpe'),
    };
  } finally {
    store.close();
  }
}
