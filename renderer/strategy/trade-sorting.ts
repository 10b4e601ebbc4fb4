import type { TradeDto } from '../../engine/contract/dto/index.ts';
import { formatFigure } from '../ui/figure.ts';
import { formatMinute, formatNumber, formatPercent } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import type { Term } from '../ui/texts/glossary.ts';
import { texts } from './texts.ts';

export interface TradeColumn {
  readonly key: string;
  readonly term: Term;
  readonly numeric: boolean;
  /** Its head names the zone. */
  readonly isTime?: boolean;
  /** What rows are sorted by. */
  value(trade: TradeDto): number | string;
  /** What a cell shows. */
  text(trade: TradeDto, show: TradeTexts): string;
}

/** What depends on the market and on names that its owner gave. */
export interface TradeTexts {
  readonly priceDigits: number;
  regimeTitle(name: string): string;
}

const time = (key: 'opened' | 'closed', term: Term): TradeColumn => ({
  key,
  term,
  numeric: false,
  value: (trade) => trade[key],
  isTime: true,
  text: (trade) => formatMinute(trade[key]),
});

const price = (key: 'entryPrice' | 'exitPrice', term: Term): TradeColumn => ({
  key,
  term,
  numeric: true,
  value: (trade) => trade[key],
  text: (trade, { priceDigits }) => formatNumber(trade[key], priceDigits),
});

const figure = (key: string, term: Term, value: (trade: TradeDto) => number): TradeColumn => ({
  key,
  term,
  numeric: true,
  value,
  text: (trade) => formatFigure(term, value(trade)),
});

const REASONS = texts.reasons satisfies Record<TradeDto['reason'], string>;

/** In the order of the table, and of its CSV file. */
export const TRADE_COLUMNS: readonly TradeColumn[] = [
  figure('number', 'tradeNumber', (trade) => trade.number),
  time('opened', 'tradeOpened'),
  time('closed', 'tradeClosed'),
  {
    key: 'side',
    term: 'tradeSide',
    numeric: false,
    value: ({ side }) => side,
    text: ({ side }) => (side === 'long' ? texts.long : texts.short),
  },
  price('entryPrice', 'entryPrice'),
  price('exitPrice', 'exitPrice'),
  figure('bars', 'barsHeld', (trade) => trade.bars),
  figure('spread', 'costSpread', ({ costs }) => costs.spread),
  figure('slippage', 'costSlippage', ({ costs }) => costs.slippage),
  figure('commission', 'costCommission', ({ costs }) => costs.commission),
  figure('swap', 'costSwap', ({ costs }) => costs.swap),
  figure('netPips', 'netPips', (trade) => trade.netPips),
  {
    key: 'netPercent',
    term: 'netPercent',
    numeric: true,
    value: (trade) => trade.netPercent,
    text: (trade) => formatPercent(trade.netPercent / 100, 2),
  },
  figure('mfe', 'tradeMfe', (trade) => trade.mfe),
  figure('mae', 'tradeMae', (trade) => trade.mae),
  {
    key: 'reason',
    term: 'tradeReason',
    numeric: false,
    value: ({ reason }) => reason,
    text: ({ reason }) => REASONS[reason],
  },
  {
    key: 'regime',
    term: 'tradeRegime',
    numeric: false,
    value: (trade) => trade.regime,
    text: (trade, { regimeTitle }) => regimeTitle(trade.regime),
  },
  {
    key: 'window',
    term: 'tradeWindow',
    numeric: false,
    value: (trade) => (trade.holdout ? 1 : 0),
    text: (trade) => (trade.holdout ? common.holdout : common.selection),
  },
];

export interface TradeSort {
  readonly key: string;
  readonly descending: boolean;
}

export const FIRST_SORT: TradeSort = { key: 'number', descending: false };

/** The order after a click on a column's head: the other way round, or by that column, figures largest first. */
export function nextSort(sort: TradeSort, { key, numeric }: TradeColumn): TradeSort {
  if (sort.key === key) return { key, descending: !sort.descending };
  return { key, descending: numeric && key !== FIRST_SORT.key };
}

/** A sorted copy; equal ones stay in the order of their numbers. */
export function sortTrades(trades: readonly TradeDto[], { key, descending }: TradeSort): TradeDto[] {
  const { value } = TRADE_COLUMNS.find((column) => column.key === key) ?? TRADE_COLUMNS[0]!;
  const sign = descending ? -1 : 1;
  return [...trades].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    return left === right ? a.number - b.number : left < right ? -sign : sign;
  });
}
