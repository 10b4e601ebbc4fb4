import { EngineError } from '../contract/errors.ts';
import { meanOver } from './rows.ts';
import type { Target, TargetSide } from './target.ts';
import { TAKE_PROFIT, wayOf } from './trade-exits.ts';
import { inUnits, type SideOutcomes } from './trade-outcomes.ts';

/**
 * Class 1 where a trade entered at the next open reaches its take-profit before its stop, and before the horizon is over; of a long and of a
 * short trade, a model each. A probability q is worth q TP + (1 - q) R multiples of ATR(14) / close at the signal, R the mean net
 * result, in these, of the trades that the member learned from and that did not reach it.
 */
export const barrier: Target = {
  name: 'barrier',
  title: 'Barrier',
  task: 'classes',
  cut: 'base_rate',
  forecastsRecursively: false,
  series({ trades }, exits) {
    if (exits === null) throw new EngineError('internal', 'Expected take-profit and stop, found none.');
    const { takeProfit } = exits;
    const { unit, long, short } = trades(exits);

    function side(name: 'long' | 'short', { net, exits: left }: SideOutcomes): TargetSide {
      const labels = net.map((result, t) =>
        Number.isNaN(result) ? result : +(wayOf(left.how[t + 1]!) === TAKE_PROFIT),
      );
      return {
        side: name,
        labels,
        outcomes: net,
        scale(train) {
          const missed = meanOver(
            train,
            (t) => inUnits(net[t]!, unit[t]!),
            (t) => labels[t] === 0,
          );
          return { offset: missed, slope: takeProfit - missed };
        },
      };
    }
    return { sides: [side('long', long), side('short', short)], unit };
  },
};
