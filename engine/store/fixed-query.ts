import { type Compilable, type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Query } from './database.ts';

/** Stands for the parameter with this number while a query is built. */
class Place {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

type Parameter = string | number | null;

/**
 * A query whose text is built once, of builders that only put their parameters in: what runs with every result would take
 * longer to build than to run. A parameter that a builder does more with than pass it on would be another text each time: not
 * for those. The text is built when it is first asked for.
 */
export function fixedQuery<P extends readonly Parameter[], O>(
  build: (...parameters: P) => Query<O>,
): (...parameters: P) => Query<O> {
  const compiled = fixed(build);
  return (...parameters) => ({ compile: () => compiled(parameters), isSelectQueryBuilder: true });
}

/** The same for what changes rows. */
export function fixedChange<P extends readonly Parameter[]>(
  build: (...parameters: P) => Compilable,
): (...parameters: P) => Compilable {
  const compiled = fixed(build);
  return (...parameters) => ({ compile: () => compiled(parameters) });
}

function fixed<P extends readonly Parameter[], O>(
  build: (...parameters: P) => Compilable<O>,
): (given: P) => CompiledQuery<O> {
  let text: CompiledQuery<O> | undefined;
  /** They are passed on as they are given. */
  let isPlain = false;
  return (given) => {
    if (text === undefined) {
      text = build(...(given.map((_, index) => new Place(index)) as unknown as P)).compile();
      const { parameters } = text;
      isPlain =
        parameters.length === given.length &&
        parameters.every((value, at) => value instanceof Place && value.index === at);
    }
    const { query, queryId, sql, parameters } = text;
    return {
      query,
      queryId,
      sql,
      parameters: isPlain
        ? given
        : parameters.map((value) => (value instanceof Place ? given[value.index] : value)),
    };
  };
}

/**
 * A parameter whose value plays no part in how the query is run. SQLite may look at the value of one that stands alone beside an
 * index of some rows or an expression, and then prepares the statement anew for every value: that takes longer than running it.
 */
export const plainly = <T extends Parameter>(value: T): RawBuilder<T> => sql<T>`+${value}`;
