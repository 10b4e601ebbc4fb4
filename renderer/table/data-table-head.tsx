import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import { zoneLabel } from '../ui/index.ts';
import { classOf, type TableColumn } from './column.ts';
import classes from './table.module.css';

/** Of a head, which knows no row. */
type HeadColumn = Pick<
  TableColumn<never, never>,
  'key' | 'header' | 'isTime' | 'about' | 'sort' | 'numeric' | 'isWideOnly' | 'className'
>;

interface SortProps {
  /** Undefined: the rows stand in no order of a column. */
  readonly sort: string | undefined;
  readonly descending: boolean;
  onSort(sort: string): void;
}

interface DataTableHeadProps extends SortProps {
  /** What a tick does: `Compare`. */
  readonly tick: string | undefined;
  readonly columns: readonly HeadColumn[];
}

/** The names of the columns, which sort. Nothing of it is drawn again while the rows below scroll. */
export const DataTableHead = memo(function DataTableHead(props: DataTableHeadProps) {
  const { tick, columns, ...sorting } = props;
  return (
    <thead className={classes.headGroup}>
      <tr aria-rowindex={1} className={classes.head}>
        {tick === undefined ? null : (
          <th scope="col">
            <span className="visually-hidden">{tick}</span>
          </th>
        )}
        {columns.map((column) => (
          <Header key={column.key} column={column} {...sorting} />
        ))}
      </tr>
    </thead>
  );
});

interface HeaderProps extends SortProps {
  readonly column: HeadColumn;
}

function Header({ column, sort, descending, onSort }: HeaderProps) {
  const key = column.sort;
  const sorted = key !== undefined && key === sort;
  const name = column.isTime === true ? `${column.header} (${zoneLabel()})` : column.header;
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={key === undefined ? undefined : sorted ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      {key === undefined ? (
        <Tooltip label={column.about} disabled={column.about === undefined}>
          <span>{name}</span>
        </Tooltip>
      ) : (
        <Tooltip label={column.about} disabled={column.about === undefined}>
          <button type="button" className={classes.sort} onClick={() => onSort(key)}>
            {name}
            {sorted ? <Arrow size={12} aria-hidden /> : null}
          </button>
        </Tooltip>
      )}
    </th>
  );
}
