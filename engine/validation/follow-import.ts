import { type EvaluatedImport, importedModel } from '../interchange/xgboost-json/evaluate.ts';
import type { FoldResult, LoadedContext } from '../pipeline/job.ts';
import { evaluatedModel } from '../pipeline/target-model.ts';
import { followFold } from './follow-fold.ts';

export interface FollowImportJob {
  /** Its windows are the tests, its one strategy the one that is followed. */
  readonly context: LoadedContext;
  /** The model as XGBoost saved it. */
  readonly json: string;
  /** Bars that its predictions, which are log returns, reach over. */
  readonly horizon: number;
  /** The regime whose signals alone it trades; null: all. */
  readonly scope: string | null;
}

export interface FollowedImport extends Pick<EvaluatedImport, 'trees' | 'features'> {
  readonly windows: readonly FoldResult[];
}

/**
 * Follows a model that was trained elsewhere through windows, as `runFold` does with one that was trained here: it is the same in each, and
 * predicts nothing before the begin of the context's evaluation.
 * @throws EngineError `data-invalid` as `importedModel`, `invalid-input` for a regime that labels no bar
 */
export function followImport({ context: loaded, json, horizon, scope }: FollowImportJob): FollowedImport {
  const { context, member, trees, features } = importedModel(loaded, json);
  const configuration = { target: 'return', horizon };
  const model = evaluatedModel(context, configuration, { members: [member] });
  return { trees, features, windows: followFold(context, { configuration, scope }, { model, cuts: [] }) };
}
