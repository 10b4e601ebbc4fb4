import { HISTORY_SORTS, type HistorySort } from '../../engine/contract/api/results.ts';
import type { SavedViewDto } from '../../engine/contract/dto/index.ts';
import {
  filledIn,
  orderParam,
  type Params,
  readColumns,
  readOrder,
  splitConditions,
} from '../table/index.ts';
import { FAVORITES } from '../ui/marks-text.ts';
import { COLUMN_KEYS } from './columns.tsx';
import { FILTER_AXES, type Filters, NO_FILTERS, toFilter } from './filters.ts';

/** What the table of runs shows, as its address says it: a link to the address shows the same. */
export interface HistoryState {
  readonly filters: Filters;
  readonly sort: HistorySort;
  readonly descending: boolean;
  /** Keys of the columns in their order; undefined: the usual ones. */
  readonly columns: readonly string[] | undefined;
}

const USUAL_ORDER = { sort: 'id', descending: true } as const;

/** Of the address; what no longer is there or can't be read is left out. */
export function readState(params: Params): HistoryState {
  const { status, limit, minSharpe } = params;
  const order = readOrder(params.sort, HISTORY_SORTS, USUAL_ORDER);
  return {
    filters: {
      axes: Object.fromEntries(
        FILTER_AXES.flatMap(({ filter }) => {
          const value = params[filter.key];
          return value === undefined || value === '' ? [] : [[filter.key, value]];
        }),
      ),
      status: status === 'completed' || status === 'failed' ? status : null,
      keptOnly: params.kept === 'yes',
      mark: params.mark ?? null,
      hideDemo: params.demo === 'no',
      from: params.from ?? '',
      to: params.to ?? '',
      minSharpe: numberOf(minSharpe),
      text: params.text ?? '',
      conditions: params.filter ?? '',
      limit: numberOf(limit),
    },
    sort: order.sort as HistorySort,
    descending: order.descending,
    columns: readColumns(params.columns, COLUMN_KEYS),
  };
}

function numberOf(text: string | undefined): number | '' {
  const number = Number(text);
  return text === undefined || text === '' || !Number.isFinite(number) ? '' : number;
}

/** The other way round: what is as it is without being asked for is not in the address. */
export function stateParams({ filters, sort, descending, columns }: HistoryState): Params {
  const { axes, status, keptOnly, mark, hideDemo, from, to, minSharpe, text, conditions, limit } = filters;
  const entries: [string, string][] = [
    ...Object.entries(axes),
    ['status', status ?? ''],
    ['mark', mark ?? ''],
    ['kept', keptOnly ? 'yes' : ''],
    ['demo', hideDemo ? 'no' : ''],
    ['from', from],
    ['to', to],
    ['minSharpe', String(minSharpe)],
    ['text', text.trim()],
    ['filter', conditions.trim()],
    ['limit', String(limit)],
    ['sort', orderParam({ sort, descending }, USUAL_ORDER)],
    ['columns', columns?.join(',') ?? ''],
  ];
  return filledIn(entries);
}

/** What the Api is asked for, as a view keeps it: columns are those that are shown. */
export function viewQuery(state: HistoryState, columns: readonly string[]): SavedViewDto['query'] {
  const { filters, sort, descending } = state;
  return {
    ...(toFilter(filters) as SavedViewDto['query']),
    ...(filters.limit === '' ? {} : { limit: filters.limit }),
    sort,
    descending,
    columns: columns.join(','),
  };
}

/** The other way round, as an address. */
export function viewParams(query: SavedViewDto['query']): Params {
  const { kept, favorite, tag, filter = '', sort = 'id', descending = true, ...same } = query;
  const { conditions, hideDemo } = splitConditions(String(filter));
  return stateParams(
    readState({
      ...Object.fromEntries(Object.entries(same).map(([key, value]) => [key, String(value)])),
      ...(kept === true ? { kept: 'yes' } : {}),
      ...(favorite === true ? { mark: FAVORITES } : tag === undefined ? {} : { mark: String(tag) }),
      ...(hideDemo ? { demo: 'no' } : {}),
      filter: conditions,
      sort: `${descending === false ? '' : '-'}${sort}`,
    }),
  );
}

export const USUAL_STATE: HistoryState = {
  filters: NO_FILTERS,
  sort: 'id',
  descending: true,
  columns: undefined,
};
