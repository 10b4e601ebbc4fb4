export { elasticnet } from './elasticnet.ts';
export { lasso } from './lasso.ts';
export { linearRegression } from './linear-regression.ts';
export { ridge } from './ridge.ts';
