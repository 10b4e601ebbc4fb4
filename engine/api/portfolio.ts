import type { ArtifactFolder } from '../artifacts/folder.ts';
import {
  currencyExposures,
  type DailyResults,
  dailyCorrelation,
  dailyDrawdown,
  dailyResults,
  equalShares,
  type HeldPair,
} from '../backtest/portfolio.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import { formatChampion } from '../contract/champion-reference.ts';
import { counted } from '../contract/counted.ts';
import type { PortfolioDto, PortfolioMemberDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { currencyPair } from '../market/instruments/symbol.ts';
import { modelNames } from '../registry/views.ts';
import { allChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { type RunRow, requireRun } from '../store/runs.ts';
import type { TogetherJob, TradedTogether } from '../validation/trade-together.ts';
import { basisOf, lookOfRun } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';

export interface PortfolioDeps extends ContextDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly analysis: Analysis;
  readonly config: () => Config;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

type Window = Input<'portfolio.show'>['window'];

export function portfolioHandlers(deps: PortfolioDeps): Pick<Handlers, 'portfolio.show'> {
  return {
    async 'portfolio.show'({ window, cap, symbol, timeframe }): Promise<PortfolioDto> {
      const notes: string[] = [];
      const isAsked = (of: { readonly symbol: string; readonly timeframe: string }) =>
        (symbol === undefined || of.symbol === symbol) &&
        (timeframe === undefined || of.timeframe === timeframe);
      const markets: Market[] = [];
      for (const places of placesOf(deps.store, isAsked)) {
        const market = await followMarket(deps, places, window, notes);
        if (market !== undefined) markets.push(market);
      }
      const members = [
        ...markets.flatMap(championMembers),
        ...versionMembers(deps).filter(({ dto }) => isAsked(dto)),
      ];
      return {
        window,
        members: members.map(({ dto }) => dto),
        correlations: members.map((a) => members.map((b) => dailyCorrelation(a.daily, b.daily))),
        ...together(markets),
        cap,
        exposures: exposuresOf(markets, cap, notes),
        notes,
      };
    },
  };
}

/** The best champion of one regime. */
interface Place {
  readonly regime: string;
  readonly strategyIndex: number;
  readonly row: RunRow;
}

interface Market {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly places: readonly Place[];
  readonly traded: TradedTogether;
}

/** Champions by market, of each regime the best; they stand in the order of their scores. */
function placesOf(
  store: Store,
  isAsked: (of: { readonly symbol: string; readonly timeframe: string }) => boolean,
): Place[][] {
  const best = new Map<string, Map<string, Place>>();
  for (const { symbol, timeframe, regime, run_id, strategy_index } of allChampions(store)) {
    if (!isAsked({ symbol, timeframe })) continue;
    const market = best.get(`${symbol} ${timeframe}`) ?? new Map<string, Place>();
    best.set(`${symbol} ${timeframe}`, market);
    if (market.has(regime)) continue;
    market.set(regime, { regime, strategyIndex: strategy_index, row: requireRun(store, String(run_id)) });
  }
  return [...best.values()].map((market) => [...market.values()]);
}

/** Completes "Run 12 can't be …". */
const PURPOSE = 'followed beside others';

/** What the champions of a market did in a window that all of them have; those of other bars are left out, and said to be. */
async function followMarket(
  deps: PortfolioDeps,
  places: readonly Place[],
  window: Window,
  notes: string[],
): Promise<Market | undefined> {
  const nameOf = ({ row, regime }: Place) => formatChampion({ ...row, regime, rank: 1 });
  const jobs: { place: Place; job: TogetherJob['champions'][number]; end: number }[] = [];
  for (const place of places) {
    const { row, regime, strategyIndex } = place;
    try {
      if (window === 'holdout' && lookOfRun(deps.store, row).opened === null) {
        throw new EngineError('conflict', 'its holdout was not opened');
      }
      const { file, bytes: model } = storedModel(deps.artifacts, row, PURPOSE);
      const { context } = await contextOf(deps, row, basisOf(row), PURPOSE);
      const { to } = context.spec.evaluation.windows.find(({ name }) => name === window)!;
      jobs.push({ place, job: { context, model, file, strategyIndex, alone: regime }, end: to });
    } catch (error) {
      // What is damaged is said aloud: figures without it would look whole.
      if (!(error instanceof EngineError) || error.code === 'artifact-damaged') throw error;
      notes.push(`${nameOf(place)} is left out: ${error.message}`);
    }
  }
  const newest = Math.max(...jobs.map(({ end }) => end));
  const own = jobs.filter(({ end }) => end === newest);
  for (const { place, end } of jobs) {
    if (end === newest) continue;
    notes.push(
      `${nameOf(place)} is left out: its window ends on ${isoDay(end)}, that of others of its market on ${isoDay(newest)}. Evaluate it again.`,
    );
  }
  if (own.length === 0) return undefined;
  const traded = await deps.analysis.tradeTogether({ champions: own.map(({ job }) => job), window });
  for (const [i, { place }] of own.entries()) assertOwnModel(place.row, traded.modelKeys[i]!);
  const { symbol, timeframe } = own[0]!.place.row;
  return { symbol, timeframe, places: own.map(({ place }) => place), traded };
}

interface Member {
  readonly dto: PortfolioMemberDto;
  readonly daily: DailyResults;
}

function memberOf(
  who: Omit<PortfolioMemberDto, 'from' | 'to' | 'days' | 'totalReturn' | 'maxDrawdown'>,
  daily: DailyResults,
): Member {
  return {
    daily,
    dto: {
      ...who,
      from: dayText(daily.day[0]!),
      to: dayText(daily.day.at(-1)!),
      days: daily.day.length,
      totalReturn: Math.expm1(sumOf(daily.net)),
      maxDrawdown: dailyDrawdown(daily),
    },
  };
}

function championMembers({ symbol, timeframe, places, traded }: Market): Member[] {
  return places.map(({ regime }, i) => {
    const { netReturn, trades } = traded.alone[i]!;
    const name = formatChampion({ symbol, timeframe, regime, rank: 1 });
    return memberOf(
      { kind: 'champion', name, symbol, timeframe, regime, trades: trades.length },
      dailyResults(netReturn, traded.marketDay),
    );
  });
}

/** Versions in production, by the test windows of their gates: bars that they never learned from. */
function versionMembers(deps: PortfolioDeps): Member[] {
  return modelNames(deps).flatMap(({ name, symbol, timeframe, regime, production, versions }) => {
    const curve = versions.find(({ version }) => version === production)?.gate?.curve;
    if (production === null || curve === null || curve === undefined || curve.days.length === 0) return [];
    const net = curve.own.map((sum, i) => sum - (curve.own[i - 1] ?? 0));
    const daily = { day: curve.days, net };
    return [
      memberOf(
        { kind: 'version', name: `${name}, ${production}`, symbol, timeframe, regime, trades: null },
        daily,
      ),
    ];
  });
}

/** The markets by themselves, and all of them with the same share of capital each. */
function together(
  markets: readonly Market[],
): Pick<PortfolioDto, 'markets' | 'curve' | 'totalReturn' | 'jointDrawdown' | 'meanDrawdown' | 'buyAndHold'> {
  const all = markets.map(({ traded }) => ({
    own: dailyResults(traded.together.netReturn, traded.marketDay),
    held: dailyResults(traded.held, traded.marketDay),
  }));
  const dtos = markets.map(({ symbol, timeframe, places, traded }, i) => ({
    symbol,
    timeframe,
    regimes: places.map(({ regime }) => regime),
    trades: traded.together.trades.length,
    totalReturn: Math.expm1(sumOf(all[i]!.own.net)),
    maxDrawdown: dailyDrawdown(all[i]!.own),
    buyAndHold: Math.expm1(sumOf(all[i]!.held.net)),
  }));
  if (markets.length === 0) {
    const none = { curve: null, totalReturn: null, jointDrawdown: null, meanDrawdown: null };
    return { markets: dtos, ...none, buyAndHold: null };
  }
  const joint = equalShares(all.map(({ own }) => own));
  const held = equalShares(all.map((one) => one.held));
  return {
    markets: dtos,
    curve: {
      days: joint.day.map(dayText),
      together: cumulated(joint.net),
      buyAndHold: cumulated(held.net),
    },
    totalReturn: Math.expm1(sumOf(joint.net)),
    jointDrawdown: dailyDrawdown(joint),
    meanDrawdown: sumOf(dtos.map(({ maxDrawdown }) => maxDrawdown)) / dtos.length,
    buyAndHold: Math.expm1(sumOf(held.net)),
  };
}

function exposuresOf(markets: readonly Market[], cap: number, notes: string[]): PortfolioDto['exposures'] {
  if (markets.length === 0) return [];
  const held: HeldPair[] = [];
  for (const { symbol, traded } of markets) {
    const pair = currencyPair(symbol.replace(/^DEMO_/, ''));
    if (pair === undefined) {
      notes.push(`${symbol} is no pair of currencies: it counts in no exposure.`);
      continue;
    }
    for (const { direction, entryTime, exitTime } of traded.together.trades) {
      held.push({ ...pair, direction, from: entryTime, to: exitTime });
    }
  }
  const from = Math.min(...markets.map(({ traded }) => traded.from));
  const to = Math.max(...markets.map(({ traded }) => traded.to));
  const found = currencyExposures(held, cap, { from, to });
  const over = found.filter(({ most }) => Math.abs(most) > cap);
  if (over.length > 0) {
    const names = over.map(({ currency, most }) => `${currency} (${counted(Math.abs(most), 'position')})`);
    notes.push(`More than ${counted(cap, 'position')} of one currency at once: ${names.join(', ')}.`);
  }
  return found.map((one) => ({ ...one, mostAt: new Date(one.mostAt).toISOString() }));
}

const DAY_MS = 86_400_000;
const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const dayText = (day: number) => isoDay(day * DAY_MS);
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Equity at the end of each day, 1 before the first. */
function cumulated(net: readonly number[]): number[] {
  let sum = 0;
  return net.map((r) => {
    sum += r;
    return Math.exp(sum);
  });
}
