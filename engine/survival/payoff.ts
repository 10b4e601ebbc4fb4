import { resultPerStake, type SurvivalRow, survived } from './rows.ts';

/** Mean result, without sign, of a unit of risk of contenders that made money and of those that did not. */
export interface Payoff {
  readonly win: number;
  readonly loss: number;
}

export function payoffOf(rows: readonly SurvivalRow[]): Payoff {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    win: mean(rows.filter(survived).map(resultPerStake)),
    loss: -mean(rows.filter((row) => !survived(row)).map(resultPerStake)),
  };
}

/** From which probability on a contender is worth a stake: p win = (1 - p) loss. */
export function breakEven({ win, loss }: Payoff): number {
  return loss / (win + loss);
}

const MOST_KELLY = 0.25;

/** Half of p / loss - (1 - p) / win, the share that grows the capital fastest, 0 where it is negative (Kelly 1956). */
export function halfKellyOf(probability: number, { win, loss }: Payoff): number {
  return Math.min(MOST_KELLY, Math.max(0, (probability / loss - (1 - probability) / win) / 2));
}
