import { createPrng } from '../engine/random/prng.ts';
import { backtestOverfitting } from '../engine/statistics/backtest-overfitting.ts';
import { noCoinMaxima, raiseCoinMaxima } from '../engine/statistics/coin-maxima.ts';
import { COINS, tossCoins } from '../engine/statistics/coins.ts';
import { addStandardized, noStandardizedSum } from '../engine/statistics/effective-tries.ts';
import { medianCpuMs, type Subject } from './subject.ts';

const STRATEGIES = 135;
const DAYS = 120;
const RESERVOIR = 2000;

/** What the figures for luck cost beside a cell's own backtests. */
export const statisticsSubject: Subject = {
  name: 'statistics',
  title: "figures for luck of one cell's strategies, in processor time",
  async measure(runs = 15) {
    const days = Array.from({ length: DAYS }, (_, day) => 20_000 + day);
    const tosses = tossCoins('EURUSD', days);
    const daySums = randomDaySums(STRATEGIES, 1);
    const denominators = new Float64Array(STRATEGIES).fill(0.05);
    const maxima = noCoinMaxima(COINS);
    const scores = new Float64Array(STRATEGIES);
    const reservoir = randomDaySums(RESERVOIR, 2);
    const sum = noStandardizedSum(DAYS);
    return {
      data: `random day sums, ${STRATEGIES} strategies x ${DAYS} days, all different and none idle; ${COINS} coins`,
      runs,
      figures: [
        {
          name: `coins of ${DAYS} days`,
          value: medianCpuMs(runs, () => tossCoins('EURUSD', days)),
          unit: 'ms',
        },
        {
          name: 'coin maxima',
          value: medianCpuMs(runs, () => raiseCoinMaxima(tosses, daySums, denominators, maxima, scores)),
          unit: 'ms',
          atMost: 6,
        },
        {
          name: 'standardized sum',
          value: medianCpuMs(runs, () => addStandardized(sum, daySums, STRATEGIES)),
          unit: 'ms',
        },
        {
          name: `overfitting of ${RESERVOIR} strategies in 8 blocks`,
          value: medianCpuMs(runs, () => backtestOverfitting(reservoir, RESERVOIR, 8)),
          unit: 'ms',
        },
      ],
    };
  },
};

function randomDaySums(strategies: number, seed: number): Float64Array {
  const random = createPrng(seed);
  return Float64Array.from({ length: strategies * DAYS }, () => 0.005 * random.normal());
}
