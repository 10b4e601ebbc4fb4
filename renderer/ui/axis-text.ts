import type { AxisKey } from '../../engine/contract/axes.ts';
import { AXIS_LIST, type KeyedAxis } from '../../engine/contract/configuration.ts';
import { formatCount, titleOf } from './format.ts';

/** Names that titles stand for on the screen; `modelTitle` as `useModelTitle` gives it. */
type ModelTitle = (modelType: string) => string;

const SPECIAL: Readonly<Partial<Record<AxisKey, (value: string, modelTitle: ModelTitle) => string>>> = {
  modelType: (name, modelTitle) => modelTitle(name),
  encoder: titleOf,
  target: titleOf,
};

/** A value of an axis as a table shows it. */
export function axisText(key: AxisKey, value: unknown, modelTitle: ModelTitle): string {
  const special = SPECIAL[key];
  if (special !== undefined) return special(String(value), modelTitle);
  return typeof value === 'number' ? formatCount(value) : String(value);
}

export interface ColumnAxis extends KeyedAxis {
  readonly head: NonNullable<KeyedAxis['head']>;
}

/** The axes that have a column in tables. */
export const COLUMN_AXES: readonly ColumnAxis[] = AXIS_LIST.flatMap((axis) =>
  axis.head === undefined ? [] : [{ ...axis, head: axis.head }],
);

/** What stands above the column of an axis. */
export function axisHead({ title, head }: ColumnAxis): string {
  return head.short ?? title;
}
