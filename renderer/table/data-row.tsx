import { memo } from 'react';
import { classOf, type TableColumn } from './column.ts';
import classes from './table.module.css';

interface DataRowProps<Row, Context> {
  readonly index: number;
  /** Pixels below the head. */
  readonly start: number;
  /** Undefined while it is being read. */
  readonly row: Row | undefined;
  readonly columns: readonly RowColumn<Row, Context>[];
  readonly context: Context;
  readonly focusable: boolean;
  readonly selected: boolean;
  readonly ticked: boolean;
  /** What its tick does, for those who can't see where it stands: `Compare run 12`. Undefined: it has none. */
  readonly tickLabel: ((row: Row) => string) | undefined;
  onActive(row: number): void;
  onOpen(row: Row): void;
  onTick(row: Row): void;
}

/** A column with the classes of its cells, by what they say. */
interface RowColumn<Row, Context> extends TableColumn<Row, Context> {
  readonly blank: string;
  readonly few: string;
  readonly above: string;
}

/** Worked out once for all rows. */
export function rowColumns<Row, Context>(
  columns: readonly TableColumn<Row, Context>[],
): readonly RowColumn<Row, Context>[] {
  return columns.map((column) => {
    const className = classOf(column);
    const and = (name: string | undefined) => `${className ?? ''} ${name ?? ''}`;
    return {
      ...column,
      className,
      blank: and(classes.blank),
      few: and(classes.few),
      above: and(classes.above),
    };
  });
}

function cellClass<Row, Context>(
  column: RowColumn<Row, Context>,
  row: Row,
  context: Context,
): string | undefined {
  const tone = column.tone?.(row, context);
  return tone === 'few' || tone === 'above' ? column[tone] : column.className;
}

function Row<Row, Context>(props: DataRowProps<Row, Context>) {
  const { index, start, row, columns, context, focusable, selected, ticked } = props;
  const { tickLabel, onActive, onOpen, onTick } = props;
  return (
    // The grid listens to the keys of its rows.
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      data-row={index}
      className={classes.row}
      style={{ top: start }}
      onFocus={() => onActive(index)}
      onDoubleClick={() => row !== undefined && onOpen(row)}
    >
      {tickLabel === undefined ? null : (
        <td>
          {row === undefined ? null : (
            <label className={classes.tickBox}>
              <input
                type="checkbox"
                className={classes.tick}
                tabIndex={-1}
                aria-label={tickLabel(row)}
                checked={ticked}
                onChange={() => onTick(row)}
                onDoubleClick={(event) => event.stopPropagation()}
              />
            </label>
          )}
        </td>
      )}
      {columns.map((column) =>
        row === undefined ? (
          <td key={column.key} className={column.blank} />
        ) : (
          <td
            key={column.key}
            className={cellClass(column, row, context)}
            title={column.title?.(row, context)}
          >
            {column.cell(row, context)}
          </td>
        ),
      )}
    </tr>
  );
}

/**
 * One row. Two dozen of these come and go in one frame of fast scrolling, so a cell is its `td` and little else: every
 * further element, component or hook in it counts some three hundred times.
 */
export const DataRow = memo(Row) as typeof Row;
