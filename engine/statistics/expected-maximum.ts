import { normalQuantile } from './normal.ts';

const EULER_MASCHERONI = 0.577_215_664_901_532_9;

/**
 * What the largest of `tries` independent standard normal variables is expected to be, about: with N tries
 * (1 - g) q(1 - 1/N) + g q(1 - 1/(N e)), q the normal quantile, g Euler's constant; at least 0. `tries` need not be whole
 * (effective tries); 0 for one or fewer. At 20 tries it is 1 % too high, less with more.
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014), appendix 1.
 */
export function expectedMaximum(tries: number): number {
  if (!(tries > 1)) return 0;
  const expected =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / tries) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (tries * Math.E));
  return Math.max(0, expected);
}

/**
 * Minimum backtest length, in years: how long a backtest has to be so that the best of `tries` without an edge is not
 * expected to reach the annual Sharpe ratio `sharpe` (above 0): (E[max] / SR)^2.
 * Source: Bailey, Borwein, López de Prado and Zhu, Pseudo-Mathematics and Financial Charlatanism, Notices of the AMS 61 (2014).
 */
export function minimumBacktestYears(tries: number, sharpe: number): number {
  return (expectedMaximum(tries) / sharpe) ** 2;
}
