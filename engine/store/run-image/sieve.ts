import type { RawBuilder } from 'kysely';
import type { Comparison } from '../../contract/conditions.ts';

/** A condition on runs as an image of them is sifted by it. */
export type Sieve =
  /** On the columns of GROUP_COLUMNS. */
  | { readonly by: 'kind'; readonly is: RawBuilder<unknown> }
  /** On one of FIGURES, or the number of the run. */
  | {
      readonly by: 'figure';
      readonly column: string;
      readonly is: Exclude<Comparison, '~'>;
      readonly values: readonly number[];
    }
  /** Those that a query gives as `id`, or all others. */
  | { readonly by: 'ids'; readonly query: RawBuilder<unknown>; readonly isNot?: boolean }
  /** Kinds, runs, or a part of the UUID: one is enough. */
  | {
      readonly by: 'text';
      readonly kinds: RawBuilder<unknown>;
      readonly ids: readonly number[];
      readonly uuid: string | undefined;
    };
