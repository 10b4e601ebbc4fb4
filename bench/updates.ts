import type { Candles } from '../engine/market/candles.ts';
import { modelType } from '../engine/models/catalog.ts';
import type { BatchContext } from '../engine/pipeline/context.ts';
import { baseContext, membersOf, refitAt, updateErrors } from '../engine/pipeline/testing/update-folds.ts';
import { hourlyCandles } from './market-data.ts';
import { cpuMs, type Figure, median, type Subject } from './subject.ts';

/** What a production training learns from: two years, and a week that came since. */
const TRAIN_DAYS = 730;
const WEEK = 7;
/** Two updates, a week apart, of 90 days and three members: near the most that they may take in. */
const FOLDS = { folds: 20, trainDays: 90, testDays: 10, before: [14, 7] };
/** Of a fresh fit's error: what an update may cost. */
const ERROR_BOUND = 1.01;

const TYPES = ['ridge', 'xgboost', 'lightgbm', 'gradient_boosting', 'random_forest'] as const;

/** What `model update` saves over a fresh training, and what it costs out of sample. Features are made for both, and counted for neither. */
export const updatesSubject: Subject = {
  name: 'updates',
  title:
    'an update with a week of bars against a fresh fit on two years of EURUSD H1, and their errors over 20 folds',
  parts: TYPES,
  async measure(runs = 5, parts = []) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const base = baseContext(candles, 20);
    const newest = candles.time[candles.length - 1]! - 20 * 86_400_000;
    const asked = TYPES.filter((type) => parts.length === 0 || parts.includes(type));
    const figures = asked.flatMap((type) => [
      ...timesOf(base, newest, type, runs),
      // Of linear models an update is the fit: `engine/pipeline/updates.test.ts` holds them to 1e-9.
      ...(modelType(type).updating.kind === 'sums' ? [] : [errorOf(candles, type)]),
    ]);
    return { data: `${data}; one thread, defaults, 3 members`, runs, figures };
  },
};

/** Processor time of both in pairs, one right after the other, so that what else the machine does meets both. */
function timesOf(base: BatchContext, newest: number, model: string, runs: number): Figure[] {
  const at = { newest, model, trainDays: TRAIN_DAYS };
  const { refit } = refitAt(base, { ...at, days: WEEK, before: [] });
  const update = refit.sums === undefined ? { members: membersOf(refit) } : { sums: refit.sums };
  const updating = () => void refitAt(base, { ...at, days: 0, before: [WEEK], update });
  const fitting = () => void refitAt(base, { ...at, days: 0, before: [] });
  updating();
  fitting();
  const pairs = Array.from({ length: runs }, () => ({ updated: cpuMs(updating), fresh: cpuMs(fitting) }));
  const of = (pick: (pair: (typeof pairs)[number]) => number) => median(pairs.map(pick));
  return [
    { name: `${model}, update`, value: of(({ updated }) => updated), unit: 'ms of processor' },
    { name: `${model}, fresh fit`, value: of(({ fresh }) => fresh), unit: 'ms of processor' },
    {
      name: `${model}, fresh / update`,
      value: of(({ updated, fresh }) => fresh / updated),
      unit: 'times, median of pairs',
      // A linear fit on two years is as quick as its sums are read.
      ...(refit.sums === undefined && { atLeast: 1 }),
    },
  ];
}

function errorOf(candles: Candles, model: string): Figure {
  const { updated, fresh } = updateErrors({ ...FOLDS, candles, modelType: model });
  return {
    name: `${model}, error of updates / of fresh fits`,
    value: updated / fresh,
    unit: 'ratio of root mean squared errors out of sample',
    atMost: ERROR_BOUND,
  };
}
