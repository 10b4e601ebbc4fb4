import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../database.ts';
import { rows } from '../rows.ts';
import { FIGURE_INDEXES } from './columns.ts';

/** Numbers that are the same once they are rounded to 32 bits: what tells them apart is asked of the database, in the index of their column. */

const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const SMALLEST = 2 ** -149;

const scratch = new DataView(new ArrayBuffer(4));

/** The float32 after a float32, or before it; beyond the largest there is infinity. */
export function nextFloat(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * SMALLEST;
  if (!Number.isFinite(value)) return Math.sign(value) === direction ? value : Math.sign(value) * LARGEST;
  scratch.setFloat32(0, value);
  scratch.setInt32(0, scratch.getInt32(0) + (value > 0 ? direction : -direction));
  return scratch.getFloat32(0);
}

/** Runs whose figure rounds to a float32, and some near it. */
function bandOf(figure: string, rounded: number) {
  const column = sql.ref(figure);
  return {
    from: sql`runs indexed by ${sql.ref(FIGURE_INDEXES[figure]!)}`,
    where: sql`${column} >= ${nextFloat(rounded, -1)} and ${column} <= ${nextFloat(rounded, 1)}`,
  };
}

/** The one float64 that all runs whose figure rounds to a float32 have; undefined where they have several. */
export function onlyValue(store: Reader, figure: string, rounded: number): number | undefined {
  const { from, where } = bandOf(figure, rounded);
  const column = sql.ref(figure);
  // Each in its own statement: by a jump in the index.
  const end = (direction: string) =>
    rows<{ value: number }>(
      store,
      sql`select ${column} as value from ${from} where ${where} order by ${column} ${sql.raw(direction)} limit 1`,
    )[0]?.value;
  const least = end('asc');
  if (least === undefined) return rounded;
  return least === end('desc') ? least : undefined;
}

/** Numbers of the runs whose figure rounds to a float32, and of some near it, that meet a condition. */
export function idsInBand(
  store: Reader,
  figure: string,
  rounded: number,
  condition: RawBuilder<unknown>,
): number[] {
  const { from, where } = bandOf(figure, rounded);
  return rows<{ id: number }>(store, sql`select id from ${from} where ${where} and (${condition})`).map(
    ({ id }) => id,
  );
}

/** The same, all of them in the order of the figure, and of their numbers where that is equal. */
export function bandInOrder(store: Reader, figure: string, rounded: number, descending: boolean): number[] {
  const { from, where } = bandOf(figure, rounded);
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return rows<{ id: number }>(
    store,
    sql`select id from ${from} where ${where} order by ${sql.ref(figure)} ${direction}, id ${direction}`,
  ).map(({ id }) => id);
}
