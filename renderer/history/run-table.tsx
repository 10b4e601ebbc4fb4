import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { GLOSSARY } from '../ui/index.ts';
import { RUN_COLUMNS, type RunColumn } from './columns.tsx';
import classes from './history.module.css';
import { type RunWindow, runAt } from './run-window.ts';
import type { HistoryQuery } from './use-run-window.ts';

const ROW_HEIGHT = 36;
/** What a narrow window leaves out, so that what counts needs no scrolling; the details have it. */
const WIDE_ONLY = 'uuid';
const templateOf = (columns: readonly RunColumn[]) =>
  `1.25rem ${columns.map(({ width }) => width).join(' ')}`;
const TEMPLATE = {
  '--columns': templateOf(RUN_COLUMNS),
  '--columns-narrow': templateOf(RUN_COLUMNS.filter(({ key }) => key !== WIDE_ONLY)),
} as React.CSSProperties;
const classOf = ({ key, numeric }: RunColumn) =>
  [numeric === true && classes.numeric, key === WIDE_ONLY && classes.wideOnly].filter(Boolean).join(' ') ||
  undefined;

interface RunTableProps {
  readonly window: RunWindow;
  readonly isStale: boolean;
  readonly query: HistoryQuery;
  /** Row with the keyboard's focus; its run is what View Details shows. */
  readonly active: number;
  readonly compared: ReadonlySet<number>;
  onSort(sort: HistorySort): void;
  onActive(row: number): void;
  onOpen(run: RunDto): void;
  onCompare(run: RunDto): void;
  onShow(first: number, last: number): void;
}

/** Any number of runs: only the visible rows are drawn, and only the pages around them are read. */
export function RunTable(props: RunTableProps) {
  const { window, isStale, query, active, compared, onSort, onActive, onOpen, onCompare, onShow } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const total = window.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onShow(first, last), [first, last, onShow]);
  // Another question has another first row.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is the reason, not an input.
  useEffect(() => virtual.scrollToOffset(0), [query]);
  // Tab leads into the table wherever it is scrolled to.
  const focusable = items.some(({ index }) => index === active) ? active : first;

  const moveTo = (row: number) => {
    const next = Math.max(0, Math.min(total - 1, row));
    onActive(next);
    virtual.scrollToIndex(next);
    // The row is drawn after the scroll.
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true });
    });
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!(event.target as HTMLElement).matches('[data-row]')) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const run = runAt(window, active);
    if (event.key in steps) moveTo(steps[event.key]);
    else if (event.key === 'Enter' && run !== undefined) onOpen(run);
    else if (event.key === ' ' && run !== undefined) onCompare(run);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className={classes.scroller} data-stale={isStale || undefined}>
      <table
        className={classes.grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA is a table with keys.
        role="grid"
        aria-label="Training runs"
        aria-rowcount={total + 1}
        aria-busy={isStale}
        aria-multiselectable
        onKeyDown={onKeyDown}
      >
        <thead className={classes.headGroup}>
          <tr aria-rowindex={1} className={classes.head} style={TEMPLATE}>
            <th scope="col">
              <span className="visually-hidden">Compare</span>
            </th>
            {RUN_COLUMNS.map((column) => (
              <Header
                key={column.key}
                column={column}
                sort={query.sort}
                descending={query.descending}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const run = runAt(window, index);
            return (
              <RunRow
                key={index}
                index={index}
                start={start}
                run={run}
                focusable={index === focusable}
                selected={index === active}
                compared={run !== undefined && compared.has(run.id)}
                onActive={onActive}
                onOpen={onOpen}
                onCompare={onCompare}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface HeaderProps {
  readonly column: RunColumn;
  readonly sort: HistorySort;
  readonly descending: boolean;
  onSort(sort: HistorySort): void;
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

interface RunRowProps {
  readonly index: number;
  readonly start: number;
  /** Undefined while it is being read. */
  readonly run: RunDto | undefined;
  readonly focusable: boolean;
  readonly selected: boolean;
  readonly compared: boolean;
  onActive(row: number): void;
  onOpen(run: RunDto): void;
  onCompare(run: RunDto): void;
}

const RunRow = memo(function RunRow(props: RunRowProps) {
  const { index, start, run, focusable, selected, compared, onActive, onOpen, onCompare } = props;
  return (
    // The grid listens to the keys of its rows.
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      data-row={index}
      className={classes.row}
      style={{ ...TEMPLATE, transform: `translateY(${start}px)` }}
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
      {RUN_COLUMNS.map((column) => (
        <td key={column.key} className={classOf(column)}>
          {run === undefined ? <div className={classes.blank} /> : column.cell(run)}
        </td>
      ))}
    </tr>
  );
});
