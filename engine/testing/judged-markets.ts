import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../app.ts';
import type { RawInput } from '../contract/api/index.ts';
import type { ChampionDto, ValidationDto } from '../contract/dto/index.ts';
import { BEST_EVIDENCE_FIRST, type Verdict } from '../contract/verdict.ts';
import type { Candles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomSigns } from '../market/testing/random-signs.ts';
import { openStore } from '../store/database.ts';
import { validationsOf } from '../store/validations.ts';
import { stitch } from '../validation/stitched.ts';
import { readValidation } from '../validation/to-dto.ts';

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
  # Markets of made-up names cost the same, whatever they sound like.
  kinds:
    metal: { spread: 0.00002, unit: price }
    crypto: { spread: 0.00002, unit: price }
    index: { spread: 0.00002, unit: price }
    energy: { spread: 0.00002, unit: price }
    other: { spread: 0.00002, unit: price }
`;
const GRID = { model_types: ['ridge'], timeframes: ['H1'], days_history: [180], horizons: [6, 12] };

export interface JudgedMarket {
  readonly symbol: string;
  /** Each with the verdict of its validation. */
  readonly champions: readonly JudgedChampion[];
  /** Of the grid itself, champions chosen anew in each fold; null where that was not asked for. */
  readonly procedure: Verdict | null;
}

export interface JudgedChampion extends ChampionDto {
  /** Sharpe ratio of its refits on the bars that came after all that its verdict rests on; null where none were asked for. */
  readonly trueSharpe: number | null;
}

export interface MarketsToJudge {
  /** Bars whose moves the markets have. */
  readonly source: Candles;
  /** At most as many as the source has. */
  readonly length: number;
  /** See `randomSigns`. */
  readonly edge: number;
  /** One market each. */
  readonly seeds: readonly number[];
  readonly testPeriodDays: number;
  /** Whether the grid is validated as a procedure, too. */
  readonly procedures?: boolean;
  /** How each market goes on after its champions were judged, for their true Sharpe ratios. */
  readonly continuation?: { readonly bars: number; readonly testPeriodDays: number };
}

/** Makes the markets, has a small grid trained on each, and every champion validated in its own windows, in one workspace. */
export async function judgeMarkets(
  folder: string,
  markets: MarketsToJudge,
): Promise<readonly JudgedMarket[]> {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  const { source, length, edge, seeds, testPeriodDays, continuation } = markets;
  const symbols = seeds.map(symbolOf);
  const grid = { name: 'Markets', ...GRID, symbols };
  let champions: readonly ChampionDto[];
  let procedures: readonly ValidationDto[] = [];
  let continued: number | undefined;
  const judgedAt = source.time[length - 1]!;
  // Two threads would each make the contexts of the few folds that share one: who has more processors judges more markets at a time.
  const engine = createEngine({ workspace, role: 'command', threads: 1 });
  const importMarkets = async (bars: number) => {
    for (const [i, seed] of seeds.entries()) {
      const market = { symbol: symbols[i]!, seed, length: bars, edge };
      await importCandles(engine, folder, randomSigns(source, market));
    }
  };
  try {
    await importMarkets(length);
    await finish(engine, await engine.call('queue.create', { grid }));
    await validate(engine, { champions: 'all' }, testPeriodDays);
    champions = await engine.call('champions.list', {});
    if (markets.procedures === true) {
      const queueId = await validate(engine, { grid }, testPeriodDays);
      procedures = await engine.call('validation.list', { queueId });
    }
    if (continuation !== undefined && champions.length > 0) {
      await importMarkets(length + continuation.bars);
      continued = await validate(engine, { champions: 'all' }, continuation.testPeriodDays);
    }
  } finally {
    await engine.close();
  }
  const trueSharpes =
    continued === undefined ? new Map<string, number>() : trueSharpesIn(workspace, continued, judgedAt);
  return symbols.map((symbol) => ({
    symbol,
    champions: champions
      .filter((champion) => champion.symbol === symbol)
      .map((champion) => ({
        ...champion,
        trueSharpe: trueSharpes.get(`${symbol} ${champion.regime}`) ?? null,
      })),
    procedure: procedures.find((validation) => validation.symbol === symbol)?.verdict ?? null,
  }));
}

/** Of each champion that a job validated: the stitched Sharpe ratio of the folds that are tested from a time on, ms UTC. */
function trueSharpesIn(workspace: string, queueId: number, from: number): ReadonlyMap<string, number | null> {
  const store = openStore(join(workspace, 'regimen.db'));
  try {
    return new Map(
      validationsOf(store, queueId).map((row) => {
        const { folds } = readValidation(store, row);
        const later = folds.flatMap(({ test, result }) =>
          test.from < from || result === undefined ? [] : [result],
        );
        const { figures } = stitch(later, later.at(-1)?.barsPerYear ?? Number.NaN);
        return [`${row.symbol} ${row.regime}`, figures.sharpe] as const;
      }),
    );
  } finally {
    store.close();
  }
}

/** The strongest that was said of any champion of a market; they are adjusted for each other. */
export function bestVerdict({ champions }: JudgedMarket): Verdict | null {
  const found = new Set(champions.map(({ verdict }) => verdict));
  return BEST_EVIDENCE_FIRST.find((verdict) => found.has(verdict)) ?? null;
}

/** @returns its job */
async function validate(
  engine: Engine,
  subject: RawInput<'validation.create'>['subject'],
  testPeriodDays: number,
): Promise<number> {
  const created = await engine.call('validation.create', { subject, scheme: 'own', testPeriodDays });
  await finish(engine, created);
  return created.queueId;
}

async function finish(engine: Engine, { queueId }: { readonly queueId: number }): Promise<void> {
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
