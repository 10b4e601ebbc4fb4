import { Button, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import type { TradeDto } from '../../engine/contract/dto/index.ts';
import { formatCount, GLOSSARY, SideScroll, zoneLabel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';
import {
  FIRST_SORT,
  nextSort,
  sortTrades,
  TRADE_COLUMNS,
  type TradeColumn,
  type TradeSort,
  type TradeTexts,
} from './trade-sorting.ts';

/** Rows that are drawn at first, and more at each press of the button. */
const PAGE = 200;

interface TradesTableProps extends TradeTexts {
  readonly trades: readonly TradeDto[];
  /** Number of the trade that is pointed out on the chart; undefined: none. */
  readonly selected: number | undefined;
  onSelect(number: number | undefined): void;
}

/** Every trade of one strategy, sorted by any column; those of the holdout stand on a ground of their own. */
export function TradesTable({ trades, selected, onSelect, priceDigits, regimeTitle }: TradesTableProps) {
  const [sort, setSort] = useState<TradeSort>(FIRST_SORT);
  const [pages, setPages] = useState(1);
  const sorted = useMemo(() => sortTrades(trades, sort), [trades, sort]);
  const show = useMemo(() => ({ priceDigits, regimeTitle }), [priceDigits, regimeTitle]);
  const shown = pages * PAGE;
  return (
    <>
      <SideScroll className={classes.tableBox} label={texts.tradesTable}>
        <table className={classes.trades} aria-label={common.trades}>
          <thead>
            <tr>
              {TRADE_COLUMNS.map((column) => (
                <Head key={column.key} column={column} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((trade) => (
              <Row
                key={trade.number}
                trade={trade}
                show={show}
                selected={trade.number === selected}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </SideScroll>
      {sorted.length <= shown ? null : (
        <div>
          <Button variant="default" size="xs" onClick={() => setPages((count) => count + 1)}>
            {texts.showMoreOf({
              page: Math.min(PAGE, sorted.length - shown),
              sorted: formatCount(sorted.length),
            })}
          </Button>
        </div>
      )}
    </>
  );
}

interface HeadProps {
  readonly column: TradeColumn;
  readonly sort: TradeSort;
  onSort(sort: TradeSort): void;
}

function Head({ column, sort, onSort }: HeadProps) {
  const { title, text } = GLOSSARY[column.term];
  const isSorted = sort.key === column.key;
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      data-numeric={column.numeric || undefined}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <Tooltip label={text}>
        <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, column))}>
          {column.isTime === true ? `${title} (${zoneLabel()})` : title}
          {isSorted ? <Arrow size={12} aria-hidden /> : null}
        </button>
      </Tooltip>
    </th>
  );
}

interface RowProps {
  readonly trade: TradeDto;
  readonly show: TradeTexts;
  readonly selected: boolean;
  onSelect(number: number | undefined): void;
}

const Row = memo(function Row({ trade, show, selected, onSelect }: RowProps) {
  return (
    // The button in the first cell does the same from the keyboard; its click comes up here too.
    <tr
      data-selected={selected || undefined}
      data-holdout={trade.holdout || undefined}
      onClick={() => onSelect(selected ? undefined : trade.number)}
    >
      {TRADE_COLUMNS.map((column) => (
        <td key={column.key} data-numeric={column.numeric || undefined}>
          {column.key === 'number' ? (
            <button
              type="button"
              aria-pressed={selected}
              aria-label={texts.showTradeOnPrice({ number: trade.number })}
            >
              {trade.number}
            </button>
          ) : (
            column.text(trade, show)
          )}
        </td>
      ))}
    </tr>
  );
});
