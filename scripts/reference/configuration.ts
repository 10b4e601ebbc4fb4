import { z } from 'zod';
import { readDefaults, readWorkspaceConfig } from '../../engine/config/files.ts';
import { helpOf } from '../../engine/config/help.ts';
import { configSchema } from '../../engine/config/schema.ts';
import { type Schema, valuesOf } from './json-schema.ts';
import { code, table } from './markdown.ts';

/** Every key of config.yaml: what it takes and means from its schema and the comments of the defaults. */
export function configurationReference(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as Schema;
  const help = helpOf(readDefaults().text);
  // A workspace without a file of its own has the defaults.
  const defaults: unknown = readWorkspaceConfig('/no-such-workspace');
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) => {
    const rows = keysOf(section, [name]).map(({ path, schema }) => [
      code(path.join('.')),
      valuesOf(schema),
      fallbackOf(defaults, path),
      help[path.join('.')] ?? '',
    ]);
    return [
      `## ${name}`,
      ...(help[name] ? [help[name]] : []),
      table(['key', 'takes', 'default', 'means'], rows),
    ].join('\n\n');
  });
  return [
    '# Configuration',
    'Keys of `config.yaml` in the workspace; those that are not there have their default. *Data & Settings* shows what is in force and changes it; `regimen config check` tells of wrong values, each with its line.',
    ...sections,
  ].join('\n\n');
}

interface Key {
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** Keys of a section, and of the sections in it. */
function keysOf(schema: Schema, path: readonly string[]): Key[] {
  if (schema.properties === undefined) return [{ path, schema }];
  return Object.entries(schema.properties).flatMap(([key, inner]) => keysOf(inner, [...path, key]));
}

const MOST_LETTERS = 60;

function fallbackOf(defaults: unknown, path: readonly string[]): string {
  let value = defaults;
  for (const key of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_LETTERS ? 'see default_config.yaml' : code(text);
}
