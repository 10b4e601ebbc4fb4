import { columnFor } from './column-names.ts';
import type { TextSample } from './sample.ts';

/**
 * The column of volume. Some sources have two, in the currency that is traded and in the one that it is paid with: the first is meant, as it is
 * where there is one.
 */
export function volumeColumn(
  { rows }: Pick<TextSample, 'rows'>,
  header: readonly string[],
  symbolColumn: number | undefined,
): { readonly column: number | undefined; readonly note?: string } {
  const usual = columnFor('volume', header);
  if (usual !== undefined) return { column: usual };
  const named = header.flatMap((name, column) => {
    const currency = /^\s*vol(?:ume)?[ _.]*\(?\s*([a-z0-9]{2,6})\)?\s*$/i.exec(name)?.[1];
    return currency === undefined ? [] : [{ column, currency: currency.toUpperCase() }];
  });
  const [first, ...others] = named;
  if (first === undefined) return { column: undefined };
  const symbol = symbolColumn === undefined ? '' : (rows[0]?.[symbolColumn] ?? '').toUpperCase();
  const base = named.find(({ currency }) => symbol.startsWith(currency)) ?? first;
  if (others.length === 0) return { column: base.column };
  const rest = named.filter(({ column }) => column !== base.column).map(({ currency }) => currency);
  return {
    column: base.column,
    note: `There is volume in ${base.currency} and in ${rest.join(' and ')}: that in ${base.currency} is taken.`,
  };
}
