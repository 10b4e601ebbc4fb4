import { type RelayedMarket, relayedMarket } from '../backtest/relayed-market.ts';
import { Simulation, type SimulationMarket, simulateRelay } from '../backtest/simulator.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { EvaluationSpan } from '../pipeline/evaluation-span.ts';
import type { TestedWindow } from '../pipeline/job.ts';
import type { Champion } from '../selection/champion.ts';
import { decide, type SelectionRules } from '../selection/decide.ts';
import { INSIDE } from '../targets/trade-exits.ts';
import type { Contender } from './contenders.ts';

/** What one configuration of a procedure came to in a fold. */
export interface FoldContenders {
  /** Position in the grid. */
  readonly cell: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly contenders: readonly Contender[];
}

/** A fold's champion of a regime, chosen on the fold's own selection window. */
export interface FoldChampion extends Contender {
  /** Position in the grid of the configuration whose model it is. */
  readonly cell: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/**
 * Chooses a fold's champions as the grid would have: results are judged in grid order, and nobody was champion before. Of a scope with
 * several places the first has the word.
 */
export function chooseInFold(cells: readonly FoldContenders[], rules: SelectionRules): FoldChampion[] {
  let champions: readonly Champion[] = [];
  for (const { cell, symbol, timeframe, contenders } of cells) {
    const examinations = contenders.map((contender) => ({ ...contender, ineligible: null }));
    champions = decide({ runId: cell, symbol, timeframe, examinations }, champions, rules).champions;
  }
  const byCell = new Map(cells.map((of) => [of.cell, of]));
  const first = new Map<string, Champion>();
  for (const champion of champions) {
    const { symbol, timeframe, regime, score } = champion;
    const scope = `${symbol} ${timeframe} ${regime}`;
    const holder = first.get(scope);
    if (holder === undefined || score > holder.score) first.set(scope, champion);
  }
  return [...first.values()].map(({ runId, regime }) => {
    const { cell, symbol, timeframe, contenders } = byCell.get(runId)!;
    return { ...contenders.find((of) => of.regime === regime)!, cell, symbol, timeframe };
  });
}

export interface TradedWindow extends TestedWindow {
  /** Of each trade, whether it was left between two opens. */
  readonly inside: readonly boolean[];
}

/** What the champions of a fold did in its test window. */
export interface TradedFold {
  /** Each alone, by its regime. */
  readonly alone: ReadonlyMap<string, TradedWindow>;
  /** With one position: on each bar the champion of its regime has the word. */
  readonly together: TradedWindow;
}

/**
 * Trades a fold's champions of one market through its test window.
 *
 * @param champions at most one of each regime, of this market
 * @param window name of the test window
 * @param marketOf what a champion trades in where its trades have exits
 */
export function tradeFold<T extends Pick<FoldChampion, 'regime' | 'signal' | 'horizon'>>(
  span: EvaluationSpan,
  champions: readonly T[],
  window: string,
  marketOf: (champion: T) => SimulationMarket | undefined,
): TradedFold {
  const range = span.windows.find(({ name }) => name === window);
  if (range === undefined) throw new EngineError('internal', `Expected a window ${window}, found none.`);
  const bars = range.to - range.from;
  const out = new Simulation(span.lanes);

  const markets = new Map(champions.map((champion) => [champion, marketOf(champion)]));

  function trade(of: readonly T[]): TradedWindow {
    const signal = new Int8Array(span.lanes);
    const horizon = new Uint16Array(span.lanes);
    const relayed: RelayedMarket[] = [];
    for (const champion of of) {
      if (champion.signal.length !== bars) {
        throw new EngineError('internal', `Expected ${bars} signals, found ${champion.signal.length}.`);
      }
      champion.signal.forEach((way, i) => {
        if (way === 0) return;
        signal[range!.from + i] = way;
        horizon[range!.from + i] = champion.horizon;
      });
      relayed.push({
        market: markets.get(champion),
        horizon: champion.horizon,
        // A signal of the bar before is entered at the open.
        hasWord: (lane) => (champion.signal[lane - 1 - range!.from] ?? 0) !== 0,
      });
    }
    const market = relayedMarket(span.market, relayed);
    simulateRelay(signal, horizon, market, range!, out);
    return {
      netReturn: out.netReturn.slice(range!.from, range!.to),
      trades: Array.from({ length: out.trades }, (_, k) => ({
        entry: out.entry[k]! - range!.from,
        exit: out.exit[k]! - range!.from,
        direction: out.direction[k]! > 0 ? 1 : -1,
        stake: market.stake[out.entry[k]!]!,
      })),
      inside: Array.from({ length: out.trades }, (_, k) => out.how[k]! >= INSIDE),
      marketDay: span.marketDay.slice(range!.from, range!.to),
    };
  }

  return {
    alone: new Map(champions.map((champion) => [champion.regime, trade([champion])])),
    together: trade(champions),
  };
}
