import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/app.ts';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';
import { hourlyFile } from './market-data.ts';
import { measureProcedure, PROCEDURES } from './procedures.ts';
import { type Figure, median, type Subject } from './subject.ts';

const THREADS = 2;
/** Twelve years, as the real file has. */
const BARS = 74_000;

const MODELS = [
  { modelType: 'ridge', atMost: 8 },
  { modelType: 'xgboost', atMost: 120 },
] as const;

/**
 * How long the folds of twelve years take: each trained on all that lies before it, and tested on the next 21 days; and how long grids
 * with their rules take, of which every configuration is trained anew in each fold.
 */
export const walkForwardSubject: Subject = {
  name: 'walk-forward',
  title:
    'a full validation of twelve years of EURUSD H1, and grids as procedures over 12 folds, each from its start to its last fold',
  parts: [...MODELS.map(({ modelType }) => modelType), ...PROCEDURES.map(({ name }) => name)],
  async measure(runs = 1, parts = []) {
    const isAsked = (part: string) => parts.length === 0 || parts.includes(part);
    const figures: Figure[] = [];
    for (const { modelType, atMost } of MODELS.filter((model) => isAsked(model.modelType))) {
      const measured: Validated[] = [];
      for (let run = 0; run < runs; run++) measured.push(await validate(modelType));
      const of = (pick: (one: Validated) => number) => median(measured.map(pick));
      figures.push(
        { name: modelType, value: of(({ seconds }) => seconds), unit: 's', atMost },
        { name: `${modelType}, processor time`, value: of(({ cpuSeconds }) => cpuSeconds), unit: 's' },
        { name: `${modelType}, folds`, value: of(({ folds }) => folds), unit: 'folds' },
      );
    }
    for (const procedure of PROCEDURES.filter(({ name }) => isAsked(name))) {
      figures.push(...(await measureProcedure(procedure, runs)));
    }
    const real = hourlyFile('EURUSD') !== undefined;
    return {
      data: `${real ? 'EURUSD H1, real candles' : 'a synthetic random walk'}; ${THREADS} threads`,
      runs,
      figures,
    };
  },
};

interface Validated {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly folds: number;
}

async function validate(modelType: string): Promise<Validated> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  const engine = createEngine({
    workspace: join(folder, 'workspace'),
    home: join(folder, 'home'),
    role: 'command',
    threads: THREADS,
  });
  try {
    let file = hourlyFile('EURUSD');
    if (file === undefined) {
      file = join(folder, 'EURUSD.csv');
      writeCandleCsv(file, randomCandles(BARS, 'H1', 1));
    }
    await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    const subject = { symbol: 'EURUSD', timeframe: 'H1', modelType };
    const cpu = process.cpuUsage();
    const start = performance.now();
    const { queueId } = await engine.call('validation.create', { subject, scheme: 'full' });
    const created = performance.now();
    await engine.call('queue.start', { queueId });
    const { completed, state, seconds } = await engine.call('queue.wait', { queueId });
    const ended = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    process.stderr.write(
      `  ${modelType}: planned in ${((created - start) / 1000).toFixed(1)} s, queue ${seconds.toFixed(1)} s\n`,
    );
    if (state !== 'completed') throw new Error(`expected a completed validation, found one that is ${state}`);
    return { seconds: (ended - start) / 1000, cpuSeconds: (user + system) / 1e6, folds: completed };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
