import { sql } from 'kysely';
import { type Reader, sqlBuilder } from './database.ts';
import { fixedQuery } from './fixed-query.ts';

/** Means over runs of one model type. */
export interface MeasuredRates {
  readonly runs: number;
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * Newest runs of a model type that rates are measured by: they say what this machine takes now, and a form that asks with every
 * stroke waits as long with 100,000 runs as with 1,000.
 */
export const MOST_MEASURED = 500;

/** Mean seconds and stored bytes of this workspace's newest completed runs, by model type. */
export function measuredRates(store: Reader): Map<string, MeasuredRates> {
  return new Map(
    store.all(modelTypes()).flatMap(({ name }) => {
      const rates = store.first(ratesOf(name));
      return rates === undefined || rates.runs === 0 ? [] : [[name, rates]];
    }),
  );
}

/** Each found by a jump in the index instead of a walk through all runs. */
const modelTypes = fixedQuery(() =>
  sqlBuilder
    .withRecursive('found(name)', (db) =>
      db
        .selectFrom('runs')
        .select((e) => e.fn.min('model_type').as('name'))
        .unionAll((next) =>
          next
            .selectFrom('found')
            .select(sql<string>`(select min(model_type) from runs where model_type > found.name)`.as('name'))
            .where('name', 'is not', null),
        ),
    )
    .selectFrom('found')
    .select('name')
    .where('name', 'is not', null)
    .$narrowType<{ name: string }>(),
);

const ratesOf = fixedQuery((modelType: string) =>
  sqlBuilder
    .selectFrom((db) =>
      db
        .selectFrom('runs')
        .select(['seconds', 'artifact_bytes'])
        .where('model_type', '=', modelType)
        // The plus keeps SQLite to the index that has a type's runs in order.
        .where(sql`+status`, '=', 'completed')
        .orderBy('id', 'desc')
        .limit(MOST_MEASURED)
        .as('newest'),
    )
    .select((e) => [
      e.fn.countAll<number>().as('runs'),
      e.fn.avg<number>('seconds').as('seconds'),
      e.fn.avg<number>('artifact_bytes').as('bytes'),
    ]),
);
