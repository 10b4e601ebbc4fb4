import type { CheckpointItems } from './checkpoint.ts';
import { readSection } from './json-form.ts';
import { parseItem, readIdentity, readJsonItem } from './parse-item.ts';
import {
  cellSchema,
  championSchema,
  configurationLineSchema,
  modelSchema,
  runIdentitySchema,
  runSchema,
} from './schema.ts';

interface ReadOptions {
  readonly read?: (line: Buffer) => unknown;
  /** Lines that are not are left out unread. */
  readonly wanted?: (line: Buffer) => boolean;
  /** See `readSection`. */
  readonly isLater?: boolean;
}

/** What a verified file of version 1 or 2 holds. */
export function jsonItems(path: string): CheckpointItems {
  function* items<T>(
    section: string,
    schema: { parse(value: unknown): T },
    { read = readJsonItem, wanted, isLater = false }: ReadOptions = {},
  ): Generator<T> {
    for (const line of readSection(path, section, isLater)) {
      if (wanted?.(line) === false) continue;
      yield parseItem(path, section, schema, () => read(line));
    }
  }
  return {
    *cells() {
      yield* items('trained', cellSchema);
      yield* items('remaining', cellSchema);
    },
    configurations: () => items('configurations', configurationLineSchema, { isLater: true }),
    champions: () => items('champions', championSchema),
    models: () => items('models', modelSchema),
    runs: (wanted) =>
      items(
        'results',
        runSchema,
        wanted === undefined ? {} : { wanted: (line) => wanted(readIdentity(line).uuid) },
      ),
    runIdentities: () => items('results', runIdentitySchema, { read: readIdentity }),
  };
}
