import { EngineError } from '../../contract/errors.ts';
import { decodeText, detectEncoding } from '../../contract/text-encoding.ts';
import { cellsOfCsv, rowsOfHtml } from './statement-cells.ts';

/** A trade of an account, as a broker's statement has it. */
export interface BrokerTrade {
  /** Unique in its account. */
  readonly ticket: string;
  /** As the broker writes it. */
  readonly symbol: string;
  readonly direction: 1 | -1;
  /** Lots. */
  readonly volume: number;
  /** By the clock of the broker's server, ms as if it were UTC. */
  readonly openTime: number;
  readonly openPrice: number;
  /** Null of one that is held still. */
  readonly closeTime: number | null;
  readonly closePrice: number | null;
  /** In the currency of the account; a cost is below 0. */
  readonly commission: number;
  readonly swap: number;
  readonly profit: number;
}

export const STATEMENT_FORMATS = ['MetaTrader 4', 'MetaTrader 5', 'CSV'] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

export interface Statement {
  readonly format: StatementFormat;
  /** Number of the account, where the statement says it. */
  readonly account: string | null;
  readonly trades: readonly BrokerTrade[];
  /** Rows that look like trades and can't be read. */
  readonly badRows: number;
}

const STAMP = /^(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?$/;
const SIDE = /^(buy|sell)$/i;
const TICKET = /^\d{1,20}$/;

/** ms of a stamp by its own clock; undefined of what is none. */
function stampOf(text: string | undefined): number | undefined {
  const found = STAMP.exec(text ?? '');
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const is = new Date(ms);
  return is.getUTCMonth() === month! - 1 && is.getUTCDate() === day ? ms : undefined;
}

/** `1 234.50`, `-0.70`; NaN of what is none. */
function numberOf(text: string | undefined): number {
  const plain = (text ?? '').replace(/[\s\u00a0\u202f']/g, '').replace(/\u2212/g, '-');
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

const amountOf = (text: string | undefined) => (/\d/.test(text ?? '') ? numberOf(text) : 0);

/**
 * Reads a statement: the HTML that MetaTrader 4 and 5 save an account's history as, whatever language their terminal speaks (sides and stamps are
 * not translated), or CSV with a line of names. UTF-8, UTF-16 and Windows-1252 are recognized.
 * @throws EngineError `data-invalid` for what is none, `invalid-input` for a text that can't be decoded
 */
export function readStatement(name: string, bytes: Uint8Array): Statement {
  const text = textOf(name, bytes);
  const isHtml = /<(html|table|tr)[\s>]/i.test(text);
  const statement = isHtml ? fromHtml(text) : fromCsv(name, text);
  if (statement === undefined || statement.trades.length === 0) {
    throw new EngineError(
      'data-invalid',
      `${name} holds no trade that can be read. Save the account history of MetaTrader 4 or 5 as a report (HTML), or give CSV with the columns ticket, symbol, type, volume, open time, open price, close time, close price, commission, swap, profit.`,
      { file: name },
    );
  }
  return statement;
}

/** What is no UTF-8 was saved by an older terminal: a name of an account has letters of Windows-1252, the trades have none. */
function textOf(name: string, bytes: Uint8Array): string {
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  if (detectEncoding(bytes) === 'utf-8') return new TextDecoder('windows-1252').decode(bytes);
  throw new EngineError('invalid-input', `${name} ${decoded.problem}.`, { file: name });
}

function fromHtml(text: string): Statement {
  const rows = rowsOfHtml(text);
  const trades = new Map<string, BrokerTrade>();
  const formats = new Set<StatementFormat>();
  let badRows = 0;
  for (const cells of rows) {
    const read = metaTrader4(cells) ?? metaTrader5(cells);
    if (read === undefined) continue;
    const [format, trade] = read;
    if (!isSound(trade)) badRows++;
    // What a terminal lists again below, as an order or a deal, is the same ticket.
    else if (!trades.has(trade.ticket)) {
      trades.set(trade.ticket, trade);
      formats.add(format);
    }
  }
  const account = /(?:Account|Statement)[^0-9<]{0,20}(?:<[^>]*>\s*)*(\d{3,20})/i.exec(text)?.[1] ?? null;
  const format = formats.has('MetaTrader 5') ? 'MetaTrader 5' : 'MetaTrader 4';
  return { format, account, trades: [...trades.values()], badRows };
}

type Read = readonly [StatementFormat, BrokerTrade];

/** Ticket, Open Time, Type, Size, Item, Price, S/L, T/P, Close Time, Price, Commission, Taxes, Swap, Profit; an open one has no close time. */
function metaTrader4(cells: readonly string[]): Read | undefined {
  const [
    ticket,
    opened,
    side,
    size,
    symbol,
    openPrice,
    ,
    ,
    closed,
    closePrice,
    commission,
    taxes,
    swap,
    profit,
  ] = cells;
  const openTime = stampOf(opened);
  if (cells.length < 14 || !TICKET.test(ticket!) || openTime === undefined || !SIDE.test(side!))
    return undefined;
  const closeTime = stampOf(closed);
  return [
    'MetaTrader 4',
    {
      ticket: ticket!,
      symbol: symbol!.toUpperCase(),
      direction: side!.toLowerCase() === 'buy' ? 1 : -1,
      volume: numberOf(size),
      openTime,
      openPrice: numberOf(openPrice),
      closeTime: closeTime ?? null,
      closePrice: closeTime === undefined ? null : numberOf(closePrice),
      commission: amountOf(commission) + amountOf(taxes),
      swap: amountOf(swap),
      profit: amountOf(profit),
    },
  ];
}

/** Time, Position, Symbol, Type, Volume, Price, S/L, T/P, Time, Price, Commission, Swap, Profit: of positions that are closed. */
function metaTrader5(cells: readonly string[]): Read | undefined {
  const [opened, ticket, symbol, side, volume, openPrice, , , closed, closePrice, commission, swap, profit] =
    cells;
  const openTime = stampOf(opened);
  const closeTime = stampOf(closed);
  if (cells.length < 13 || openTime === undefined || closeTime === undefined) return undefined;
  if (!TICKET.test(ticket!) || !SIDE.test(side!)) return undefined;
  return [
    'MetaTrader 5',
    {
      ticket: ticket!,
      symbol: symbol!.toUpperCase(),
      direction: side!.toLowerCase() === 'buy' ? 1 : -1,
      volume: numberOf(volume),
      openTime,
      openPrice: numberOf(openPrice),
      closeTime,
      closePrice: numberOf(closePrice),
      commission: amountOf(commission),
      swap: amountOf(swap),
      profit: amountOf(profit),
    },
  ];
}

const isSound = ({ volume, openPrice, closePrice, commission, swap, profit }: BrokerTrade) =>
  [volume, openPrice, closePrice ?? 1].every((value) => value > 0) &&
  [commission, swap, profit].every((value) => Number.isFinite(value));

/** What columns may be called; of two of a name the first is that of the opening. */
const COLUMNS = {
  ticket: ['ticket', 'position', 'order', 'deal', 'id', 'position id'],
  symbol: ['symbol', 'item', 'instrument', 'market'],
  side: ['type', 'side', 'direction', 'action'],
  volume: ['volume', 'size', 'lots', 'quantity'],
  openTime: ['open time', 'opentime', 'time', 'opening time', 'entry time', 'open date'],
  openPrice: ['open price', 'openprice', 'price', 'opening price', 'entry price'],
  closeTime: ['close time', 'closetime', 'time', 'closing time', 'exit time', 'close date'],
  closePrice: ['close price', 'closeprice', 'price', 'closing price', 'exit price'],
  commission: ['commission', 'commissions', 'fee'],
  swap: ['swap', 'swaps', 'rollover'],
  profit: ['profit', 'p/l', 'pnl', 'net profit', 'gross profit'],
} as const;
const NEEDED = ['ticket', 'symbol', 'side', 'openTime', 'openPrice'] as const;

function fromCsv(name: string, text: string): Statement | undefined {
  const [head, ...rows] = cellsOfCsv(text);
  if (head === undefined) return undefined;
  const names = head.map((cell) => cell.toLowerCase().replaceAll('_', ' ').trim());
  const used = new Set<number>();
  const places = Object.fromEntries(
    Object.entries(COLUMNS).map(([key, known]) => {
      const at = names.findIndex((one, i) => !used.has(i) && (known as readonly string[]).includes(one));
      used.add(at);
      return [key, at];
    }),
  ) as Record<keyof typeof COLUMNS, number>;
  const missing = NEEDED.filter((key) => places[key] < 0);
  if (missing.length > 0) {
    throw new EngineError(
      'data-invalid',
      `${name} has no column for ${missing.join(', ')}: its first line is ${head.join(', ')}.`,
      { file: name },
    );
  }
  const trades = new Map<string, BrokerTrade>();
  let badRows = 0;
  for (const row of rows) {
    const cell = (key: keyof typeof COLUMNS) => (places[key] < 0 ? undefined : row[places[key]]?.trim());
    const side = /^(buy|long)$/i.test(cell('side') ?? '')
      ? 1
      : /^(sell|short)$/i.test(cell('side') ?? '')
        ? -1
        : 0;
    // Deposits, credits and orders that were never filled.
    if (side === 0) continue;
    const openTime = stampOf(cell('openTime'));
    const closeTime = stampOf(cell('closeTime'));
    const trade: BrokerTrade = {
      ticket: cell('ticket') ?? '',
      symbol: (cell('symbol') ?? '').toUpperCase(),
      direction: side,
      volume: places.volume < 0 ? 1 : numberOf(cell('volume')),
      openTime: openTime ?? Number.NaN,
      openPrice: numberOf(cell('openPrice')),
      closeTime: closeTime ?? null,
      closePrice: closeTime === undefined ? null : numberOf(cell('closePrice')),
      commission: amountOf(cell('commission')),
      swap: amountOf(cell('swap')),
      profit: amountOf(cell('profit')),
    };
    if (openTime === undefined || trade.ticket === '' || trade.symbol === '' || !isSound(trade)) badRows++;
    else trades.set(trade.ticket, trade);
  }
  return { format: 'CSV', account: null, trades: [...trades.values()], badRows };
}
