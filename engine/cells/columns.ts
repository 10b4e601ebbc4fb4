import type { Axes, AxisWith } from '../contract/axes.ts';
import { AXIS_LIST, type Configuration } from '../contract/configuration.ts';
import { storedJson } from '../contract/stored-json.ts';
import { readConfiguration } from './config-hash.ts';

/** The columns by which the history searches, sorts and lists runs. */
export type ConfigurationColumns = {
  -readonly [K in AxisWith<{ column: string }> as Axes[K]['name']]: Axes[K]['column'] extends 'json'
    ? string
    : Configuration[K];
};

/** A run's columns, and the canonical JSON of its configuration where it was stored; before version 5, columns had all. */
export type StoredConfiguration = ConfigurationColumns & { readonly configuration: string | null };

const COLUMNS = AXIS_LIST.flatMap(({ key, name, column }) =>
  column === undefined ? [] : [{ key, name: name as keyof ConfigurationColumns, isJson: column === 'json' }],
);
/** Some axes are in the JSON of the configuration alone. */
export const HAS_REST = AXIS_LIST.some(({ column }) => column === undefined);

export const CONFIGURATION_COLUMNS: readonly (keyof ConfigurationColumns)[] = COLUMNS.map(({ name }) => name);

export function columnsOf(configuration: Configuration): ConfigurationColumns {
  const columns: Record<string, unknown> = {};
  for (const { key, name, isJson } of COLUMNS) {
    const value = configuration[key];
    columns[name] = isJson ? JSON.stringify(value) : value;
  }
  return columns as unknown as ConfigurationColumns;
}

/** As `configurationOf`, for thousands of rows that say the same: what is JSON in a row is read once, and shared. */
export function createConfigurationReader(): (row: StoredConfiguration) => Configuration {
  const known = new Map<string, unknown>();
  return (row) =>
    configurationOf(row, (json) => {
      const value = known.get(json) ?? storedJson(json, OF_A_RUN);
      known.set(json, value);
      return value;
    });
}

const OF_A_RUN = 'the configuration of a run';

export function configurationOf(
  row: StoredConfiguration,
  read: (json: string) => unknown = (json) => storedJson(json, OF_A_RUN),
): Configuration {
  // Axes without a column are in the JSON alone; all others are read from their columns, which is faster.
  const rest = HAS_REST ? readConfiguration(row.configuration ?? '{}') : undefined;
  const values: Record<string, unknown> = {};
  for (const { key } of AXIS_LIST) values[key] = rest?.[key];
  for (const { key, name, isJson } of COLUMNS) values[key] = isJson ? read(row[name] as string) : row[name];
  return values as Configuration;
}
