import { EngineError } from '../contract/errors.ts';
import type { EnsembleMethod, ForecastMethod } from '../contract/words.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import { MemberCombiner } from '../inference/combine.ts';
import {
  directForecasts,
  directMultiForecasts,
  type ForecastTask,
  recursiveForecasts,
} from '../inference/forecast.ts';

/** The forecasts of a model's members by each method, and how they are combined. Buffers are made once and serve every model. */
export class ModelForecasts {
  readonly #forecasts: Readonly<Record<ForecastMethod, readonly Float64Array[]>>;
  readonly #steps: Float64Array;
  readonly #combiner: MemberCombiner;
  #method: ForecastMethod = 'direct';

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

  /**
   * Makes the direct forecasts, which the other methods start from.
   * @throws EngineError `training-failed` when one is not finite
   */
  start(task: ForecastTask): void {
    directForecasts(task, this.#forecasts.direct);
  }

  /**
   * Chooses a method, and makes its forecasts.
   * @param outcomes what they are held to, log return per lane
   */
  choose(
    method: ForecastMethod,
    task: ForecastTask,
    rollout: FeatureRollout | undefined,
    outcomes: Float64Array,
  ): void {
    this.#method = method;
    const forecasts = this.#forecasts[method];
    if (method === 'direct_multi') directMultiForecasts(this.#forecasts.direct, task, forecasts);
    if (method === 'recursive') {
      if (rollout === undefined) {
        throw new EngineError('internal', 'Expected a feature rollout for recursive strategies, found none.');
      }
      recursiveForecasts(task, this.#forecasts.direct, rollout, this.#steps, forecasts);
    }
    this.#combiner.load(forecasts, outcomes, task.horizon);
  }

  combine(method: EnsembleMethod, lookback: number, out: Float64Array): void {
    this.#combiner.combine(method, lookback, out);
  }
}
