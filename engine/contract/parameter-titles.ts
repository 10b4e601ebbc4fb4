import { AXIS_LIST } from './configuration.ts';

/**
 * Hyper-parameters as a reader calls them. Their names are those of the libraries people know, and stay what files, commands and
 * conditions take. No two share a title, since charts of all runs show those of several model types beside each other.
 */
const TITLES: Readonly<Record<string, string>> = {
  alpha: 'Penalty',
  l1_ratio: 'Lasso share',
  n_estimators: 'Trees',
  max_depth: 'Depth',
  max_features: 'Features per split',
  min_samples_leaf: 'Fewest rows in a leaf',
  learning_rate: 'Learning rate',
  subsample: 'Rows per tree',
  early_stopping_rounds: 'Early stopping',
  objective: 'Objective',
  min_child_weight: 'Smallest leaf',
  reg_lambda: 'L2 penalty',
  reg_alpha: 'L1 penalty',
  gamma: 'Least gain of a split',
  colsample_bytree: 'Features per tree',
  max_bin: 'Bins',
  num_leaves: 'Leaves',
  min_data_in_leaf: 'Fewest rows in a leaf (LightGBM)',
  min_sum_hessian_in_leaf: 'Smallest leaf (LightGBM)',
  lambda_l1: 'L1 penalty (LightGBM)',
  lambda_l2: 'L2 penalty (LightGBM)',
  feature_fraction: 'Features per tree (LightGBM)',
  bagging_fraction: 'Rows per bag',
  bagging_freq: 'Trees per bag',
  data_sample_strategy: 'How rows are drawn',
  top_rate: 'Rows kept for their gradients',
  other_rate: 'Rows drawn from the others',
  base_models: 'Stacked models',
  folds: 'Blocks left out',
  caution: 'Caution',
  side: 'Side',
};

/** What a search by Sharpe ratio may vary of a configuration, by the names that its file has. */
const STRUCTURAL = new Map([
  ...AXIS_LIST.map(({ name, title }): [string, string] => [name, title.split(',')[0]!]),
  // Of a trial; the form's axis of all of them has the longer title.
  ['days_history', 'Days'],
  ['take_profit', 'Take-profit'],
  ['stop_loss', 'Stop-loss'],
]);

/** `learning_rate` -> `Learning rate`, `LONG alpha` -> `LONG Penalty`; whatever is not known stays as it is. */
export function parameterTitle(name: string): string {
  const [, side = '', key = name] = /^(LONG |SHORT )?(.*)$/.exec(name) ?? [];
  const title = Object.hasOwn(TITLES, key) ? TITLES[key]! : STRUCTURAL.get(key);
  return title === undefined ? name : `${side}${title}`;
}
