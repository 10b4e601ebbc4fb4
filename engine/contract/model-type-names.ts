import { z } from 'zod';

/** Model types by the short names that other systems have for them, without capitals, spaces and dashes. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  xgb: 'xgboost',
  rf: 'random_forest',
  randomforest: 'random_forest',
  lgb: 'lightgbm',
  lgbm: 'lightgbm',
  gb: 'gradient_boosting',
  gbm: 'gradient_boosting',
  gradientboosting: 'gradient_boosting',
  stacking: 'ensemble',
  qagent: 'q_agent',
  rlagent: 'q_agent',
  linear: 'linear_regression',
  linearregression: 'linear_regression',
};

/** What a person reads; the catalog of models has the longer ones that forms explain. */
const TITLES: Readonly<Record<string, string>> = {
  linear_regression: 'Linear regression',
  ridge: 'Ridge',
  lasso: 'Lasso',
  elasticnet: 'Elastic net',
  random_forest: 'Random forest',
  gradient_boosting: 'Gradient boosting',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  ensemble: 'Ensemble',
  q_agent: 'Q agent',
};

/** `elasticnet` -> `Elastic net`; a type that this release does not know keeps its name. */
export function modelTitle(modelType: string): string {
  return Object.hasOwn(TITLES, modelType) ? TITLES[modelType]! : modelType;
}

/** What an ensemble stacks where nothing else is said. */
export const DEFAULT_BASE_MODELS = 'ridge+random_forest+xgboost';

/** The type whose models act: what they do depends on the position that they are in. */
export const Q_AGENT = 'q_agent';

export function isAgent(modelType: string): boolean {
  return modelType === Q_AGENT;
}

/** Name of a model type as it is stored: `rf`, `RandomForest` and `random_forest` are one. An unknown one stays as it is. */
export function readModelType(text: string): string {
  const plain = text.trim().toLowerCase();
  const compact = plain.replace(/[\s_-]/g, '');
  if (Object.hasOwn(SHORT_NAMES, compact)) return SHORT_NAMES[compact]!;
  return /^[a-z_]+$/.test(plain) ? plain : text;
}

/** What other systems call a model of classes. Here any type but an agent is one, with target direction; this is the type that is meant. */
export const CLASSIFIER = 'classifier';
export const CLASSIFIER_TYPE = 'ridge';

/** What is made of a name that is another system's kind of model, as an end of a sentence; undefined where it is a type's own. */
export function readingOf(text: string): string | undefined {
  const kind = text.trim().toLowerCase();
  if (kind === CLASSIFIER) return `${kind} is trained as ${CLASSIFIER_TYPE}, with target direction`;
  return kind === 'rl_agent' ? `${kind} is trained as ${Q_AGENT}, with target return` : undefined;
}

/** The same where a target is learned, which `classifier` leaves at direction. */
export const trainedModelType = z
  .string()
  .transform((text) => (readModelType(text) === CLASSIFIER ? CLASSIFIER_TYPE : readModelType(text)));

export const writtenModelType = z.string().transform(readModelType);
