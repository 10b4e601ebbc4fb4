import type { TradeDto } from '../../contract/dto/index.ts';
import { csvLine } from '../../files/csv.ts';

type Cell = string | number | null;

/** Columns of a list of trades: name, and value of a trade. Units stand in the names where there is one. */
const COLUMNS: readonly (readonly [string, (trade: TradeDto) => Cell])[] = [
  ['number', (t) => t.number],
  ['opened', (t) => t.opened],
  ['closed', (t) => t.closed],
  ['side', (t) => t.side],
  ['entry_price', (t) => t.entryPrice],
  ['exit_price', (t) => t.exitPrice],
  ['bars', (t) => t.bars],
  ['spread_pips', (t) => t.costs.spread],
  ['slippage_pips', (t) => t.costs.slippage],
  ['commission_pips', (t) => t.costs.commission],
  ['swap_pips', (t) => t.costs.swap],
  ['net_pips', (t) => t.netPips],
  ['net_percent', (t) => t.netPercent],
  ['mfe_pips', (t) => t.mfe],
  ['mae_pips', (t) => t.mae],
  ['exit_reason', (t) => t.reason],
  ['regime', (t) => t.regime],
  ['holdout', (t) => (t.holdout ? 'yes' : 'no')],
];

export function tradesCsv(trades: readonly TradeDto[]): string {
  const head = csvLine(COLUMNS.map(([name]) => name));
  return head + trades.map((trade) => csvLine(COLUMNS.map(([, cell]) => cell(trade)))).join('');
}
