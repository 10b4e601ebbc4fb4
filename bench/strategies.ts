import type { Candles } from '../engine/market/candles.ts';
import { ridge } from '../engine/models/linear/index.ts';
import { memberSplits } from '../engine/models/members.ts';
import { trainingRows } from '../engine/pipeline/windows.ts';
import { backtestContext, MEMBERS, plainRollout, windowsOf } from './backtest-context.ts';
import { hourlyCandles } from './market-data.ts';
import { median, medianCpuMs, type Subject } from './subject.ts';

const HORIZON = 12;
const DAYS = 180;

export const strategiesSubject: Subject = {
  name: 'strategies',
  title:
    '135 strategies of one linear model, H1, horizon 12, on all bars and alone in each of four regimes, in processor time',
  async measure(runs = 21) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const [short, long] = [0, 30].map((holdoutDays) => backtestOf(candles, holdoutDays));
    return {
      data,
      runs,
      figures: [
        { name: '90 days', value: medianCpuMs(runs, short!.run), unit: 'ms', atMost: 10 },
        {
          name: '90 days, synthetic bars in plain TypeScript',
          value: medianCpuMs(runs, short!.plain),
          unit: 'ms',
        },
        { name: '90 days, garbage', value: garbageKb(runs, short!.run), unit: 'kB', atMost: 50 },
        { name: '90 days and 30 held out', value: medianCpuMs(runs, long!.run), unit: 'ms' },
        {
          name: '90 days and 30 held out, synthetic bars in plain TypeScript',
          value: medianCpuMs(runs, long!.plain),
          unit: 'ms',
        },
      ],
    };
  },
};

/** All strategies, the recursive rollout included; and the same with the rollout's loops as they were before they were compiled. */
function backtestOf(candles: Candles, holdoutDays: number): { run(): void; plain(): void } {
  const windows = windowsOf(candles, { selectionDays: 90, holdoutDays }, DAYS);
  const context = backtestContext(candles, windows);
  const { matrix } = context.features;
  const labels = context.labels(HORIZON);
  const rows = trainingRows(context.candles, windows.training, HORIZON);
  const members = memberSplits(rows, MEMBERS, HORIZON).map((split) =>
    ridge.fit({ features: matrix, labels, ...split, seed: 1 }, { alpha: 1 }),
  );
  const { strategies, evaluator } = context;
  const plain = plainRollout(candles, windows);
  const model = { members, horizon: HORIZON, columns: matrix.columns, labels };
  return {
    run: () => evaluator.evaluateStrategies({ ...model, rollout: context.rollout }, strategies),
    plain: () => evaluator.evaluateStrategies({ ...model, rollout: plain }, strategies),
  };
}

/** What a run leaves on the heap, the table of its results included; the median, as now and then some is collected. */
function garbageKb(runs: number, run: () => void): number {
  const grown = Array.from({ length: runs }, () => {
    const before = process.memoryUsage().heapUsed;
    run();
    return (process.memoryUsage().heapUsed - before) / 1000;
  });
  return median(grown);
}
