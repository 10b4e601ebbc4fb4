import { expect, it } from 'vitest';
import { METRIC_INDEX, METRICS } from '../backtest/metrics.ts';
import { EVALUATION_SCORES, type EvaluationScore } from '../contract/words.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import {
  type EvaluationTable,
  metricOf,
  rowReader,
  tableOf,
  tableSize,
} from '../pipeline/evaluation-table.ts';
import { SHAPE, shapeIn } from '../pipeline/luck.ts';
import { encodeResults } from '../pipeline/results-blob.ts';
import { createPrng } from '../random/prng.ts';
import { bestStrategies, highestSharpe } from './best-strategies.ts';
import { examineRegimes, SCORES, strategyRules } from './candidates.ts';
import { decidedStrategies } from './decided-strategies.ts';
import { regimeResults } from './regime-results.ts';

const STRATEGIES = strategyGrid();
const REGIMES = ['rising', 'falling', 'unclassified', 'quiet'];
const MIN_TRADES = [0, 3, 100];

/** Figures of few values, so that many are equal, and some are not defined. */
function exampleTable(seed: number): EvaluationTable {
  const prng = createPrng(seed);
  const values = Float64Array.from({ length: tableSize(STRATEGIES.length, REGIMES.length) }, (_, i) => {
    const value = prng.int(6);
    if (i % METRICS.length === METRIC_INDEX.trades) return value;
    return value === 0 ? Number.NaN : value - 3;
  });
  const scopes = REGIMES.map(() => ({}) as never);
  const shapes = Float64Array.from({ length: STRATEGIES.length * scopes.length * SHAPE.length }, (_, i) => i);
  const luck = { bars: 1, barsPerYear: 1, days: Float64Array.of(1), scopes, shapes };
  return { strategies: STRATEGIES, windows: ['selection', 'holdout'], regimeNames: REGIMES, values, luck };
}

function examinationsOf(table: EvaluationTable, score: EvaluationScore, minTrades: number) {
  const rules = strategyRules({ score, min_score: 'auto' as const, min_trades_per_regime: minTrades });
  return examineRegimes(regimeResults(table, SCORES[rules.score].metric), REGIMES, rules);
}

it.each(EVALUATION_SCORES)(
  'by %s: in the few that it is decided by, what is found in all of them',
  (score) => {
    for (const [seed, minTrades] of MIN_TRADES.entries()) {
      const whole = exampleTable(1 + seed);
      const few = tableOf(whole, decidedStrategies(whole, { score, minTrades }));
      const examined = examinationsOf(whole, score, minTrades);
      expect(examinationsOf(few, score, minTrades)).toEqual(examined);
      expect(bestStrategies(few)).toEqual(bestStrategies(whole));
      expect(highestSharpe(few)).toBe(highestSharpe(whole));
      expect(few.of!.length).toBeLessThanOrEqual(10 + REGIMES.length - 1);
      for (const strategy of [
        ...bestStrategies(whole),
        ...examined.map(({ strategyIndex }) => strategyIndex),
      ]) {
        for (let segment = 0; segment <= REGIMES.length; segment++) {
          const [read, expected] = [rowReader(few, strategy, segment), rowReader(whole, strategy, segment)];
          for (const window of whole.windows) {
            for (const metric of METRICS) expect(read(window, metric)).toBe(expected(window, metric));
          }
        }
        const position = few.of!.indexOf(strategy);
        expect(shapeIn(few.luck!, position, 1, 'kurtosis')).toBe(
          shapeIn(whole.luck!, strategy, 1, 'kurtosis'),
        );
      }
    }
  },
);

it('says so where a figure is asked for that is not there, and is not encoded as if it were all', () => {
  const few = tableOf(exampleTable(4), [3, 7]);
  expect(() => metricOf(few, 4, 'holdout', 0, 'trades')).toThrow(/strategy 4 of 135, found those of 3, 7/);
  expect(() => encodeResults(few)).toThrow(/figures of all strategies/);
});
