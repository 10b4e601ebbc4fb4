import { memo } from 'react';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { classOf, RUN_COLUMNS, type Titles } from './columns.tsx';
import classes from './history.module.css';

interface RunRowProps {
  readonly index: number;
  /** Pixels below the head. */
  readonly start: number;
  /** Undefined while it is being read. */
  readonly run: RunDto | undefined;
  readonly titles: Titles;
  readonly focusable: boolean;
  readonly selected: boolean;
  readonly compared: boolean;
  onActive(row: number): void;
  onOpen(run: RunDto): void;
  onCompare(run: RunDto): void;
}

const CELLS = RUN_COLUMNS.map((column) => {
  const className = classOf(column);
  return { ...column, className, blank: `${className ?? ''} ${classes.blank}` };
});

/**
 * One run. Two dozen of these come and go in one frame of fast scrolling, so a cell is its `td` and little else: every
 * further element, component or hook in it counts some three hundred times.
 */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { index, start, run, titles, focusable, selected, compared, onActive, onOpen, onCompare } = props;
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
      {CELLS.map(({ key, className, blank, cell, title }) =>
        run === undefined ? (
          <td key={key} className={blank} />
        ) : (
          <td key={key} className={className} title={title?.(run, titles)}>
            {cell(run, titles)}
          </td>
        ),
      )}
    </tr>
  );
});
