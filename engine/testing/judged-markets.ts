import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../app.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { BEST_EVIDENCE_FIRST, type Verdict } from '../contract/verdict.ts';
import type { Candles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomSigns } from '../market/testing/random-signs.ts';

/** From candles to verdict on markets of which it is known whether there is anything to find. */

/** Few configurations and strategies of a linear model: many markets are judged. */
const CONFIG = `
storage: { min_free_mb: 0 }
queue: { auto_checkpoint_interval: 10000, test_robustness: false }
inference_grid:
  prediction_methods: [direct]
  ensemble_methods: [mean]
  confidence_thresholds: [0, 0.4, 0.6]
  lookback_windows: [100]
costs:
  default: { spread_pips: 0.2, slippage_pips: 0, commission_per_side: 0, swap_long_pips: 0, swap_short_pips: 0 }
`;
const GRID = { model_types: ['ridge'], timeframes: ['H1'], days_history: [180], horizons: [6, 12] };

export interface JudgedMarket {
  readonly symbol: string;
  /** Each with the verdict of its validation. */
  readonly champions: readonly ChampionDto[];
}

export interface MarketsToJudge {
  /** Bars whose moves the markets have. */
  readonly source: Candles;
  readonly length: number;
  /** See `randomSigns`. */
  readonly edge: number;
  /** One market each. */
  readonly seeds: readonly number[];
  readonly testPeriodDays: number;
}

/** Makes the markets, has a small grid trained on each, and every champion validated in its own windows, in one workspace. */
export async function judgeMarkets(
  folder: string,
  markets: MarketsToJudge,
): Promise<readonly JudgedMarket[]> {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  const engine = createEngine({ workspace, role: 'command' });
  try {
    const symbols = markets.seeds.map(symbolOf);
    for (const [i, seed] of markets.seeds.entries()) {
      const { source, length, edge } = markets;
      await importCandles(engine, folder, randomSigns(source, { symbol: symbols[i]!, seed, length, edge }));
    }
    const { queueId } = await engine.call('queue.create', { grid: { name: 'Markets', ...GRID, symbols } });
    await finish(engine, queueId);
    await validateChampions(engine, markets.testPeriodDays);
    const champions = await engine.call('champions.list', {});
    return symbols.map((symbol) => ({
      symbol,
      champions: champions.filter((champion) => champion.symbol === symbol),
    }));
  } finally {
    await engine.close();
  }
}

/** The strongest that was said of any champion of a market; they are adjusted for each other. */
export function bestVerdict({ champions }: JudgedMarket): Verdict | null {
  const found = new Set(champions.map(({ verdict }) => verdict));
  return BEST_EVIDENCE_FIRST.find((verdict) => found.has(verdict)) ?? null;
}

async function validateChampions(engine: Engine, testPeriodDays: number): Promise<void> {
  const subject = { champions: 'all' } as const;
  const { queueId } = await engine.call('validation.create', { subject, scheme: 'own', testPeriodDays });
  await finish(engine, queueId);
}

async function finish(engine: Engine, queueId: number): Promise<void> {
  await engine.call('queue.start', { queueId });
  const { state, failed } = await engine.call('queue.wait', { queueId });
  if (state !== 'completed' || failed > 0)
    throw new Error(`job ${queueId} is ${state}, ${failed} of it failed`);
}

async function importCandles(engine: Engine, folder: string, candles: Candles): Promise<void> {
  const file = join(folder, `${candles.symbol}.csv`);
  writeCandleCsv(file, candles);
  await engine.call('market.import', { file, symbol: candles.symbol, timeframe: candles.timeframe });
  rmSync(file);
}

/** Six letters, as a currency pair has. */
function symbolOf(seed: number): string {
  let rest = seed;
  const letters = Array.from({ length: 5 }, () => {
    const letter = String.fromCharCode(65 + (rest % 26));
    rest = Math.floor(rest / 26);
    return letter;
  });
  return `W${letters.reverse().join('')}`;
}
