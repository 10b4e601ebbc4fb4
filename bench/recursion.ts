import type { FeatureRollout } from '../engine/features/matrix.ts';
import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { directForecasts, type ForecastTask, recursiveForecasts } from '../engine/inference/forecast.ts';
import type { Candles } from '../engine/market/candles.ts';
import { runCell } from '../engine/pipeline/cell.ts';
import type { BatchContext } from '../engine/pipeline/context.ts';
import { fitMembers } from '../engine/pipeline/fit-members.ts';
import type { CellJob } from '../engine/pipeline/job.ts';
import { backtestContext, MEMBERS, plainRollout, windowsOf } from './backtest-context.ts';
import { TREES } from './grid.ts';
import { hourlyCandles } from './market-data.ts';
import { cpuMs, median, type Subject } from './subject.ts';

const DAYS = [60, 180];
const HORIZONS = [1, 3, 6, 12];

/** How much of a grid of trees goes into forecasts from synthetic bars. */
export const recursionSubject: Subject = {
  name: 'recursion',
  title: `recursive forecasts of ${TREES.length * DAYS.length * HORIZONS.length} tree configurations, H1, in processor time`,
  async measure(runs = 3) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const cells = DAYS.flatMap((days) => cellsOf(candles, days));
    for (const { all } of cells) all();
    const measured = Array.from({ length: runs }, () => {
      const cost = (work: (cell: Cell) => void) => cells.map((cell) => cpuMs(() => work(cell)));
      return {
        all: cost(({ all }) => all()),
        recursive: cost(({ recursive }) => recursive()),
        plain: cost(({ plain }) => plain()),
      };
    });
    const share = (modelType?: string) =>
      median(
        measured.map(({ all, recursive }) => {
          const sum = (costs: readonly number[]) =>
            costs.reduce(
              (total, ms, k) => total + (cells[k]!.modelType === (modelType ?? cells[k]!.modelType) ? ms : 0),
              0,
            );
          return (100 * sum(recursive)) / sum(all);
        }),
      );
    const mean = (what: 'recursive' | 'plain') =>
      median(measured.map((costs) => costs[what].reduce((a, b) => a + b) / cells.length));
    return {
      data: `${data}; horizons ${HORIZONS.join(', ')} on ${DAYS.join(' and ')} days`,
      runs,
      figures: [
        { name: 'share of what cells take', value: share(), unit: '%', atMost: 3 },
        ...TREES.map((modelType) => ({ name: modelType, value: share(modelType), unit: '%' })),
        { name: 'each configuration', value: mean('recursive'), unit: 'ms' },
        { name: 'each, synthetic bars in plain TypeScript', value: mean('plain'), unit: 'ms' },
      ],
    };
  },
};

interface Cell {
  readonly modelType: string;
  /** The whole configuration. */
  all(): void;
  /** Its recursive forecasts alone. */
  recursive(): void;
  /** The same with the rollout's loops as they were before they were compiled. */
  plain(): void;
}

function cellsOf(candles: Candles, days: number): Cell[] {
  const windows = windowsOf(candles, { selectionDays: 90, holdoutDays: 0 }, days);
  const context = backtestContext(candles, windows);
  const plain = plainRollout(candles, windows);
  return TREES.flatMap((modelType) =>
    HORIZONS.map((horizon) =>
      cellOf(context, plain, {
        index: 0,
        training: windows.training,
        configuration: {
          modelType,
          encoder: 'normalized',
          symbol: 'EURUSD',
          timeframe: 'H1',
          daysHistory: days,
          horizon,
          target: 'return',
          indicatorTimeframes: defaultIndicatorTimeframes('H1'),
          hyperparameters: {},
        },
        configHash: modelType,
        trainingKey: '',
      }),
    ),
  );
}

function cellOf(context: BatchContext, plain: FeatureRollout, job: CellJob): Cell {
  const { horizon, modelType } = job.configuration;
  const members = fitMembers(context, job).fitted.map(({ member }) => member);
  const count = context.span.to - context.span.from;
  const columns = () => Array.from({ length: MEMBERS }, () => new Float64Array(count));
  const task: ForecastTask = {
    members,
    columns: context.features.matrix.columns,
    lanes: { first: context.span.from, count },
    horizon,
  };
  const direct = columns();
  directForecasts(task, direct);
  const [steps, out] = [new Float64Array(count), columns()];
  return {
    modelType,
    all: () => runCell(context, job),
    recursive: () => recursiveForecasts(task, direct, context.rollout, steps, out),
    plain: () => recursiveForecasts(task, direct, plain, steps, out),
  };
}
