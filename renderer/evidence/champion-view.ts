import type { RawInput } from '../../engine/contract/api/index.ts';
import { CHAMPION_COLUMN_KEYS } from '../../engine/contract/champion-columns.ts';
import type { SavedViewDto } from '../../engine/contract/dto/index.ts';
import {
  allConditions,
  filledIn,
  type Order,
  orderParam,
  type Params,
  readColumns,
  readOrder,
  splitConditions,
} from '../table/index.ts';
import { FAVORITES, markFilterOf } from '../ui/marks-text.ts';

/** The filter form as it is filled in; empty is any. */
export interface ChampionFilters {
  /** What columns must be: `trades > 30, verdict = strong`. */
  readonly conditions: string;
  /** As `MarkSelect` has it. */
  readonly mark: string | null;
  /** Without those of synthetic markets. */
  readonly hideDemo: boolean;
}

/** What the table of champions shows, as its address says it. */
export interface ChampionState extends Order {
  readonly filters: ChampionFilters;
  /** Keys of the columns in their order; undefined: the usual ones. */
  readonly columns: readonly string[] | undefined;
}

export const NO_CHAMPION_FILTERS: ChampionFilters = { conditions: '', mark: null, hideDemo: false };

/** The best evidence first. */
const USUAL: Order = { sort: 'verdict', descending: true };

/** What no longer is there or can't be read is left out. */
export function readChampionState(params: Params): ChampionState {
  return {
    filters: {
      conditions: params.filter ?? '',
      mark: params.mark ?? null,
      hideDemo: params.demo === 'no',
    },
    ...readOrder(params.sort, CHAMPION_COLUMN_KEYS, USUAL),
    columns: readColumns(params.columns, CHAMPION_COLUMN_KEYS),
  };
}

/** The other way round: what is as it is without being asked for is not in the address. */
export function championParams({ filters, columns, ...order }: ChampionState): Params {
  return filledIn([
    ['filter', filters.conditions.trim()],
    ['mark', filters.mark ?? ''],
    ['demo', filters.hideDemo ? 'no' : ''],
    ['sort', orderParam(order, USUAL)],
    ['columns', columns?.join(',') ?? ''],
  ]);
}

/** What the Api is asked for. */
export function championQuery({ filters, sort, descending }: ChampionState): RawInput<'champions.list'> {
  const filter = allConditions(filters.conditions, filters.hideDemo);
  return {
    ...(filter === '' ? {} : { filter }),
    ...markFilterOf(filters.mark),
    ...(sort === undefined ? {} : { sort, descending }),
  };
}

/** Of a view that was saved, in the window or on the command line. */
export function championViewParams(query: SavedViewDto['query']): Params {
  const { filter = '', favorite, tag, sort, descending, columns } = query;
  return championParams({
    filters: {
      ...splitConditions(String(filter)),
      mark: favorite === true ? FAVORITES : tag === undefined ? null : String(tag),
    },
    ...(sort === undefined ? USUAL : { sort: String(sort), descending: descending !== false }),
    columns: readColumns(columns === undefined ? undefined : String(columns), CHAMPION_COLUMN_KEYS),
  });
}

export const isChampionFiltered = ({ conditions, mark, hideDemo }: ChampionFilters): boolean =>
  conditions.trim() !== '' || mark !== null || hideDemo;
