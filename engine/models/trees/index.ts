export { gradientBoosting } from './gradient-boosting.ts';
export { lightgbm } from './lightgbm.ts';
export { randomForest } from './random-forest.ts';
export { xgboost } from './xgboost.ts';
