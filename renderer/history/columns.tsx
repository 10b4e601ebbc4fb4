import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { useModelTitle, useRegimeTitle } from '../state/index.ts';
import { formatCount, formatTime, Num, StatusBadge, type TermName } from '../ui/index.ts';
import classes from './history.module.css';

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
  cell(run: RunDto): React.ReactNode;
}

export const RUN_COLUMNS: readonly RunColumn[] = [
  { key: 'id', header: 'ID', sort: 'id', numeric: true, width: '4.25rem', cell: (run) => run.id },
  {
    key: 'uuid',
    header: 'UUID',
    width: '4.75rem',
    cell: (run) => (
      <code className={classes.uuid} title={run.uuid}>
        {run.uuid.slice(0, 8)}
      </code>
    ),
  },
  {
    key: 'modelType',
    header: 'Model type',
    sort: 'modelType',
    width: 'minmax(7.5rem, 1.2fr)',
    cell: (run) => <ModelTitle modelType={run.modelType} />,
  },
  { key: 'symbol', header: 'Symbol', sort: 'symbol', width: '7rem', cell: (run) => run.symbol },
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
    cell: (run) => <RegimeTitles regimes={run.bestRegimes} />,
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
    cell: (run) => <time dateTime={run.createdAt}>{formatTime(run.createdAt)}</time>,
  },
];

function ModelTitle({ modelType }: { readonly modelType: string }) {
  return useModelTitle()(modelType);
}

function RegimeTitles({ regimes }: { readonly regimes: readonly string[] }) {
  const titles = regimes.map(useRegimeTitle()).join(', ');
  return <span title={titles}>{titles}</span>;
}
