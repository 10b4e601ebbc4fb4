import type { RawInput } from '../../engine/contract/api/index.ts';
import type { RunStatus } from '../../engine/contract/dto/index.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';

/** The filter form as it is filled in; empty is any. */
export interface Filters {
  readonly symbol: string;
  readonly model: string | null;
  readonly status: RunStatus | null;
  readonly timeframe: Timeframe | null;
  readonly keptOnly: boolean;
  /** `2026-03-01`, UTC. */
  readonly from: string;
  readonly to: string;
  readonly minSharpe: number | '';
  readonly text: string;
  /** Most runs to list; empty is all. */
  readonly limit: number | '';
}

export const NO_FILTERS: Filters = {
  symbol: '',
  model: null,
  status: null,
  timeframe: null,
  keptOnly: false,
  from: '',
  to: '',
  minSharpe: '',
  text: '',
  limit: '',
};

export const MIN_LIMIT = 10;
export const MAX_LIMIT = 1000;

/** What `history.search` and `history.export` are asked for. */
export type HistoryFilter = Omit<RawInput<'history.export'>, 'csv' | 'overwrite' | 'separator' | 'decimal'>;

export function toFilter(filters: Filters): HistoryFilter {
  const { symbol, model, status, timeframe, keptOnly, from, to, minSharpe, text } = filters;
  return {
    ...(symbol.trim() === '' ? {} : { symbol: symbol.trim() }),
    ...(model === null ? {} : { model }),
    ...(status === null ? {} : { status }),
    ...(timeframe === null ? {} : { timeframe }),
    ...(keptOnly ? { kept: true } : {}),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(minSharpe === '' ? {} : { minSharpe }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  };
}

/** What can't be searched for, by field. */
export function filterProblems(filters: Filters): Readonly<Partial<Record<keyof Filters, string>>> {
  const { symbol, from, to, limit } = filters;
  return {
    ...(/^[A-Za-z0-9._-]{0,32}$/.test(symbol.trim()) ? {} : { symbol: 'Letters, digits, dots, dashes' }),
    ...(from !== '' && to !== '' && from > to ? { to: 'Before the first day' } : {}),
    ...(limit === '' || (Number.isInteger(limit) && limit >= MIN_LIMIT && limit <= MAX_LIMIT)
      ? {}
      : { limit: `${MIN_LIMIT} to ${MAX_LIMIT}` }),
  };
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(toFilter(filters)).length > 0 || filters.limit !== '';
}
