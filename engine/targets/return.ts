import { returnLabels } from './return-label.ts';
import type { Target } from './target.ts';

/** The log return over the horizon. */
export const returnTarget: Target = {
  name: 'return',
  title: 'Return',
  task: 'returns',
  cut: null,
  forecastsRecursively: true,
  series({ candles, horizon }) {
    const labels = returnLabels(candles, horizon);
    return { sides: [{ side: 'both', labels, outcomes: labels }], unit: undefined };
  },
};
