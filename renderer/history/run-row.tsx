import { memo } from 'react';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { classOf, type RowContext, type RunColumn } from './columns.tsx';
import classes from './history.module.css';

interface RunRowProps {
  readonly index: number;
  /** Pixels below the head. */
  readonly start: number;
  /** Undefined while it is being read. */
  readonly run: RunDto | undefined;
  readonly columns: readonly RowColumn[];
  readonly context: RowContext;
  readonly focusable: boolean;
  readonly selected: boolean;
  readonly compared: boolean;
  onActive(row: number): void;
  onOpen(run: RunDto): void;
  onCompare(run: RunDto): void;
}

/** A column with the classes of its cells, by what they say. */
interface RowColumn extends RunColumn {
  readonly blank: string;
  readonly few: string;
  readonly above: string;
}

/** Worked out once for all rows. */
export function rowColumns(columns: readonly RunColumn[]): readonly RowColumn[] {
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

function cellClass(column: RowColumn, run: RunDto, context: RowContext): string | undefined {
  const tone = column.tone?.(run, context);
  return tone === 'few' || tone === 'above' ? column[tone] : column.className;
}

/**
 * One run. Two dozen of these come and go in one frame of fast scrolling, so a cell is its `td` and little else: every
 * further element, component or hook in it counts some three hundred times.
 */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { index, start, run, columns, context, focusable, selected, compared, onActive, onOpen, onCompare } =
    props;
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
      onDoubleClick={() => run !== undefined && onOpen(run)}
    >
      <td>
        {run === undefined ? null : (
          <input
            type="checkbox"
            className={classes.tick}
            tabIndex={-1}
            aria-label={`Compare run ${run.id}`}
            checked={compared}
            onChange={() => onCompare(run)}
            onDoubleClick={(event) => event.stopPropagation()}
          />
        )}
      </td>
      {columns.map((column) =>
        run === undefined ? (
          <td key={column.key} className={column.blank} />
        ) : (
          <td
            key={column.key}
            className={cellClass(column, run, context)}
            title={column.title?.(run, context)}
          >
            {column.cell(run, context)}
          </td>
        ),
      )}
    </tr>
  );
});
