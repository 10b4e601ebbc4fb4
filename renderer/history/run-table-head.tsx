import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import { classOf, type RunColumn } from './columns.tsx';
import classes from './history.module.css';

interface SortProps {
  readonly sort: HistorySort;
  readonly descending: boolean;
  onSort(sort: HistorySort): void;
}

interface RunTableHeadProps extends SortProps {
  readonly columns: readonly RunColumn[];
}

/** The names of the columns, which sort. Nothing of it is drawn again while the rows below scroll. */
export const RunTableHead = memo(function RunTableHead(props: RunTableHeadProps) {
  const { columns, ...sorting } = props;
  return (
    <thead className={classes.headGroup}>
      <tr aria-rowindex={1} className={classes.head}>
        <th scope="col">
          <span className="visually-hidden">Compare</span>
        </th>
        {columns.map((column) => (
          <Header key={column.key} column={column} {...sorting} />
        ))}
      </tr>
    </thead>
  );
});

interface HeaderProps extends SortProps {
  readonly column: RunColumn;
}

function Header({ column, sort, descending, onSort }: HeaderProps) {
  const key = column.sort;
  const sorted = key === sort;
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={key === undefined ? undefined : sorted ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      {key === undefined ? (
        <Tooltip label={column.about} disabled={column.about === undefined}>
          <span>{column.header}</span>
        </Tooltip>
      ) : (
        <Tooltip label={column.about} disabled={column.about === undefined}>
          <button type="button" className={classes.sort} onClick={() => onSort(key)}>
            {column.header}
            {sorted ? <Arrow size={12} aria-hidden /> : null}
          </button>
        </Tooltip>
      )}
    </th>
  );
}
