import type { MetricsDto } from '../../engine/contract/dto/index.ts';
import type { Term } from './texts/glossary.ts';

export type MetricName = keyof MetricsDto & Term;

/** All figures of a strategy, in the order in which every place lists them. */
export const METRICS = [
  'sharpe',
  'sortino',
  'composite',
  'totalReturn',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'trades',
  'exposure',
] as const satisfies readonly MetricName[];

/** Those that sum a strategy up, after its Sharpe ratio. */
export const MAIN_METRICS = [
  'totalReturn',
  'maxDrawdown',
  'winRate',
  'profitFactor',
  'trades',
] as const satisfies readonly MetricName[];

const SIGNED: ReadonlySet<Term> = new Set([
  'sharpe',
  'bestSharpe',
  'holdoutSharpe',
  'outOfSample',
  'sortino',
  'calmar',
  'expectancy',
  'totalReturn',
  'rankIc',
  'r2',
  'roi',
  'kelly',
]);

/** Whether a figure is a loss below zero. Above it proves nothing: what is green is said to be better than luck. */
export function isSigned(term: Term): boolean {
  return SIGNED.has(term);
}
