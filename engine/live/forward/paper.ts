import { marketWithExits } from '../../backtest/lane-exits.ts';
import { POSITIONS, policyMarket } from '../../backtest/policy.ts';
import { Simulation, type SimulationMarket, simulate } from '../../backtest/simulator.ts';
import { POLICY_HORIZON } from '../../pipeline/policy.ts';
import { type RecordedBar, unpackedChoices } from '../../pipeline/recorded-bars.ts';
import { targetOf } from '../../targets/catalog.ts';
import {
  type ExitReason,
  exitReason,
  INSIDE,
  type TradeExits,
  tradeExits,
} from '../../targets/trade-exits.ts';

/** A trade on paper. */
export interface PaperTrade {
  readonly direction: 1 | -1;
  /** Opening time of the bar at whose open it was entered, ms UTC, and the price there, as quoted. */
  readonly entryTime: number;
  readonly entryPrice: number;
  /** The bar at whose open, or within which, it was left; null: it is held still. */
  readonly exitTime: number | null;
  readonly exitPrice: number | null;
  readonly reason: ExitReason | null;
  /** Net log return; of one that is held what it came to by the newest open. */
  readonly net: number;
  /** What its two fills, or the first one, cost, log return. */
  readonly cost: number;
}

/** What trading recorded bars came to. */
export interface Paper {
  readonly trades: readonly PaperTrade[];
  /** Market days that are over, ascending, and the net log return of each. */
  readonly days: readonly number[];
  readonly daySums: Float64Array;
  /** Net log return up to the newest open. */
  readonly net: number;
}

/** How a version trades. */
export interface PaperRules {
  readonly target: string;
  readonly horizon: number;
}

/**
 * Trades recorded bars with the simulator of the backtest: signals fill at the open of the next bar. Nobody knows yet what comes after the
 * newest bar, so that bars which stand still are put there: a trade that ends in them is held still. What a bar has come to is
 * final once the next one is there.
 */
export function tradeOnPaper(bars: readonly RecordedBar[], { target, horizon }: PaperRules): Paper {
  const count = bars.length;
  if (count === 0) return { trades: [], days: [], daySums: new Float64Array(0), net: 0 };
  const isAgent = bars[0]!.choices !== null;
  const lanes = count + horizon + 2;
  const held = isAgent ? POLICY_HORIZON : horizon;
  const market = marketOf(bars, lanes, { target, horizon });
  const signal = new Int8Array(lanes);
  bars.forEach((bar, lane) => {
    signal[lane] = bar.signal;
  });
  const out = new Simulation(lanes);
  simulate(signal, market, held, { from: 0, to: lanes }, out);
  const last = count - 1;
  const trades: PaperTrade[] = [];
  for (let k = 0; k < out.trades; k++) {
    const trade = tradeAt(k, { bars, market, out });
    if (trade !== undefined) trades.push(trade);
  }
  const days: number[] = [];
  const sums: number[] = [];
  let net = 0;
  for (let lane = 0; lane < last; lane++) {
    net += out.netReturn[lane]!;
    const { day } = bars[lane]!;
    if (day === bars[last]!.day) continue;
    if (days.at(-1) !== day) {
      days.push(day);
      sums.push(0);
    }
    sums[sums.length - 1]! += out.netReturn[lane]!;
  }
  return { trades, days, daySums: Float64Array.from(sums), net };
}

interface Traded {
  readonly bars: readonly RecordedBar[];
  readonly market: SimulationMarket;
  readonly out: Simulation;
}

/** Undefined of one that would be entered at the next open. */
function tradeAt(k: number, { bars, market, out }: Traded): PaperTrade | undefined {
  const [entry, exit, how] = [out.entry[k]!, out.exit[k]!, out.how[k]!];
  const count = bars.length;
  const first = bars[entry];
  if (first === undefined) return undefined;
  const direction = out.direction[k]! > 0 ? 1 : -1;
  const isInside = how >= INSIDE;
  const isOver = isInside ? exit <= count : exit < count;
  const begun = { direction, entryTime: first.time, entryPrice: first.open } as const;
  if (!isOver) {
    let net = 0;
    for (let lane = entry; lane < count - 1; lane++) net += out.netReturn[lane]!;
    return {
      ...begun,
      exitTime: null,
      exitPrice: null,
      reason: null,
      net: entry === count - 1 ? -first.cost : net,
      cost: first.cost,
    };
  }
  const left = bars[isInside ? exit - 1 : exit]!;
  return {
    ...begun,
    exitTime: left.time,
    exitPrice: isInside ? market.exits![direction > 0 ? 'long' : 'short'].price[entry]! : left.open,
    reason: exitReason(how),
    net: out.tradeReturn[k]!,
    cost: first.cost + left.cost,
  };
}

function marketOf(bars: readonly RecordedBar[], lanes: number, rules: PaperRules): SimulationMarket {
  const count = bars.length;
  const { close: still } = bars[count - 1]!;
  const column = (of: (bar: RecordedBar) => number, beyond: number) =>
    Float64Array.from({ length: lanes }, (_, lane) => (lane < count ? of(bars[lane]!) : beyond));
  const open = column((bar) => bar.open, still);
  const long = new Float64Array(lanes);
  const short = new Float64Array(lanes);
  const swapLong = new Float64Array(lanes);
  const swapShort = new Float64Array(lanes);
  for (let lane = 0; lane + 1 < count; lane++) {
    const next = bars[lane + 1]!;
    swapLong[lane] = next.swapLong;
    swapShort[lane] = next.swapShort;
    const logReturn = Math.log(next.open / open[lane]!);
    long[lane] = logReturn - next.swapLong;
    short[lane] = -logReturn - next.swapShort;
  }
  const market: SimulationMarket = {
    long,
    short,
    costPerSide: column((bar) => bar.cost, 0),
    stake: column((bar) => bar.stake, 1),
    regimeAtOpen: new Uint8Array(lanes),
  };
  if (bars[0]!.choices !== null) {
    const choices = Int8Array.from({ length: POSITIONS * lanes }, (_, i) => {
      const [lane, position] = [Math.floor(i / POSITIONS), i % POSITIONS];
      // Beyond the newest bar it stays where it is.
      return lane < count ? unpackedChoices(bars[lane]!.choices!)[position]! : position - 1;
    });
    return policyMarket(market, [{ from: 0, to: lanes }], choices);
  }
  const { exits } = targetOf(rules.target);
  if (exits === null) return market;
  const high = column((bar) => bar.high, still);
  const low = column((bar) => bar.low, still);
  const range = column((bar) => bar.range, Number.NaN);
  const prices = { open, high, low, length: lanes };
  const side = (direction: 1 | -1): { readonly exits: TradeExits; readonly net: Float64Array } => ({
    exits: tradeExits(prices, range, exits, rules.horizon, direction),
    net: new Float64Array(0),
  });
  const trades = { unit: range, long: side(1), short: side(-1) };
  return marketWithExits(market, { open }, { swapLong, swapShort }, trades, exits, { from: 0, lanes });
}
