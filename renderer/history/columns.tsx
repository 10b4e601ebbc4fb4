import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatTime, Num, StatusBadge, type TermName } from '../ui/index.ts';
import classes from './history.module.css';

/** What names are called on the screen; as `useModelTitle` and `useRegimeTitle` give them. */
export interface Titles {
  modelTitle(modelType: string): string;
  regimeTitle(regime: string): string;
}

export interface RunColumn {
  readonly key: string;
  readonly header: string;
  /** Its definition is the header's tooltip. */
  readonly term?: TermName;
  /** How SQL sorts by it; undefined where it can't. */
  readonly sort?: HistorySort;
  readonly numeric?: boolean;
  /** Of the grid's columns. */
  readonly width: string;
  /** Of its cells. */
  readonly className?: string | undefined;
  /** What a cell shows: text where text will do. It uses no hook. */
  cell(run: RunDto, titles: Titles): React.ReactNode;
  /** The cell's tooltip. */
  title?(run: RunDto, titles: Titles): string;
}

/** The column that a narrow window leaves out, so that what counts needs no scrolling; the details have it. */
export const WIDE_ONLY = 'uuid';

/** The classes of a column's head and cells. */
export function classOf({ key, numeric, className }: RunColumn): string | undefined {
  const names = [numeric === true && classes.numeric, key === WIDE_ONLY && classes.wideOnly, className];
  return names.filter(Boolean).join(' ') || undefined;
}

const regimesOf = (run: RunDto, { regimeTitle }: Titles) => run.bestRegimes.map(regimeTitle).join(', ');

export const RUN_COLUMNS: readonly RunColumn[] = [
  { key: 'id', header: 'ID', sort: 'id', numeric: true, width: '4.25rem', cell: (run) => run.id },
  {
    key: 'uuid',
    header: 'UUID',
    width: '4.75rem',
    className: classes.uuid,
    cell: (run) => run.uuid.slice(0, 8),
    title: (run) => run.uuid,
  },
  {
    key: 'modelType',
    header: 'Model type',
    sort: 'modelType',
    width: 'minmax(7.5rem, 1.2fr)',
    className: classes.clipped,
    cell: (run, { modelTitle }) => modelTitle(run.modelType),
  },
  {
    key: 'symbol',
    header: 'Symbol',
    sort: 'symbol',
    width: '7rem',
    className: classes.clipped,
    cell: (run) => run.symbol,
  },
  {
    key: 'timeframe',
    header: 'Timeframe',
    sort: 'timeframe',
    width: '4.25rem',
    cell: (run) => run.timeframe,
  },
  {
    key: 'days',
    header: 'Days',
    term: 'daysHistory',
    sort: 'daysHistory',
    numeric: true,
    width: '3rem',
    cell: (run) => formatCount(run.daysHistory),
  },
  {
    key: 'horizon',
    header: 'Horizon',
    term: 'horizon',
    sort: 'horizon',
    numeric: true,
    width: '4rem',
    cell: (run) => formatCount(run.horizon),
  },
  {
    key: 'status',
    header: 'Status',
    sort: 'status',
    width: '6.75rem',
    cell: (run) => <StatusBadge status={run.status} />,
  },
  {
    key: 'kept',
    header: 'Kept',
    sort: 'kept',
    width: '2.75rem',
    cell: (run) => (
      <span
        role="img"
        aria-label={run.kept ? 'Kept' : 'Not kept'}
        className={run.kept ? classes.kept : classes.deleted}
      >
        {run.kept ? '✓' : '✗'}
      </span>
    ),
  },
  {
    key: 'regimes',
    header: 'Best regimes',
    width: 'minmax(6rem, 2fr)',
    className: classes.clipped,
    cell: regimesOf,
    title: regimesOf,
  },
  {
    key: 'sharpe',
    header: 'Sharpe',
    term: 'bestSharpe',
    sort: 'sharpe',
    numeric: true,
    width: '3.75rem',
    cell: (run) => <Num term="bestSharpe" value={run.sharpe} />,
  },
  {
    key: 'createdAt',
    header: 'Created at',
    sort: 'createdAt',
    width: '7.75rem',
    cell: (run) => formatTime(run.createdAt),
  },
];
