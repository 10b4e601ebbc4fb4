import type { SharpeTone } from '../ui/index.ts';
import classes from './table.module.css';

/** A column of a table whose rows are drawn as they come into view. */
export interface TableColumn<Row, Context> {
  readonly key: string;
  readonly header: string;
  /** Its cells are times: the header names their zone. */
  readonly isTime?: boolean | undefined;
  /** What its figures mean: the header's tooltip. */
  readonly about?: string | undefined;
  /** What the engine sorts by; undefined where it can't. */
  readonly sort?: string | undefined;
  readonly numeric?: boolean | undefined;
  /** Least width, and its share of what is left over. */
  readonly rem: number;
  readonly grow?: number;
  /** Of its cells. */
  readonly className?: string | undefined;
  /** Not among the columns of who has chosen none. */
  readonly isOptional?: boolean | undefined;
  /** Left out of those in a narrow window, so that what counts needs no scrolling; the details have it. */
  readonly isWideOnly?: boolean;
  /** What a cell shows: text where text will do. It uses no hook. */
  cell(row: Row, context: Context): React.ReactNode;
  /** Color of a cell, where that says something. */
  tone?(row: Row, context: Context): SharpeTone;
  /** The cell's tooltip. */
  title?(row: Row, context: Context): string;
}

/** The classes of a column's head and cells. */
export function classOf(
  column: Pick<TableColumn<never, never>, 'numeric' | 'isWideOnly' | 'className'>,
): string | undefined {
  const { numeric, isWideOnly, className } = column;
  const names = [numeric === true && classes.numeric, isWideOnly === true && classes.wideOnly, className];
  return names.filter(Boolean).join(' ') || undefined;
}

/** For the tick, the gaps (as the style sheet has them) and the edges, rem. */
const TICK = 1.5;
const GAP = 0.5;
const EDGES = 1.5;

type Width = Pick<TableColumn<never, never>, 'rem' | 'grow' | 'isWideOnly'>;

const templateOf = (columns: readonly Width[], tick: number) =>
  `${tick === 0 ? '' : `${tick}rem `}${columns.map(({ rem, grow }) => (grow === undefined ? `${rem}rem` : `minmax(${rem}rem, ${grow}fr)`)).join(' ')}`;
const widthOf = (columns: readonly Width[], tick: number) =>
  `${columns.reduce((sum, { rem }) => sum + rem + GAP, tick + EDGES)}rem`;

/** On the table, since every row that had them of its own would have its style worked out on its own. */
export function layoutOf(columns: readonly Width[], hasTicks: boolean): React.CSSProperties {
  const tick = hasTicks ? TICK : 0;
  const narrow = columns.filter(({ isWideOnly }) => isWideOnly !== true);
  return {
    '--columns': templateOf(columns, tick),
    '--width': widthOf(columns, tick),
    '--columns-narrow': templateOf(narrow, tick),
    '--width-narrow': widthOf(narrow, tick),
  } as React.CSSProperties;
}
