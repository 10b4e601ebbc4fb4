import { createPrng } from '../../random/prng.ts';
import type { SurvivalRow } from '../rows.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2015, 0, 3);
const REGIMES = ['bull', 'bear', 'calm'];

export interface RowsOptions {
  readonly folds: number;
  readonly cells?: number;
  readonly seed?: number;
  /** How much the trend of the selection window says of what follows: 0 nothing. The Sharpe there says nothing. */
  readonly edge?: number;
}

/** Rows of a procedure whose outcome depends on the market's trend as much as is asked. Windows of 60 days, one after the other. */
export function madeUpRows({ folds, cells = 4, seed = 1, edge = 0 }: RowsOptions): SurvivalRow[] {
  const prng = createPrng(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - prng.float())) * Math.cos(2 * Math.PI * prng.float());
  const rows: SurvivalRow[] = [];
  for (let fold = 0; fold < folds; fold++) {
    for (let cell = 0; cell < cells; cell++) {
      for (const regime of REGIMES) {
        const sharpe = Math.abs(normal()) * 2;
        const trend = normal();
        const net = 0.01 * (edge * trend + normal());
        rows.push({
          symbol: 'DEMO_EURUSD',
          timeframe: 'H4',
          regime,
          configHash: `cell ${cell}`,
          modelType: cell % 2 === 0 ? 'ridge' : 'xgboost',
          target: 'return',
          horizon: 3 + cell,
          daysHistory: 60,
          strategy: {
            predictionMethod: 'direct',
            ensembleMethod: 'mean',
            confidenceThreshold: 0.4,
            lookbackWindow: 50,
          },
          figures: {
            sharpe,
            sharpeError: 2,
            composite: 0.5 + sharpe / 20,
            trades: 20 + prng.int(20),
            volatility: 0.08 + prng.float() / 100,
            trend,
          },
          decidedAt: BEGIN + fold * 60 * DAY,
          closedAt: BEGIN + (fold + 1) * 60 * DAY,
          outcome: { trades: 10, net, staked: 0.05 },
        });
      }
    }
  }
  return rows;
}
