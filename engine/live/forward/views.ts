import type { ForwardDetailDto, ForwardTestDto, ForwardTradeDto } from '../../contract/dto/index.ts';
import { storedJson } from '../../contract/stored-json.ts';
import { type Candles, lowerBound } from '../../market/candles.ts';
import { dayText } from '../../market/time/time-text.ts';
import { bandBorder } from '../../statistics/simultaneous-band.ts';
import type { ForwardBarRow, ForwardTestRow } from '../../store/forward.ts';
import type { Paper, PaperTrade } from './paper.ts';
import type { ForwardPromise } from './promise.ts';

const DAY_MS = 86_400_000;

export function promiseIn({ promise, id }: Pick<ForwardTestRow, 'promise' | 'id'>): ForwardPromise | null {
  return promise === null
    ? null
    : storedJson<ForwardPromise>(promise, `the promise of the forward test ${id}`);
}

/** What a test has come to. */
export interface ReadTest {
  readonly row: ForwardTestRow;
  readonly bars: readonly ForwardBarRow[];
  readonly paper: Paper;
  /** The market's as they are now; undefined where they are gone. */
  readonly candles: Candles | undefined;
  readonly problem: string | null;
}

export function testDto({ row, bars, paper, candles, problem }: ReadTest): ForwardTestDto {
  const promise = promiseIn(row);
  const days = paper.days.length;
  const over = paper.trades.filter(({ exitTime }) => exitTime !== null);
  const open = paper.trades.find(({ exitTime }) => exitTime === null);
  const { id, name, version, symbol, timeframe } = row;
  return {
    id,
    name,
    version,
    symbol,
    timeframe,
    begunAt: iso(row.begun_at),
    endedAt: row.ended_at === null ? null : iso(row.ended_at),
    bars: bars.length,
    first: bars.length === 0 ? null : iso(bars[0]!.time),
    last: bars.length === 0 ? null : iso(bars.at(-1)!.time),
    days,
    trades: over.length,
    net: paper.net,
    open: open === undefined ? null : tradeDto(open),
    band: promise && { validation: promise.validation, ...bandDto(promise) },
    sum: paper.daySums.reduce((sum, day) => sum + day, 0),
    border: promise && bandBorder(promise.band, days),
    stale:
      row.stale_at === null ? null : { at: iso(row.stale_at), reason: row.stale_reason!, text: row.message! },
    ...changedSince(bars, candles),
    problem,
  };
}

function bandDto({ band }: ForwardPromise) {
  const { days, mean, standardDeviation, critical } = band;
  return { days, mean, standardDeviation, critical };
}

export function detailDto(read: ReadTest): ForwardDetailDto {
  const { paper, row } = read;
  const promise = promiseIn(row);
  let sum = 0;
  const net = Array.from(paper.daySums, (day) => {
    sum += day;
    return sum;
  });
  const each = <T>(of: (day: number) => T) => net.map((_, i) => of(i + 1));
  return {
    ...testDto(read),
    curve: {
      days: paper.days.map((day) => dayText(day * DAY_MS)),
      net,
      promised: each((day) => promise && day * promise.band.mean),
      low: each((day) => promise && bandBorder(promise.band, day)),
    },
    tradeList: paper.trades.map(tradeDto),
  };
}

export function tradeDto({ direction, entryTime, exitTime, ...trade }: PaperTrade): ForwardTradeDto {
  return {
    ...trade,
    direction: direction > 0 ? 'LONG' : 'SHORT',
    entryTime: iso(entryTime),
    exitTime: exitTime === null ? null : iso(exitTime),
  };
}

/** More are not named. */
const MOST_NAMED = 100;

/** How the market's bars differ from those that were traded on. */
function changedSince(
  bars: readonly ForwardBarRow[],
  candles: Candles | undefined,
): Pick<ForwardTestDto, 'corrected' | 'late'> {
  if (candles === undefined || bars.length === 0) return { corrected: [], late: [] };
  const traded = new Map(bars.map((bar) => [bar.time, bar]));
  const corrected: string[] = [];
  const late: string[] = [];
  const end = lowerBound(candles.time, bars.at(-1)!.time + 1);
  for (let row = lowerBound(candles.time, bars[0]!.time); row < end; row++) {
    const time = candles.time[row]!;
    const bar = traded.get(time);
    if (bar === undefined) late.push(iso(time));
    else if (PRICES.some((price) => bar[price] !== candles[price][row])) corrected.push(iso(time));
  }
  return { corrected: corrected.slice(-MOST_NAMED), late: late.slice(-MOST_NAMED) };
}

const PRICES = ['open', 'high', 'low', 'close'] as const;
const iso = (ms: number) => new Date(ms).toISOString();
