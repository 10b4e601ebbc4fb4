import { type CostModel, type Frictions, marketFrictions } from '../backtest/costs.ts';
import { marketWithExits } from '../backtest/lane-exits.ts';
import type { SimulationMarket } from '../backtest/simulator.ts';
import type { ExitMultiples } from '../contract/target-names.ts';
import type { Candles } from '../market/candles.ts';
import type { RowTrading } from '../models/model.ts';
import { targetOf } from '../targets/catalog.ts';
import type { Target, TargetSeries } from '../targets/target.ts';
import { type TradeOutcomes, tradeOutcomes } from '../targets/trade-outcomes.ts';
import type { EvaluationSpan } from './evaluation-span.ts';

/** What models of one target and horizon learn on the candles of a context. */
export interface RowTarget extends TargetSeries {
  readonly exits: ExitMultiples | null;
  readonly forecastsRecursively: boolean;
  readonly task: Target['task'];
  readonly cut: Target['cut'];
  /** What its strategies trade in, where their trades have exits: the market of a span of these rows. */
  market(span: EvaluationSpan): SimulationMarket | undefined;
}

/** Targets of the rows of one series, each made once; folds share those of the series that they are part of. */
export interface RowTargets {
  /** @throws EngineError `invalid-input` for a text that is no target */
  of(target: string, horizon: number): RowTarget;
  /** What positions come to, for models that learn from it in place of a target; made once. */
  trading(): RowTrading;
}

export function createRowTargets(candles: Candles, costs: CostModel): RowTargets {
  const known = new Map<string, RowTarget>();
  const tradesOf = new Map<string, TradeOutcomes>();
  let frictions: Frictions | undefined;
  const rowFrictions = () => {
    frictions ??= marketFrictions(candles, costs, { from: 0, to: candles.length });
    return frictions;
  };

  function trades(exits: ExitMultiples, horizon: number): TradeOutcomes {
    const key = `${exits.takeProfit}:${exits.stopLoss} ${horizon}`;
    let made = tradesOf.get(key);
    if (made === undefined) {
      made = tradeOutcomes(candles, rowFrictions(), exits, horizon);
      tradesOf.set(key, made);
    }
    return made;
  }

  function create(target: string, horizon: number): RowTarget {
    const { type, exits } = targetOf(target);
    const series = type.series(
      { candles, horizon, trades: (multiples) => trades(multiples, horizon) },
      exits,
    );
    // The same object for the same span: what is made of it is made once.
    const markets = new WeakMap<EvaluationSpan, SimulationMarket>();
    return {
      ...series,
      exits,
      forecastsRecursively: type.forecastsRecursively,
      task: type.task,
      cut: type.cut,
      market(span) {
        if (exits === null) return undefined;
        let market = markets.get(span);
        if (market === undefined) {
          const { from } = span.rows;
          const swaps = rowFrictions();
          const lanes = { from, lanes: span.lanes };
          const swap = (of: Float64Array) => of.subarray(from, from + span.lanes);
          const spanSwaps = { swapLong: swap(swaps.swapLong), swapShort: swap(swaps.swapShort) };
          market = marketWithExits(span.market, candles, spanSwaps, trades(exits, horizon), exits, lanes);
          markets.set(span, market);
        }
        return market;
      },
    };
  }

  let trading: RowTrading | undefined;
  return {
    trading() {
      trading ??= tradingOf(candles, rowFrictions());
      return trading;
    },
    of(target, horizon) {
      const key = `${target} ${horizon}`;
      let made = known.get(key);
      if (made === undefined) {
        made = create(target, horizon);
        known.set(key, made);
      }
      return made;
    },
  };
}

/** By the row at whose close it is decided: what a position comes to from the next open to the one after it; NaN where that is not known. */
function tradingOf({ open, length }: Candles, { swapLong, swapShort, roundTripCost }: Frictions): RowTrading {
  const long = new Float64Array(length).fill(Number.NaN);
  const short = new Float64Array(length).fill(Number.NaN);
  for (let row = 0; row + 2 < length; row++) {
    const came = Math.log(open[row + 2]! / open[row + 1]!);
    long[row] = came - swapLong[row + 1]!;
    short[row] = -came - swapShort[row + 1]!;
  }
  return { long, short, costPerSide: roundTripCost.map((cost) => cost / 2) };
}
