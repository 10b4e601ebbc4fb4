import { EngineError } from '../contract/errors.ts';
import type { EnsembleMethod, ForecastMethod } from '../contract/words.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import { MemberCombiner } from '../inference/combine.ts';
import {
  directForecasts,
  directMultiForecasts,
  type EarlierForecasts,
  type ForecastTask,
  lanesOf,
  recursiveForecasts,
} from '../inference/forecast.ts';
import type { SaidOfSide } from './said-before.ts';

/** A rollout of the lanes from one on; undefined where none is made. */
export type RolloutFrom = (lane: number) => FeatureRollout | undefined;

/** The forecasts of a model's members by each method, and how they are combined. Buffers are made once and serve every model. */
export class ModelForecasts {
  readonly #forecasts: Readonly<Record<ForecastMethod, readonly Float64Array[]>>;
  readonly #steps: Float64Array;
  readonly #combiner: MemberCombiner;
  #method: ForecastMethod = 'direct';
  /** Recursive forecasts that are known. */
  #before: EarlierForecasts | undefined;

  constructor(lanes: number, members: number) {
    const columns = () => Array.from({ length: members }, () => new Float64Array(lanes));
    this.#forecasts = { direct: columns(), direct_multi: columns(), recursive: columns() };
    this.#steps = new Float64Array(lanes);
    this.#combiner = new MemberCombiner(lanes, members);
  }

  /** Of each member, by the method that was chosen last. */
  get current(): readonly Float64Array[] {
    return this.#forecasts[this.#method];
  }

  /** What was forecast since `start`, in the buffers of the next model. */
  get said(): SaidOfSide {
    const { direct, recursive } = this.#forecasts;
    return this.#method === 'recursive' ? { direct, recursive } : { direct };
  }

  /**
   * Makes the direct forecasts, which the other methods start from.
   * @param before what is known of them
   * @throws EngineError `training-failed` when one is not finite
   */
  start(task: ForecastTask, before?: SaidOfSide): void {
    this.#method = 'direct';
    this.#before = before?.recursive;
    directForecasts(task, this.#forecasts.direct, before?.direct);
  }

  /**
   * Chooses a method, and makes its forecasts.
   * @param outcomes what they are held to, log return per lane
   */
  choose(method: ForecastMethod, task: ForecastTask, rolloutFrom: RolloutFrom, outcomes: Float64Array): void {
    this.#method = method;
    const forecasts = this.#forecasts[method];
    if (method === 'direct_multi') directMultiForecasts(this.#forecasts.direct, task, forecasts);
    if (method === 'recursive') this.#roll(task, rolloutFrom, forecasts);
    this.#combiner.load(forecasts, outcomes, task.horizon);
  }

  #roll(task: ForecastTask, rolloutFrom: RolloutFrom, out: readonly Float64Array[]): void {
    const known = lanesOf(this.#before);
    if (known === task.lanes.count) {
      out.forEach((forecasts, k) => {
        forecasts.set(this.#before![k]!);
      });
      return;
    }
    const rollout = rolloutFrom(known);
    if (rollout === undefined) {
      throw new EngineError('internal', 'Expected a feature rollout for recursive strategies, found none.');
    }
    recursiveForecasts(task, this.#forecasts.direct, rollout, this.#steps, out, this.#before);
  }

  combine(method: EnsembleMethod, lookback: number, out: Float64Array): void {
    this.#combiner.combine(method, lookback, out);
  }
}
