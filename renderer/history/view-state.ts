import { HISTORY_SORTS, type HistorySort } from '../../engine/contract/api/results.ts';
import { COLUMN_KEYS } from './columns.tsx';
import { FILTER_AXES, type Filters, NO_FILTERS } from './filters.ts';

/** What the table of runs shows, as its address says it: a link to the address shows the same. */
export interface HistoryState {
  readonly filters: Filters;
  readonly sort: HistorySort;
  readonly descending: boolean;
  /** Keys of the columns in their order; undefined: the usual ones. */
  readonly columns: readonly string[] | undefined;
}

type Params = Readonly<Record<string, string>>;

/** Of the address; what no longer is there or can't be read is left out. */
export function readState(params: Params): HistoryState {
  const { sort = '', columns = '', status, limit, minSharpe } = params;
  const key = sort.replace(/^-/, '');
  const isSort = (HISTORY_SORTS as readonly string[]).includes(key);
  const known = [...new Set(columns.split(','))].filter((one) => COLUMN_KEYS.includes(one));
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
    sort: isSort ? (key as HistorySort) : 'id',
    descending: isSort ? sort.startsWith('-') : true,
    columns: known.length === 0 ? undefined : known,
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
    ['sort', sort === 'id' && descending ? '' : `${descending ? '-' : ''}${sort}`],
    ['columns', columns?.join(',') ?? ''],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

export const USUAL_STATE: HistoryState = {
  filters: NO_FILTERS,
  sort: 'id',
  descending: true,
  columns: undefined,
};
