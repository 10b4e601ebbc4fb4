import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import { GLOSSARY } from '../ui/index.ts';
import { classOf, RUN_COLUMNS, type RunColumn } from './columns.tsx';
import classes from './history.module.css';

interface RunTableHeadProps {
  readonly sort: HistorySort;
  readonly descending: boolean;
  onSort(sort: HistorySort): void;
}

/** The names of the columns, which sort. Nothing of it is drawn again while the rows below scroll. */
export const RunTableHead = memo(function RunTableHead({ sort, descending, onSort }: RunTableHeadProps) {
  return (
    <thead className={classes.headGroup}>
      <tr aria-rowindex={1} className={classes.head}>
        <th scope="col">
          <span className="visually-hidden">Compare</span>
        </th>
        {RUN_COLUMNS.map((column) => (
          <Header key={column.key} column={column} sort={sort} descending={descending} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
});

interface HeaderProps extends RunTableHeadProps {
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
        column.header
      ) : (
        <Tooltip
          label={column.term === undefined ? null : GLOSSARY[column.term].text}
          disabled={column.term === undefined}
        >
          <button type="button" className={classes.sort} onClick={() => onSort(key)}>
            {column.header}
            {sorted ? <Arrow size={12} aria-hidden /> : null}
          </button>
        </Tooltip>
      )}
    </th>
  );
}
