import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Input } from '../../contract/api/index.ts';
import type {
  AccountComparisonDto,
  AccountDto,
  MatchDto,
  RealTradeDto,
  StatementDto,
} from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import { modelName } from '../../contract/model-name.ts';
import { findTimeZone } from '../../contract/time-zone.ts';
import { timeframeMs } from '../../contract/timeframe.ts';
import {
  type BrokerTradeRow,
  brokerTrades,
  deleteBrokerTrades,
  saveBrokerTrades,
} from '../../store/broker-trades.ts';
import type { Store } from '../../store/database.ts';
import { forwardBars, forwardTests } from '../../store/forward.ts';
import { modelOfVersion, requireVersion } from '../../store/versions.ts';
import { newestReading } from '../../store/watched.ts';
import { noTest } from '../forward/forward.ts';
import { tradeOn } from '../forward/record.ts';
import { tradeDto } from '../forward/views.ts';
import { matchTrades, type RealTrade, type TradeMatch } from './compare.ts';
import { readStatement } from './read-statement.ts';

export interface StatementDeps {
  readonly store: Store;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

const MOST_BYTES = 50_000_000;
const MINUTE = 60_000;

/**
 * Keeps the trades of a statement, each once.
 * @throws EngineError as `readStatement` and `findTimeZone`; `invalid-input` where nothing says whose account it is, or the file can't be read
 */
export function importStatement(
  { store, now }: StatementDeps,
  { file, timezone, account: given }: Input<'statement.import'>,
): StatementDto {
  const name = basename(file);
  const { format, account: own, trades, badRows } = readStatement(name, bytesOf(file));
  const account = given ?? own;
  if (account === null) {
    throw new EngineError('invalid-input', `${name} does not say whose account it is: name it (account).`, {
      file,
    });
  }
  const ofCandles = newestReading(store)?.timezone;
  const known = typeof ofCandles === 'string' ? ofCandles : undefined;
  const zone = findTimeZone(timezone ?? known ?? 'UTC');
  const at = now();
  const rows = trades.map(({ openTime, openPrice, closeTime, closePrice, ...trade }) => ({
    ...trade,
    open_time: zone.toUtc(openTime),
    open_price: openPrice,
    close_time: closeTime === null ? null : zone.toUtc(closeTime),
    close_price: closePrice,
    source: name,
    at,
  }));
  return {
    account,
    format,
    timezone: zone.name,
    zoneFrom: timezone !== undefined ? 'given' : known !== undefined ? 'candles' : 'default',
    trades: trades.length,
    open: trades.filter(({ closeTime }) => closeTime === null).length,
    ...saveBrokerTrades(store, account, rows),
    badRows,
  };
}

function bytesOf(file: string): Uint8Array {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is larger than 50 MB');
    return readFileSync(file);
  } catch (error) {
    throw new EngineError('invalid-input', `${file} can't be read: ${(error as Error).message}.`, { file });
  }
}

export function listAccounts({ store }: StatementDeps): AccountDto[] {
  return [...Map.groupBy(brokerTrades(store), ({ account }) => account)].map(([account, rows]) => ({
    account,
    trades: rows.length,
    symbols: [...new Set(rows.map(({ symbol }) => symbol))].sort(),
    first: iso(rows[0]!.open_time),
    last: iso(rows.at(-1)!.open_time),
  }));
}

export const removeAccount = ({ store }: StatementDeps, account: string) =>
  deleteBrokerTrades(store, account);

/**
 * A forward test trade by trade beside an account, over the time of the test.
 * @throws EngineError `not-found` where there is no such test or account; `conflict` where it is not said which account, or it has none of the market
 */
export function compareStatement(
  deps: StatementDeps,
  { name: place, version, account: asked, symbol, within, lateAfter }: Input<'statement.compare'>,
): AccountComparisonDto {
  const { store } = deps;
  const name = modelName(place);
  const row = forwardTests(store, name).find((one) => version === undefined || one.version === version);
  if (row === undefined) throw noTest(name, version);
  const account = accountOf(deps, asked);
  const bars = forwardBars(store, row.id);
  const { configuration } = modelOfVersion(requireVersion(store, row.name, row.version));
  const step = timeframeMs(row.timeframe);
  const end = row.ended_at ?? (bars.at(-1)?.time ?? row.after_close) + 2 * step;
  const all = brokerTrades(store, account);
  const own = all.filter((trade) => isOf(trade.symbol, symbol ?? row.symbol));
  if (own.length === 0) {
    const traded = [...new Set(all.map((trade) => trade.symbol))].join(', ');
    throw new EngineError(
      'conflict',
      `The account ${account} has no trade of ${symbol ?? row.symbol}: it traded ${traded}. Say what the broker calls the market (symbol).`,
    );
  }
  const real = own
    .map(realOf)
    .filter(({ openTime }) => openTime >= row.after_close - step && openTime <= end);
  const rules = { within: within === undefined ? step : within * MINUTE, lateAfter: lateAfter * MINUTE };
  const matches = matchTrades(tradeOn(bars, configuration).trades, real, rules);
  const count = (kind: TradeMatch['kind']) => matches.filter((one) => one.kind === kind).length;
  return {
    name,
    version: row.version,
    account,
    symbols: [...new Set(own.map((trade) => trade.symbol))].sort(),
    counts: {
      matched: count('matched'),
      late: count('late'),
      missed: count('missed'),
      extra: count('extra'),
    },
    matches: matches.map(matchDto),
    curve: curveOf(matches),
  };
}

function accountOf({ store }: StatementDeps, asked: string | undefined): string {
  const known = [...new Set(brokerTrades(store).map(({ account }) => account))];
  if (asked !== undefined && known.includes(asked)) return asked;
  if (known.length === 0) {
    throw new EngineError('not-found', 'No statement was imported yet: `regimen statement import FILE`.');
  }
  if (asked !== undefined)
    throw new EngineError('not-found', `There is no account ${asked}. There are ${known.join(', ')}.`);
  if (known.length === 1) return known[0]!;
  throw new EngineError('conflict', `There are several accounts: ${known.join(', ')}. Say which (account).`);
}

/** Whether a broker's symbol is a market's: brokers add something to its name, or put it in front. */
function isOf(written: string, symbol: string): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const [broker, own] = [plain(written), plain(symbol)];
  return broker === own || (broker.startsWith(own) && broker.length - own.length <= 4);
}

function realOf(row: BrokerTradeRow): RealTrade {
  return {
    ticket: row.ticket,
    symbol: row.symbol,
    direction: row.direction > 0 ? 1 : -1,
    openTime: row.open_time,
    openPrice: row.open_price,
    closeTime: row.close_time,
    closePrice: row.close_price,
    charges: row.commission + row.swap,
    profit: row.profit,
  };
}

function matchDto({ paper, real, delay, ...match }: TradeMatch): MatchDto {
  return {
    ...match,
    paper: paper && tradeDto(paper),
    real: real && realDto(real),
    delaySeconds: delay === null ? null : delay / 1000,
  };
}

function realDto({
  direction,
  openTime,
  closeTime,
  charges: _,
  profit: __,
  ...trade
}: RealTrade): RealTradeDto {
  return {
    ...trade,
    direction: direction > 0 ? 'LONG' : 'SHORT',
    openTime: iso(openTime),
    closeTime: closeTime === null ? null : iso(closeTime),
  };
}

/** What both came to, whenever a trade of one of them was left. */
function curveOf(matches: readonly TradeMatch[]): AccountComparisonDto['curve'] {
  const left = matches
    .flatMap(({ paper, real, paperNet, realNet }) => [
      ...(paper?.exitTime == null ? [] : [{ time: paper.exitTime, paper: paperNet!, real: 0 }]),
      ...(real?.closeTime == null ? [] : [{ time: real.closeTime, paper: 0, real: realNet ?? 0 }]),
    ])
    .sort((a, b) => a.time - b.time);
  let [paper, real] = [0, 0];
  const sums = left.map((one) => {
    paper += one.paper;
    real += one.real;
    return { paper, real };
  });
  return {
    times: left.map(({ time }) => iso(time)),
    paper: sums.map((one) => one.paper),
    real: sums.map((one) => one.real),
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
