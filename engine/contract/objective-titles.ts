import type { Objective } from './search.ts';

/** What trials are judged by, as heads of tables and axes call it. */
const TITLES: Readonly<Record<Objective, string>> = {
  spearman: 'Spearman',
  rmse: 'RMSE',
  roc_auc: 'ROC AUC',
  log_loss: 'Log loss',
  accuracy: 'Accuracy',
  f1: 'F1',
  sharpe: 'Sharpe',
};

/** Of one that is not known: its name. */
export function objectiveTitle(objective: string): string {
  return Object.hasOwn(TITLES, objective) ? TITLES[objective as Objective] : objective;
}
