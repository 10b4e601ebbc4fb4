import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { ChampionDto, RunDto } from '../../engine/contract/dto/index.ts';
import { useMinTrades, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { shownColumns } from './column-choice.ts';
import type { RunColumn } from './columns.tsx';
import classes from './history.module.css';
import { championsByRun } from './places.ts';
import { RunRow, rowColumns } from './run-row.tsx';
import { RunTableHead } from './run-table-head.tsx';
import { type RunWindow, runAt } from './run-window.ts';
import type { HistoryQuery } from './use-run-window.ts';

const ROW_HEIGHT = 36;
/** For the tick, the gaps (as the style sheet has them) and the edges, rem. */
const TICK = 1.25;
const GAP = 0.5;
const EDGES = 1.5;

const templateOf = (columns: readonly RunColumn[]) =>
  `${TICK}rem ${columns.map(({ rem, grow }) => (grow === undefined ? `${rem}rem` : `minmax(${rem}rem, ${grow}fr)`)).join(' ')}`;
const widthOf = (columns: readonly RunColumn[]) =>
  `${columns.reduce((sum, { rem }) => sum + rem + GAP, TICK + EDGES)}rem`;

/** On the table, since every row that had them of its own would have its style worked out on its own. */
function layoutOf(columns: readonly RunColumn[]): React.CSSProperties {
  const narrow = columns.filter(({ isWideOnly }) => isWideOnly !== true);
  return {
    '--columns': templateOf(columns),
    '--width': widthOf(columns),
    '--columns-narrow': templateOf(narrow),
    '--width-narrow': widthOf(narrow),
  } as React.CSSProperties;
}

interface RunTableProps {
  readonly window: RunWindow;
  readonly isStale: boolean;
  readonly query: HistoryQuery;
  /** Keys of the columns, in their order; undefined: the usual ones. */
  readonly chosen: readonly string[] | undefined;
  /** Row with the keyboard's focus; its run is what View Details shows. */
  readonly active: number;
  readonly compared: ReadonlySet<number>;
  onSort(sort: HistorySort): void;
  onActive(row: number): void;
  onOpen(run: RunDto): void;
  onCompare(run: RunDto): void;
  onShow(first: number, last: number): void;
}

const NO_CHAMPIONS: readonly ChampionDto[] = [];

/** Any number of runs: only the visible rows are drawn, and only the pages around them are read. */
export function RunTable(props: RunTableProps) {
  const { window, isStale, query, chosen, active, compared, onSort, onActive, onOpen, onCompare, onShow } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  const champions = useWorkspace((workspace) => workspace.champions) ?? NO_CHAMPIONS;
  const context = useMemo(
    () => ({ modelTitle, regimeTitle, minTrades, champions: championsByRun(champions) }),
    [modelTitle, regimeTitle, minTrades, champions],
  );
  const columns = useMemo(() => rowColumns(shownColumns(chosen)), [chosen]);
  const layout = useMemo(() => layoutOf(columns), [columns]);
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
    const row = steps[event.key];
    if (row !== undefined) moveTo(row);
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
        style={layout}
        aria-rowcount={total + 1}
        aria-busy={isStale}
        aria-multiselectable
        onKeyDown={onKeyDown}
      >
        <RunTableHead columns={columns} sort={query.sort} descending={query.descending} onSort={onSort} />
        <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const run = runAt(window, index);
            return (
              <RunRow
                key={index}
                index={index}
                start={start}
                run={run}
                columns={columns}
                context={context}
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
