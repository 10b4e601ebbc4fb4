import type { TradeDto } from '../contract/dto/index.ts';
import type { TableFormat } from '../contract/table-format.ts';
import { type Column, tableFile } from './columns.ts';

/** Columns of a list of trades: name, and value of a trade. Units stand in the names where there is one. */
const COLUMNS: readonly Column<TradeDto>[] = [
  ['number', (t) => t.number, 'integer'],
  ['opened', (t) => t.opened, 'time'],
  ['closed', (t) => t.closed, 'time'],
  ['side', (t) => t.side, 'text'],
  ['entry_price', (t) => t.entryPrice],
  ['exit_price', (t) => t.exitPrice],
  ['bars', (t) => t.bars, 'integer'],
  ['spread_pips', (t) => t.costs.spread],
  ['slippage_pips', (t) => t.costs.slippage],
  ['commission_pips', (t) => t.costs.commission],
  ['swap_pips', (t) => t.costs.swap],
  ['net_pips', (t) => t.netPips],
  ['net_percent', (t) => t.netPercent],
  ['mfe_pips', (t) => t.mfe],
  ['mae_pips', (t) => t.mae],
  ['exit_reason', (t) => t.reason, 'text'],
  ['regime', (t) => t.regime, 'text'],
  ['holdout', (t) => (t.holdout ? 'yes' : 'no'), 'flag'],
];

/** A list of trades as a file. */
export function tradesFile(
  trades: readonly TradeDto[],
  format: TableFormat,
  zone?: string,
): string | Uint8Array {
  return tableFile(COLUMNS, trades, format, zone);
}
