import { z } from 'zod';
import { EngineError, orList, type Problem } from '../contract/errors.ts';
import { CLASSIFIER, CLASSIFIER_TYPE } from '../contract/model-type-names.ts';
import { didYouMean } from '../contract/nearest.ts';
import { foundText } from '../contract/problems.ts';
import { qAgent } from './agent/q-agent.ts';
import { elasticnet, lasso, linearRegression, ridge } from './linear/index.ts';
import type { AnyModelType, Member, ModelType } from './model.ts';
import { ensembleOf } from './stack/ensemble.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from './trees/index.ts';

/** What learns from features by itself, and can be stacked. */
const BASE_TYPES: readonly AnyModelType[] = [
  linearRegression,
  ridge,
  lasso,
  elasticnet,
  randomForest,
  gradientBoosting,
  xgboost,
  lightgbm,
];

/** Every kind of model there is, in the order the grid builder shows them. A new one is a file and a line here or above. */
export const MODEL_TYPES: readonly AnyModelType[] = [...BASE_TYPES, ensembleOf(BASE_TYPES), qAgent];

/**
 * The model type of this name.
 * @throws EngineError `invalid-input` if there is none.
 */
export function modelType(name: string): AnyModelType {
  const found = MODEL_TYPES.find((type) => type.name === name);
  if (found !== undefined) return found;
  const names = MODEL_TYPES.map((type) => type.name);
  if (name === CLASSIFIER) {
    throw new EngineError(
      'invalid-input',
      `classifier is any model type with target direction: list target direction, and a model type such as ${CLASSIFIER_TYPE}.`,
    );
  }
  throw new EngineError(
    'invalid-input',
    `Model type ${foundText(name)} is not known.${didYouMean(name, names)} Use ${orList(names)}.`,
  );
}

/**
 * Checked hyper-parameters with defaults filled in. `raw` is what a grid file holds for the model type: keys and
 * values, or nothing.
 * @throws EngineError `grid-invalid` that lists every bad key (`details.problems`, paths from `raw`) with what is
 * allowed.
 */
export function parseHyperparameters<P, M extends Member>(type: ModelType<P, M>, raw: unknown): P {
  const value = raw ?? {};
  const parsed = type.hyperparameters.safeParse(value);
  if (parsed.success) return parsed.data;

  const { properties = {} } = z.toJSONSchema(type.hyperparameters, { io: 'input' });
  const problems = parsed.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: key,
        message: unknownKey(type.name, key, Object.keys(properties)),
      }));
    }
    const [key] = issue.path;
    if (key === undefined)
      return [{ path: '', message: `expected keys and values, found ${foundText(value)}` }];
    const allowed = allowedText(properties[String(key)]);
    const found = foundText((value as Record<PropertyKey, unknown>)[key]);
    const message =
      issue.code === 'custom' || allowed === undefined
        ? issue.message
        : `expected ${allowed}, found ${found}`;
    return [{ path: String(key), message }];
  });
  const list = problems.map((p) => (p.path === '' ? p.message : `${p.path}: ${p.message}`)).join('; ');
  throw new EngineError('grid-invalid', `The hyper-parameters of ${type.name} can't be used: ${list}.`, {
    problems,
  });
}

function unknownKey(model: string, key: string, known: readonly string[]): string {
  if (known.length === 0) return `${model} has no hyper-parameters`;
  return `${model} has no such hyper-parameter.${didYouMean(key, known)} It has ${orList(known)}`;
}

/** `a number from 0.01 to 1 (default 0.5)`: what the JSON schema of one hyper-parameter allows. */
function allowedText(property: z.core.JSONSchema._JSONSchema | undefined): string | undefined {
  if (typeof property !== 'object') return undefined;
  const fallback = property.default === undefined ? '' : ` (default ${property.default})`;
  if (property.enum !== undefined) return `${orList(property.enum.map(String))}${fallback}`;
  if (property.type === 'boolean') return `true or false${fallback}`;
  if (property.type !== 'number' && property.type !== 'integer') return undefined;
  const kind = property.type === 'integer' ? 'a whole number' : 'a number';
  return `${kind} from ${property.minimum} to ${property.maximum}${fallback}`;
}
