import { returnLabels } from './return-label.ts';
import { meanOver } from './rows.ts';
import type { Target } from './target.ts';

/**
 * Class 1 where the log return over the horizon is above 0. A probability q is worth (2q - 1) A, A the mean size of the returns that
 * the member learned from.
 */
export const direction: Target = {
  name: 'direction',
  title: 'Direction',
  task: 'classes',
  cut: 'half',
  forecastsRecursively: true,
  series({ candles, horizon }) {
    const outcomes = returnLabels(candles, horizon);
    return {
      sides: [
        {
          side: 'both',
          labels: outcomes.map((y) => (Number.isNaN(y) ? y : +(y > 0))),
          outcomes,
          scale(train) {
            const size = meanOver(train, (row) => Math.abs(outcomes[row]!));
            return { offset: -size, slope: 2 * size };
          },
        },
      ],
      unit: undefined,
    };
  },
};
