import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { MetricsDto, StrategyResultDto } from '../../../engine/contract/dto/index.ts';
import { isPolicy } from '../../../engine/contract/strategy-words.ts';
import { useMinTrades } from '../../state/index.ts';
import {
  formatNumber,
  GLOSSARY,
  Gradually,
  MAIN_METRICS,
  type MetricName,
  Num,
  SharpeFigure,
  SideScroll,
  titleOf,
} from '../../ui/index.ts';
import classes from '../history.module.css';
import { texts } from './texts.ts';

export interface StrategyRow {
  readonly strategy: StrategyResultDto;
  /** Of the window or regime that is looked at. */
  readonly metrics: MetricsDto;
}

interface StrategyTableProps {
  readonly rows: readonly StrategyRow[];
  /** `evaluation.min_trades_per_regime`; undefined until it is known. */
  readonly minTrades: number | undefined;
  readonly selected: number;
  onSelect(index: number): void;
}

interface ColumnMeta {
  readonly numeric: boolean;
  readonly hint?: string;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
  columnMeta: metaHelper<ColumnMeta>(),
});

const helper = createColumnHelper<typeof features, StrategyRow>();

/** A figure that is not there sorts last, whichever way. */
const figure = (term: MetricName) =>
  helper.accessor((row) => row.metrics[term] ?? undefined, {
    id: term,
    header: GLOSSARY[term].title,
    cell: ({ getValue }) => <Num term={term} value={getValue()} />,
    sortFn: 'basic',
    sortUndefined: 'last',
    sortDescFirst: true,
    meta: { numeric: true, hint: GLOSSARY[term].text },
  });

const sharpeColumn = helper.accessor((row) => row.metrics.sharpe ?? undefined, {
  id: 'sharpe',
  header: GLOSSARY.sharpe.title,
  cell: ({ row }) => <Sharpe score={row.original.metrics} />,
  sortFn: 'basic',
  sortUndefined: 'last',
  sortDescFirst: true,
  meta: { numeric: true, hint: GLOSSARY.sharpe.text },
});

function Sharpe({ score }: { readonly score: MetricsDto }) {
  return <SharpeFigure term="sharpe" score={score} minTrades={useMinTrades()} />;
}

/** An agent's policy has none of these. */
const NONE = '–';

const columns = helper.columns([
  helper.accessor((row) => row.strategy.index, {
    id: 'index',
    header: '#',
    sortFn: 'basic',
    meta: { numeric: true },
  }),
  helper.accessor((row) => titleOf(row.strategy.predictionMethod), {
    id: 'method',
    header: texts.prediction,
    sortFn: 'alphanumeric',
    meta: { numeric: false },
  }),
  helper.accessor((row) => (isPolicy(row.strategy) ? NONE : titleOf(row.strategy.ensembleMethod)), {
    id: 'ensemble',
    header: texts.members,
    sortFn: 'alphanumeric',
    meta: { numeric: false },
  }),
  helper.accessor((row) => row.strategy.confidenceThreshold, {
    id: 'threshold',
    header: texts.confidence,
    cell: ({ getValue, row }) => (isPolicy(row.original.strategy) ? NONE : formatNumber(getValue(), 2)),
    sortFn: 'basic',
    meta: { numeric: true, hint: texts.leastConfidence },
  }),
  helper.accessor((row) => row.strategy.lookbackWindow, {
    id: 'lookback',
    header: texts.lookback,
    cell: ({ getValue, row }) => (isPolicy(row.original.strategy) ? NONE : getValue()),
    sortFn: 'basic',
    meta: { numeric: true, hint: texts.barsThatWeights },
  }),
  sharpeColumn,
  figure('sortino'),
  figure('composite'),
  ...MAIN_METRICS.map(figure),
]);

/** As many as are in sight at first; all at once would be laid out and painted in one task. */
const FIRST_ROWS = 30;

const INITIAL = { sorting: [{ id: 'sharpe', desc: true }] };

/** Strategies of a run, sorted by any column; the chosen one is what other tabs show. */
export function StrategyTable({ rows, minTrades, selected, onSelect }: StrategyTableProps) {
  const table = useTable({
    features,
    columns,
    data: rows as StrategyRow[],
    initialState: INITIAL,
    enableSortingRemoval: false,
  });
  return (
    <SideScroll className={classes.tableBox} label={texts.strategies}>
      <table className={classes.sortable}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                const meta = header.column.columnDef.meta;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-numeric={meta?.numeric || undefined}
                    aria-sort={sorted === false ? 'none' : sorted === 'desc' ? 'descending' : 'ascending'}
                  >
                    <Tooltip label={meta?.hint} disabled={meta?.hint === undefined}>
                      <button
                        type="button"
                        className={classes.sort}
                        onClick={() => header.column.toggleSorting()}
                      >
                        <table.FlexRender header={header} />
                        {sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}
                        {sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : null}
                      </button>
                    </Tooltip>
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          <Gradually first={FIRST_ROWS} step={FIRST_ROWS}>
            {table.getRowModel().rows.map((row) => {
              const { index } = row.original.strategy;
              return (
                // The button in the first cell does the same from the keyboard; its click comes up here too.
                <tr
                  key={row.id}
                  data-selected={index === selected || undefined}
                  onClick={() => onSelect(index)}
                >
                  {row.getAllCells().map((cell) => (
                    <td key={cell.id} data-numeric={cell.column.columnDef.meta?.numeric || undefined}>
                      {cell.column.id === 'index' ? (
                        <button
                          type="button"
                          aria-pressed={index === selected}
                          aria-label={texts.chooseStrategy({ index })}
                        >
                          {index}
                        </button>
                      ) : cell.column.id === 'sharpe' ? (
                        <SharpeFigure term="sharpe" score={row.original.metrics} minTrades={minTrades} />
                      ) : (
                        <table.FlexRender cell={cell} />
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </Gradually>
        </tbody>
      </table>
    </SideScroll>
  );
}
