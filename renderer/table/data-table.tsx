import { useVirtualizer } from '@tanstack/react-virtual';
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { sideShadows, useSideShadows } from '../ui/index.ts';
import { layoutOf, type TableColumn } from './column.ts';
import { DataRow, rowColumns } from './data-row.tsx';
import { DataTableHead } from './data-table-head.tsx';
import classes from './table.module.css';

const ROW_HEIGHT = 36;
/** With the line of its scroll bar. */
const HEAD_HEIGHT = 54;

/** Rows that a table begins with; the others in sight follow in slices, after these are seen. */
const FIRST_ROWS = 8;

export interface Ticks<Row> {
  /** What a tick does: `Compare`. */
  readonly title: string;
  has(row: Row): boolean;
  label(row: Row): string;
  onTick(row: Row): void;
}

interface DataTableProps<Row, Context> {
  /** What the table is called for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row, Context>[];
  /** What cells need beside their row. */
  readonly context: Context;
  readonly total: number;
  /** Undefined while it is being read. */
  rowAt(index: number): Row | undefined;
  /** What is shown still answers the question before. */
  readonly isStale: boolean;
  /** What was asked; another one begins at the first row. */
  readonly query: unknown;
  readonly sort: string | undefined;
  readonly descending: boolean;
  /** Row with the keyboard's focus. */
  readonly active: number;
  /** Rows can be ticked. */
  readonly ticks?: Ticks<Row>;
  /** No higher than its rows: other things stand below it. */
  readonly isShort?: boolean;
  onSort(sort: string): void;
  onActive(row: number): void;
  onOpen(row: Row): void;
  onShow?(first: number, last: number): void;
}

/** Any number of rows: only the visible ones are drawn, and only the pages around them need to be read. */
export function DataTable<Row, Context>(props: DataTableProps<Row, Context>) {
  const { label, context, total, rowAt, isStale, query, sort, descending, active, ticks, isShort } = props;
  const { onSort, onActive, onOpen, onShow } = props;
  const onTick = useCallback((row: Row) => ticks?.onTick(row), [ticks]);
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useSideShadows(frame);
  const columns = useMemo(() => rowColumns(props.columns), [props.columns]);
  const hasTicks = ticks !== undefined;
  const layout = useMemo(() => layoutOf(columns, hasTicks), [columns, hasTicks]);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const [isBegun, setBegun] = useState(false);
  useEffect(() => startTransition(() => setBegun(true)), []);
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onShow?.(first, last), [first, last, onShow]);
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
    const row = rowAt(active);
    const step = steps[event.key];
    if (step !== undefined) moveTo(step);
    else if (event.key === 'Enter' && row !== undefined) onOpen(row);
    else if (event.key === ' ' && row !== undefined) onTick(row);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={frame} className={sideShadows}>
      <div
        ref={scroller}
        className={classes.scroller}
        data-stale={isStale || undefined}
        style={isShort === true ? { height: Math.min(560, HEAD_HEIGHT + total * ROW_HEIGHT) } : undefined}
      >
        <table
          className={classes.grid}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA is a table with keys.
          role="grid"
          aria-label={label}
          style={layout}
          aria-rowcount={total + 1}
          aria-busy={isStale}
          aria-multiselectable={hasTicks}
          onKeyDown={onKeyDown}
        >
          <DataTableHead
            tick={ticks?.title}
            columns={columns}
            sort={sort}
            descending={descending}
            onSort={onSort}
          />
          <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {(isBegun ? items : items.slice(0, FIRST_ROWS)).map(({ index, start }) => {
              const row = rowAt(index);
              return (
                <DataRow
                  key={index}
                  index={index}
                  start={start}
                  row={row}
                  columns={columns}
                  context={context}
                  focusable={index === focusable}
                  selected={index === active}
                  ticked={row !== undefined && ticks?.has(row) === true}
                  tickLabel={ticks?.label}
                  onActive={onActive}
                  onOpen={onOpen}
                  onTick={onTick}
                />
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
