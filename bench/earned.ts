import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../engine/app.ts';
import { survivalEarned } from './earned-survival.ts';
import { hourlyFile } from './market-data.ts';
import type { Figure, Subject } from './subject.ts';

const THREADS = 2;
const PAIRS = ['EURUSD', 'GBPUSD', 'USDJPY', 'AUDUSD', 'USDCAD'] as const;
const TYPES = ['ridge', 'random_forest', 'xgboost', 'ensemble', 'q_agent'] as const;
/** A grid with its rules, chosen from by Sharpe and by what survives. */
const SURVIVAL = 'survival';

/**
 * What model types earned out of sample on real candles: `quick` walk-forwards (three folds of 60 days) of one configuration each, with
 * default hyper-parameters, all of them H1, 6 bars ahead, over all regimes; forecasts by the default strategy, the agent by its policy. And
 * what a grid earned by who chooses its champions; see `survivalEarned`.
 */
export const earnedSubject: Subject = {
  name: 'earned',
  title: 'what model types earned out of sample on real candles, in quick walk-forwards',
  parts: [...TYPES, SURVIVAL],
  isLong: true,
  async measure(_runs, parts = []) {
    const pairs = PAIRS.filter((symbol) => hourlyFile(symbol) !== undefined);
    if (pairs.length === 0) throw new Error('expected real candles, found none: set MARKET_DATA');
    const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
    const engine = createEngine({
      workspace: join(folder, 'workspace'),
      home: join(folder, 'home'),
      role: 'command',
      threads: THREADS,
    });
    try {
      for (const symbol of pairs) {
        await engine.call('market.import', { file: hourlyFile(symbol)!, symbol, timeframe: 'H1' });
      }
      const figures: Figure[] = [];
      for (const type of TYPES.filter((one) => parts.length === 0 || parts.includes(one))) {
        figures.push(...(await earnedBy(engine, type, pairs)));
      }
      if (parts.length === 0 || parts.includes(SURVIVAL))
        figures.push(...(await survivalEarned(engine, pairs)));
      return { data: `${pairs.join(', ')} H1, real candles`, runs: 1, figures };
    } finally {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function earnedBy(engine: Engine, modelType: string, pairs: readonly string[]): Promise<Figure[]> {
  let sum = 0;
  let trades = 0;
  let above = 0;
  const spearmans: number[] = [];
  for (const symbol of pairs) {
    const subject = { symbol, timeframe: 'H1', modelType } as const;
    const { queueId } = await engine.call('validation.create', { subject, scheme: 'quick' });
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    const [validation] = await engine.call('validation.list', { queueId });
    const { stitched, average } = validation!;
    process.stderr.write(
      `  ${modelType} ${symbol}: ${stitched.return ?? 0}, ${stitched.trades} trades, Spearman ${average.spearman?.value}\n`,
    );
    sum += stitched.return ?? 0;
    trades += stitched.trades;
    above += (stitched.return ?? 0) > 0 ? 1 : 0;
    if (average.spearman !== null) spearmans.push(average.spearman.value);
  }
  const mean = spearmans.reduce((total, one) => total + one, 0) / spearmans.length;
  return [
    {
      name: `${modelType}: mean return of 180 days, after costs`,
      value: (100 * sum) / pairs.length,
      unit: '%',
    },
    { name: `${modelType}: pairs above zero`, value: above, unit: `of ${pairs.length}` },
    { name: `${modelType}: trades`, value: trades, unit: 'trades' },
    // Forecasts that never move have none.
    ...(spearmans.length === 0
      ? []
      : [{ name: `${modelType}: mean Spearman of forecasts`, value: mean, unit: '(correlation)' }]),
  ];
}
