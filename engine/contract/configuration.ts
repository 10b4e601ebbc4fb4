import { z } from 'zod';
import { AXES, type Axes, type Axis, type AxisKey, type AxisWith } from './axes.ts';

export type { IndicatorTimeframes } from './axes.ts';
export type { ConfiguredHyperparameters, Hyperparameters, HyperparameterValue } from './hyperparameters.ts';

/** What a run trains: one value of each axis. */
export type Configuration = { readonly [K in AxisKey]: z.output<Axes[K]['schema']> };

/** The axes that fit a table's cell. */
export type ShortConfiguration = Pick<Configuration, AxisWith<{ head: object }>>;

/** An entry of the table of axes with its key. */
export interface KeyedAxis extends Axis {
  readonly key: AxisKey;
}

/** The table of axes as a list, for all that goes through each of them. */
export const AXIS_LIST: readonly KeyedAxis[] = Object.entries<Axis>(AXES).map(([key, axis]) => ({
  ...axis,
  key: key as AxisKey,
}));

/** What a configuration has of the axes that it says nothing about, since they came later. */
export const INITIAL_VALUES: Readonly<Record<string, unknown>> = Object.fromEntries(
  AXIS_LIST.flatMap(({ key, initial }) => (initial === undefined ? [] : [[key, initial]])),
);

/** A configuration as files hold it: a value that a later axis starts with may be left out. */
export const configurationSchema = z.strictObject(
  Object.fromEntries(
    AXIS_LIST.map(({ key, schema, initial }) => [
      key,
      initial === undefined ? schema : schema.default(initial),
    ]),
  ),
) as unknown as z.ZodType<Configuration>;

/** A value of an axis, in words. */
export interface AxisValue {
  readonly title: string;
  readonly value: unknown;
  /** Its part of the configuration's name, where it has one. */
  readonly words: string | undefined;
}

/** The axes that came after the first release, where a configuration, or the part of it that is given, has another value than they start with. */
export function furtherAxes(configuration: Partial<Configuration>): AxisValue[] {
  return AXIS_LIST.flatMap(({ key, title, initial, words }) => {
    const value: unknown = configuration[key];
    if (initial === undefined || value === undefined || value === initial) return [];
    return [{ title, value, words: words?.of(value as never) }];
  });
}
