/** Files whose rows are no lines of text, by the names that people have for them. */
export const CONTAINERS = ['JSON', 'Parquet', 'Feather'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Where a table comes from that was no text. */
export interface TableOrigin {
  readonly container: Container;
  /** What stands beside the rows, by plain names in small letters: `symbol`, `interval`, `time zone`. */
  readonly meta: ReadonlyMap<string, string>;
}
