import type { RawInput } from '../../engine/contract/api/index.ts';
import { AXIS_LIST, type KeyedAxis } from '../../engine/contract/configuration.ts';
import type { RunStatus } from '../../engine/contract/dto/index.ts';
import { HISTORY_CONDITIONS } from '../../engine/contract/history-columns.ts';
import { zoneAsked } from '../state/zone.ts';
import { allConditions, conditionProblem } from '../table/index.ts';
import { markFilterOf } from '../ui/marks-text.ts';
import { texts } from './texts.ts';

interface FilterAxis extends KeyedAxis {
  readonly filter: NonNullable<KeyedAxis['filter']>;
}

/** The axes that the history can be filtered by. */
export const FILTER_AXES: readonly FilterAxis[] = AXIS_LIST.flatMap((axis) =>
  axis.filter === undefined ? [] : [{ ...axis, filter: axis.filter }],
);

/** The filter form as it is filled in; empty is any. */
export interface Filters {
  /** Of the axes that can be filtered by, by the filter's name. */
  readonly axes: Readonly<Record<string, string>>;
  readonly status: RunStatus | null;
  readonly keptOnly: boolean;
  /** As `MarkSelect` has it. */
  readonly mark: string | null;
  /** Without runs on synthetic markets. */
  readonly hideDemo: boolean;
  /** `2026-03-01`, of the zone that is shown. */
  readonly from: string;
  readonly to: string;
  readonly minSharpe: number | '';
  readonly text: string;
  /** What columns must be: `trades > 30, regime = bull_trending`. */
  readonly conditions: string;
  /** Most runs to list; empty is all. */
  readonly limit: number | '';
}

export const NO_FILTERS: Filters = {
  axes: {},
  status: null,
  keptOnly: false,
  mark: null,
  hideDemo: false,
  from: '',
  to: '',
  minSharpe: '',
  text: '',
  conditions: '',
  limit: '',
};

export const MIN_LIMIT = 10;
export const MAX_LIMIT = 1000;

/** What `history.search` and `history.export` are asked for. */
export type HistoryFilter = Omit<
  RawInput<'history.export'>,
  | 'csv'
  | 'format'
  | 'columns'
  | 'overwrite'
  | 'separator'
  | 'decimal'
  | 'sort'
  | 'descending'
  | 'limit'
  | 'offset'
>;

export function toFilter(filters: Filters): HistoryFilter {
  const { axes, status, keptOnly, mark, from, to, minSharpe, text } = filters;
  const conditions = allConditions(filters.conditions, filters.hideDemo);
  return {
    ...Object.fromEntries(
      FILTER_AXES.flatMap((axis) => {
        const written = (axes[axis.filter.key] ?? '').trim();
        return written === '' ? [] : [[axis.filter.key, asAsked(axis, written)]];
      }),
    ),
    ...(status === null ? {} : { status }),
    ...(keptOnly ? { kept: true } : {}),
    ...markFilterOf(mark),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(from === '' && to === '' ? {} : zoneAsked()),
    ...(minSharpe === '' ? {} : { minSharpe }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(conditions === '' ? {} : { filter: conditions }),
  };
}

/** As the engine takes it: numbers as numbers. */
function asAsked({ schema }: FilterAxis, written: string): string | number {
  const number = Number(written);
  return Number.isFinite(number) && !schema.safeParse(written).success && schema.safeParse(number).success
    ? number
    : written;
}

/** What can't be searched for, by field: `axes.<name>` for an axis. */
export function filterProblems(filters: Filters): Readonly<Partial<Record<string, string>>> {
  const { axes, from, to, limit, conditions } = filters;
  const problem = conditionProblem(conditions, HISTORY_CONDITIONS);
  const wrong = FILTER_AXES.flatMap((axis) => {
    const { key, value } = axis.filter;
    const written = (axes[key] ?? '').trim();
    const read = value.safeParse(asAsked(axis, written));
    return written === '' || read.success ? [] : [[`axes.${key}`, read.error.issues[0]!.message]];
  });
  return {
    ...Object.fromEntries(wrong),
    ...(problem === undefined ? {} : { conditions: problem }),
    ...(from !== '' && to !== '' && from > to ? { to: texts.beforeFirstDay } : {}),
    ...(limit === '' || (Number.isInteger(limit) && limit >= MIN_LIMIT && limit <= MAX_LIMIT)
      ? {}
      : { limit: texts.minLimitToMaxLimit({ minLimit: MIN_LIMIT, maxLimit: MAX_LIMIT }) }),
  };
}

/** How many of the fields are filled in. */
export function filterCount(filters: Filters): number {
  const { axes, status, keptOnly, mark, hideDemo, from, to, minSharpe, text, conditions, limit } = filters;
  const given = [from, to, text, conditions, ...Object.values(axes)].map((value) => value.trim());
  const chosen = [status !== null, keptOnly, mark !== null, hideDemo, minSharpe !== '', limit !== ''];
  return given.filter((value) => value !== '').length + chosen.filter(Boolean).length;
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(toFilter(filters)).length > 0 || filters.limit !== '';
}
