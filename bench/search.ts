import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/app.ts';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';
import { tpeSampler } from '../engine/search/sampler.ts';
import { createStudy } from '../engine/search/study.ts';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { hourlyFile } from './market-data.ts';
import { TEST_FUNCTIONS, type TestFunction } from './search-functions.ts';
import { marketFigures } from './search-markets.ts';
import { type Figure, median, type Subject } from './subject.ts';

const TRIALS = 100;
const SEEDS = 40;
const LONG_TRIALS = 1000;

const SETTINGS = ['univariate', 'multivariate'] as const;

function runStudy({ space, value }: TestFunction, seed: number, trials: number, multivariate: boolean) {
  const sampler = tpeSampler({ multivariate });
  const study = createStudy({ space, sampler, pruner: 'none', seed, trials, workers: 1 });
  let best = Number.POSITIVE_INFINITY;
  for (let trial = study.next(); trial !== undefined; trial = study.next()) {
    const loss = value(trial.parameters);
    best = Math.min(best, loss);
    study.tell(trial.number, { state: 'completed', folds: [{ loss, parts: [] }] });
  }
  return best;
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor milliseconds a trial of its last tenth, of a study of so many trials. */
function overhead({ space, value }: TestFunction, trials: number, multivariate: boolean): number {
  const sampler = tpeSampler({ multivariate });
  const study = createStudy({ space, sampler, pruner: 'wilcoxon', seed: 1, trials, workers: 1 });
  let start = 0;
  for (let trial = study.next(); trial !== undefined; trial = study.next()) {
    if (trial.number === 0.9 * trials) start = processorMs();
    const loss = value(trial.parameters);
    study.tell(trial.number, { state: 'completed', folds: [{ loss, parts: [loss, loss] }] });
  }
  return (processorMs() - start) / (0.1 * trials);
}

/** Markets with an optimum at a known place, and with nothing in them. */
const PLANTED = 10;
const WALKS = 20;

const PARTS = ['samplers', 'trials', 'markets'];

export const searchSubject: Subject = {
  name: 'search',
  parts: PARTS,
  title: `TPE beside Optuna: median of the best of ${TRIALS} trials over ${SEEDS} seeds, no worse by two errors of both, alone and over all, what a trial costs, and what searches find where it is known what there is`,
  async measure(runs = SEEDS, parts = PARTS) {
    const figures: Figure[] = [];
    if (parts.includes('samplers')) figures.push(...samplerFigures(runs));
    if (parts.includes('trials')) figures.push(...(await trialFigures()));
    if (parts.includes('markets')) figures.push(...(await marketFigures(PLANTED, WALKS)));
    return {
      data: 'functions with known minima; trials on EURUSD H1, 180 days, 2 threads; synthetic markets that lean with the hour, and random walks',
      runs,
      figures,
    };
  },
};

function samplerFigures(runs: number): Figure[] {
  const figures: Figure[] = [];
  const theirs = hasPeers() ? optunaBests(runs) : {};
  /** Studies of the same function and seed number, which have nothing else in common: which of the two came further. */
  const pairs = { won: 0, lost: 0 };
  for (const setting of SETTINGS) {
    for (const testFunction of TEST_FUNCTIONS) {
      const name = `${setting} ${testFunction.name}`;
      const best = Array.from({ length: runs }, (_, seed) =>
        runStudy(testFunction, seed, TRIALS, setting === 'multivariate'),
      );
      const peer = theirs[name];
      const atMost = peer && median(peer) + 2 * Math.hypot(medianError(best), medianError(peer));
      figures.push({ name, value: median(best), unit: 'least loss', atMost });
      if (peer === undefined) continue;
      figures.push({ name: `${name}, Optuna`, value: median(peer), unit: 'least loss' });
      peer.forEach((loss, seed) => {
        if (best[seed]! < loss) pairs.won++;
        else if (best[seed]! > loss) pairs.lost++;
      });
    }
  }
  const decided = pairs.won + pairs.lost;
  if (decided > 0) {
    // Sign test: of samplers that are equally good, either wins half of the pairs, with an error of 1 / (2 sqrt(pairs)).
    const atLeast = 0.5 - 1 / Math.sqrt(decided);
    figures.push({
      name: 'better than Optuna, of all',
      value: pairs.won / decided,
      unit: 'of pairs',
      atLeast,
    });
    figures.push({ name: 'pairs of studies', value: decided, unit: 'pairs' });
  }
  for (const setting of SETTINGS) {
    for (const testFunction of TEST_FUNCTIONS) {
      figures.push({
        name: `a trial at ${LONG_TRIALS}, ${setting} ${testFunction.name}`,
        value: overhead(testFunction, LONG_TRIALS, setting === 'multivariate'),
        unit: 'ms',
        atMost: 1,
      });
    }
  }
  return figures;
}

/** A search of 100 trials of XGBoost in 4 folds, from its start to the trained best, on a workspace that knows none of them. */
async function trialFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  const engine = createEngine({
    workspace: join(folder, 'workspace'),
    home: join(folder, 'home'),
    role: 'command',
    threads: 2,
  });
  try {
    let file = hourlyFile('EURUSD');
    if (file === undefined) {
      file = join(folder, 'EURUSD.csv');
      writeCandleCsv(file, randomCandles(12_000, 'H1', 1));
    }
    await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    const { queueId } = await engine.call('search.create', {
      search: {
        model_types: ['xgboost'],
        symbols: ['EURUSD'],
        timeframes: ['H1'],
        days_history: [180],
        horizons: [6],
        trials: 100,
        workers: 2,
      },
    });
    const cpu = process.cpuUsage();
    const start = performance.now();
    await engine.call('queue.start', { queueId });
    const { state } = await engine.call('queue.wait', { queueId });
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const [search] = await engine.call('search.list', { queueId });
    if (state !== 'completed') throw new Error(`expected a completed search, found one that is ${state}`);
    const processor = (user + system) / 1e6;
    const busiest = spanShare(
      search!.trials.map(({ seconds: of }) => of),
      search!.workers,
    );
    const whole = search!.trials.filter(({ state: of }) => of === 'completed').length;
    return [
      { name: '100 trials of XGBoost, 4 folds, 180 days, by the clock', value: seconds, unit: 's' },
      { name: '100 trials, processor time', value: processor, unit: 's' },
      // Beside other work the clock says nothing: what the threads computed, on two cores of their own.
      { name: '100 trials on two free cores', value: processor * busiest, unit: 's', atMost: 20 },
      { name: '100 trials, tried on all folds', value: whole, unit: 'trials' },
    ];
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * How long trials take on two threads, as a share of all their times: trial n begins once those up to n - workers have ended and a
 * thread is free.
 */
function spanShare(seconds: readonly number[], workers: number): number {
  const free = [0, 0];
  const ends: number[] = [];
  for (const [n, length] of seconds.entries()) {
    const known = Math.max(0, ...ends.slice(0, Math.max(0, n - workers + 1)));
    const thread = free[0]! <= free[1]! ? 0 : 1;
    ends[n] = Math.max(free[thread]!, known) + length;
    free[thread] = ends[n]!;
  }
  return Math.max(...ends) / seconds.reduce((sum, length) => sum + length, 0);
}

/** Of a median: sqrt(pi / 2) standard errors of a mean, whose deviation is the interquartile range / 1.349. */
function medianError(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return (Math.sqrt(Math.PI / 2) * (at(0.75) - at(0.25))) / (1.349 * Math.sqrt(values.length));
}

/** Bests of each seed. */
function optunaBests(seeds: number): Record<string, number[]> {
  const script = join(import.meta.dirname, 'search.py');
  const args = ['-I', script, String(TRIALS), String(seeds)];
  return JSON.parse(execFileSync(peersPython(), args, { encoding: 'utf8' })) as Record<string, number[]>;
}
