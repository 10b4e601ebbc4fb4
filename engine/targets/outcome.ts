import { EngineError } from '../contract/errors.ts';
import type { Target } from './target.ts';
import { inUnits, type SideOutcomes } from './trade-outcomes.ts';

/**
 * What a trade entered at the next open comes to that leaves at take-profit, stop or the end of the horizon: its net log return in
 * multiples of ATR(14) / close, as known at the signal. Of a long and of a short trade, a model each.
 */
export const outcome: Target = {
  name: 'outcome',
  title: 'Outcome',
  task: 'returns',
  cut: null,
  forecastsRecursively: false,
  series({ trades }, exits) {
    if (exits === null) throw new EngineError('internal', 'Expected take-profit and stop, found none.');
    const { unit, long, short } = trades(exits);
    const side = (name: 'long' | 'short', { net }: SideOutcomes) => ({
      side: name,
      labels: net.map((result, t) => inUnits(result, unit[t]!)),
      outcomes: net,
    });
    return { sides: [side('long', long), side('short', short)], unit };
  },
};
