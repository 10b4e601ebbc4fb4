/** What a table shows as its address says it: the parts that all tables have. */

export type Params = Readonly<Record<string, string>>;

export interface Order {
  /** Undefined: as the rows stand by themselves. */
  readonly sort: string | undefined;
  readonly descending: boolean;
}

/** `-sharpe`: the largest first. What can't be sorted by is the usual order. */
export function readOrder(written: string | undefined, sorts: readonly string[], usual: Order): Order {
  const key = written?.replace(/^-/, '') ?? '';
  return sorts.includes(key) ? { sort: key, descending: written!.startsWith('-') } : usual;
}

export function orderParam({ sort, descending }: Order, usual: Order): string {
  const isUsual = sort === usual.sort && descending === usual.descending;
  return isUsual || sort === undefined ? '' : `${descending ? '-' : ''}${sort}`;
}

/** Known ones, each once; undefined: the usual ones. */
export function readColumns(
  written: string | undefined,
  keys: readonly string[],
): readonly string[] | undefined {
  const known = [...new Set((written ?? '').split(','))].filter((one) => keys.includes(one));
  return known.length === 0 ? undefined : known;
}

/** Of a column's head that was pressed: the largest first, then the other way round. */
export const pressed = (order: Order, sort: string): Order => ({
  sort,
  descending: order.sort === sort ? !order.descending : true,
});

const NO_DEMO = 'synthetic = no';

/** The condition that a switch stands for, beside those that were written. */
export function allConditions(conditions: string, hideDemo: boolean): string {
  return [conditions.trim(), hideDemo ? NO_DEMO : ''].filter((part) => part !== '').join(', ');
}

/** The other way round. */
export function splitConditions(filter: string): { readonly conditions: string; readonly hideDemo: boolean } {
  const parts = filter
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isDemo = (part: string) => /^synthetic\s*=\s*no$/.test(part);
  return { conditions: parts.filter((part) => !isDemo(part)).join(', '), hideDemo: parts.some(isDemo) };
}

/** Empty ones are not in an address. */
export const filledIn = (entries: readonly (readonly [string, string])[]): Params =>
  Object.fromEntries(entries.filter(([, value]) => value !== ''));
