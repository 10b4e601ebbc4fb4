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
  linear: 'linear_regression',
  linearregression: 'linear_regression',
};

/** What an ensemble stacks where nothing else is said. */
export const DEFAULT_BASE_MODELS = 'ridge+random_forest+xgboost';

/** Name of a model type as it is stored: `rf`, `RandomForest` and `random_forest` are one. An unknown one stays as it is. */
export function readModelType(text: string): string {
  const plain = text.trim().toLowerCase();
  const compact = plain.replace(/[\s_-]/g, '');
  if (Object.hasOwn(SHORT_NAMES, compact)) return SHORT_NAMES[compact]!;
  return /^[a-z_]+$/.test(plain) ? plain : text;
}

export const writtenModelType = z.string().transform(readModelType);
