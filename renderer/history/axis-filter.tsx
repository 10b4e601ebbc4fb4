import { Autocomplete, Select, TextInput } from '@mantine/core';
import { z } from 'zod';
import type { AxisKey } from '../../engine/contract/axes.ts';
import type { KeyedAxis } from '../../engine/contract/configuration.ts';
import { TARGETS } from '../../engine/contract/target-names.ts';
import { useModelTitle, useWorkspace } from '../state/index.ts';
import { axisText } from '../ui/index.ts';
import { parameterOf } from '../ui/json-schema.ts';
import { texts } from './texts.ts';

interface AxisFilterProps {
  readonly axis: Pick<KeyedAxis, 'key' | 'title' | 'schema'>;
  /** Empty is any. */
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

/** Filters that know more than the axis's entry says, by axis. */
const SPECIAL: Readonly<Partial<Record<AxisKey, React.ComponentType<AxisFilterProps>>>> = {
  modelType: ModelTypeFilter,
  symbol: SymbolFilter,
  target: TargetFilter,
};

/** Narrows the history to one value of an axis: chosen where its values are known, else typed. */
export function AxisFilter(props: AxisFilterProps) {
  const Special = SPECIAL[props.axis.key];
  return Special === undefined ? <PlainFilter {...props} /> : <Special {...props} />;
}

function PlainFilter({ axis, value, error, onChange }: AxisFilterProps) {
  const modelTitle = useModelTitle();
  const { choices } = parameterOf(axis.key, z.toJSONSchema(axis.schema, { unrepresentable: 'any' }));
  const common = { label: axis.title, placeholder: texts.any, error };
  return choices.length === 0 ? (
    <TextInput {...common} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  ) : (
    <Select
      {...common}
      data={choices.map((choice) => ({ value: choice, label: axisText(axis.key, choice, modelTitle) }))}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable
    />
  );
}

function ModelTypeFilter({ axis, value, error, onChange }: AxisFilterProps) {
  const modelTypes = useWorkspace((workspace) => workspace.options?.modelTypes) ?? [];
  const modelTitle = useModelTitle();
  return (
    <Select
      label={axis.title}
      placeholder={texts.any}
      data={modelTypes.map(({ name }) => ({ value: name, label: modelTitle(name) }))}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      error={error}
      clearable
    />
  );
}

function SymbolFilter({ axis, value, error, onChange }: AxisFilterProps) {
  const series = useWorkspace((workspace) => workspace.series) ?? [];
  return (
    <Autocomplete
      label={axis.title}
      placeholder={texts.any}
      data={[...new Set(series.map(({ symbol }) => symbol))].sort()}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

/** A name stands for all multiples of its trades; others are typed. */
function TargetFilter({ axis, value, error, onChange }: AxisFilterProps) {
  return (
    <Autocomplete
      label={axis.title}
      placeholder={texts.any}
      data={[...TARGETS]}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
