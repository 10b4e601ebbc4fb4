import { createPrng, type Prng } from '../random/prng.ts';
import type { Candles } from './candles.ts';
import { roundTo } from './reading/formats/number-cell.ts';
import { nextBarTime } from './time/calendar.ts';

const HOUR = 3_600_000;
/** Three years of hourly bars: from a Sunday opening to a Friday close. */
const FIRST_BAR = Date.UTC(2022, 5, 26, 21);
const END = Date.UTC(2025, 5, 27, 21);
/** Steps inside an hour, so that high and low come from a path. */
const STEPS = 12;

interface DemoSymbol {
  readonly symbol: string;
  readonly start: number;
  readonly digits: number;
  /** Typical spread in price units. */
  readonly spread: number;
  /** Share of hourly variance that comes from the dollar, with the sign of the dollar's effect. */
  readonly dollar: number;
}

const SYMBOLS: readonly DemoSymbol[] = [
  { symbol: 'DEMO_EURUSD', start: 1.1, digits: 5, spread: 0.00007, dollar: -0.6 },
  { symbol: 'DEMO_GBPUSD', start: 1.27, digits: 5, spread: 0.0001, dollar: -0.5 },
  { symbol: 'DEMO_USDJPY', start: 140, digits: 3, spread: 0.009, dollar: 0.5 },
];

/** What the market is like for a while. */
interface Regime {
  /** Drift per hour, as a share of the hour's volatility. */
  readonly drift: number;
  /** Share of the distance to the moving anchor that an hour takes back. */
  readonly pull: number;
  /** Hourly standard deviation of log returns at an average time of day. */
  readonly volatility: number;
  /** Hours it lasts on average. */
  readonly hours: number;
}

const REGIMES: readonly Regime[] = [
  { drift: 0.14, pull: 0, volatility: 0.0009, hours: 200 },
  { drift: -0.14, pull: 0, volatility: 0.0009, hours: 200 },
  { drift: 0, pull: 0.035, volatility: 0.0007, hours: 120 },
  { drift: 0, pull: 0.03, volatility: 0.0016, hours: 60 },
];

/** Activity by hour of the day in UTC: quiet in Asia, lively in London and New York, thin around the rollover. */
const ACTIVITY = [
  0.7, 0.7, 0.6, 0.6, 0.6, 0.7, 0.9, 1.3, 1.4, 1.2, 1.1, 1.1, 1.3, 1.5, 1.6, 1.4, 1.2, 0.9, 0.8, 0.7, 0.6,
  0.4, 0.5, 0.6,
];

/**
 * A market that never was, for trying Regimen without data: three symbols, hourly, three years, the same bars for the same
 * seed. Trends, ranges and storms follow each other in a Markov chain, so there is something to learn in some regimes, and
 * after costs not much. The symbols share a dollar factor, as currency pairs do.
 */
export function demoMarket(seed = 1): Candles[] {
  const time = barTimes();
  const dollar = dollarReturns(createPrng(seed), time.length * STEPS);
  return SYMBOLS.map((symbol, i) => simulate(symbol, createPrng(seed * 1000 + i + 1), time, dollar));
}

function barTimes(): Float64Array {
  const times: number[] = [];
  for (let t = FIRST_BAR; t < END; t = nextBarTime(t, 'H1')) times.push(t);
  return Float64Array.from(times);
}

/** Standard normal steps that all symbols share. */
function dollarReturns(prng: Prng, steps: number): Float64Array {
  return Float64Array.from({ length: steps }, () => prng.normal());
}

function simulate(demo: DemoSymbol, prng: Prng, time: Float64Array, dollar: Float64Array): Candles {
  const length = time.length;
  const open = new Float64Array(length);
  const high = new Float64Array(length);
  const low = new Float64Array(length);
  const close = new Float64Array(length);
  const volume = new Float64Array(length);
  const spread = new Float64Array(length);
  const own = Math.sqrt(1 - demo.dollar ** 2);
  const home = Math.log(demo.start);
  let price = home;
  let anchor = home;
  let regime = REGIMES[2]!;
  for (let i = 0; i < length; i++) {
    if (prng.float() < 1 / regime.hours) regime = otherRegime(prng, regime);
    const weekend = i > 0 && time[i]! - time[i - 1]! > HOUR;
    if (weekend) price += prng.normal() * regime.volatility;
    const activity = ACTIVITY[new Date(time[i]!).getUTCHours()]!;
    const sigma = regime.volatility * activity;
    // The faint pull to where it began keeps prices plausible over the years.
    const drift = regime.drift * sigma - regime.pull * (price - anchor) - 0.0002 * (price - home);
    const opened = price;
    let top = price;
    let bottom = price;
    for (let s = 0; s < STEPS; s++) {
      const shock = demo.dollar * dollar[i * STEPS + s]! + own * prng.normal();
      price += drift / STEPS + (sigma / Math.sqrt(STEPS)) * shock;
      top = Math.max(top, price);
      bottom = Math.min(bottom, price);
    }
    anchor += 0.02 * (price - anchor);
    open[i] = roundTo(Math.exp(opened), demo.digits);
    high[i] = roundTo(Math.exp(top), demo.digits);
    low[i] = roundTo(Math.exp(bottom), demo.digits);
    close[i] = roundTo(Math.exp(price), demo.digits);
    const size = (top - bottom) / 0.0012;
    volume[i] = Math.round(2500 * activity * (0.4 + size) * Math.exp(0.25 * prng.normal()));
    const thinness = activity < 0.55 ? 2.5 : 1.2 - 0.2 * activity;
    spread[i] = roundTo(demo.spread * thinness * (0.9 + 0.2 * prng.float()), demo.digits);
  }
  return {
    symbol: demo.symbol,
    timeframe: 'H1',
    length,
    time: time.slice(),
    open,
    high,
    low,
    close,
    volume,
    spread,
    synthetic: true,
  };
}

function otherRegime(prng: Prng, current: Regime): Regime {
  const others = REGIMES.filter((regime) => regime !== current);
  return others[prng.int(others.length)]!;
}
