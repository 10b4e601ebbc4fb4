import { EngineError } from '../contract/errors.ts';
import type { FeatureRollout, Lanes } from '../features/matrix.ts';
import type { Member } from '../models/model.ts';

/** Most one-bar steps a recursive forecast takes; a longer horizon is extrapolated from these. */
export const MAX_RECURSIVE_STEPS = 12;

/** A model's members and where they forecast: the evaluation span as lanes. */
export interface ForecastTask {
  readonly members: readonly Member[];
  /** Columns of the feature matrix, in training order. */
  readonly columns: readonly Float64Array[];
  readonly lanes: Lanes;
  /** Bars the model's label reaches over. */
  readonly horizon: number;
}

/** Of each member, what it forecasts on the first lanes, by one method: it need not be asked again. */
export type EarlierForecasts = readonly Float64Array[];

/** Lanes whose forecasts are known. */
export const lanesOf = (earlier: EarlierForecasts | undefined): number => earlier?.[0]?.length ?? 0;

/**
 * Prediction method `direct`: out[member][lane] is the member's expected log return over the horizon.
 *
 * @throws EngineError `training-failed` when a prediction is not finite.
 */
export function directForecasts(
  task: ForecastTask,
  out: readonly Float64Array[],
  earlier?: EarlierForecasts,
): void {
  const { members, columns } = task;
  const known = lanesOf(earlier);
  const lanes = { first: task.lanes.first + known, count: task.lanes.count - known };
  members.forEach((member, k) => {
    if (earlier !== undefined) out[k].set(earlier[k]);
    if (lanes.count === 0) return;
    const asked = out[k].subarray(known);
    member.predict(columns, lanes.first, lanes.count, asked);
    checkFinite(asked, lanes, () => `member ${k + 1} of ${members.length}, prediction method direct`);
  });
}

/**
 * Prediction method `direct_multi`: the mean of each member's last `horizon` direct forecasts, each of which still
 * covers the coming bar. Forecasts before the span do not exist for it, so its first lanes average fewer.
 */
export function directMultiForecasts(
  direct: readonly Float64Array[],
  task: Pick<ForecastTask, 'lanes' | 'horizon'>,
  out: readonly Float64Array[],
): void {
  const { lanes, horizon } = task;
  direct.forEach((forecasts, k) => {
    const means = out[k];
    for (let lane = 0; lane < lanes.count; lane++) {
      const from = Math.max(0, lane - horizon + 1);
      let sum = 0;
      for (let i = from; i <= lane; i++) sum += forecasts[i];
      means[lane] = sum / (lane - from + 1);
    }
  });
}

/**
 * Prediction method `recursive`: s = min(horizon, 12) one-bar steps, each taking 1/horizon of the member's forecast as
 * the next bar's log return and predicting again from the synthetic bar it makes; the forecast is
 * (horizon / s) * the sum of the steps. Every member follows its own trajectory.
 *
 * @param direct the members' direct forecasts, which are the first step
 * @param rollout of the lanes that are not known
 * @param steps scratch, one value per lane
 * @throws EngineError `training-failed` when a trajectory leaves the finite numbers.
 */
export function recursiveForecasts(
  task: ForecastTask,
  direct: readonly Float64Array[],
  rollout: FeatureRollout,
  steps: Float64Array,
  out: readonly Float64Array[],
  earlier?: EarlierForecasts,
): void {
  const known = lanesOf(earlier);
  earlier?.forEach((forecasts, k) => {
    out[k].set(forecasts);
  });
  if (task.horizon === 1) {
    // The first step is all.
    direct.forEach((forecasts, k) => {
      out[k].set(forecasts.subarray(known), known);
    });
    return;
  }
  rollout.blocks.forEach(({ first, count }, position) => {
    rollout.place(position);
    const block = { first: known + first, count };
    const [from, to] = [block.first, block.first + count];
    task.members.forEach((_, k) => {
      const own = direct[k].subarray(from, to);
      forecastBlock(task, k, block, own, rollout, steps.subarray(0, count), out[k].subarray(from, to));
    });
  });
}

/** The forecasts of one member from the lanes of a block. */
function forecastBlock(
  { members, lanes, horizon }: ForecastTask,
  k: number,
  { first, count }: Lanes,
  direct: Float64Array,
  rollout: FeatureRollout,
  steps: Float64Array,
  sums: Float64Array,
): void {
  const member = members[k];
  const stepCount = Math.min(horizon, MAX_RECURSIVE_STEPS);
  rollout.reset();
  for (let lane = 0; lane < count; lane++) sums[lane] = steps[lane] = direct[lane] / horizon;
  for (let step = 2; step <= stepCount; step++) {
    rollout.advance(steps);
    if (member.predictLanes === undefined) member.predict(rollout.columns, 0, count, steps);
    else member.predictLanes(rollout, steps);
    // Zeros, unless one is not finite: NaN then.
    let zeros = 0;
    for (let lane = 0; lane < count; lane++) {
      zeros += steps[lane] * 0;
      steps[lane] /= horizon;
      sums[lane] += steps[lane];
    }
    if (zeros === 0) continue;
    checkFinite(
      steps,
      { first: lanes.first + first, count },
      () => `member ${k + 1} of ${members.length}, prediction method recursive, step ${step} of ${stepCount}`,
    );
  }
  const scale = horizon / stepCount;
  for (let lane = 0; lane < count; lane++) sums[lane] *= scale;
}

function checkFinite(forecasts: Float64Array, lanes: Lanes, where: () => string): void {
  for (let lane = 0; lane < lanes.count; lane++) {
    if (Number.isFinite(forecasts[lane])) continue;
    throw new EngineError(
      'training-failed',
      `Expected a finite forecast, found ${forecasts[lane]} at row ${lanes.first + lane} (${where()}). ` +
        'The model diverges: train it on more days of history, with stronger regularization, or on fewer or scale-free features.',
    );
  }
}
