import { MultiSelect, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../engine/contract/errors.ts';
import { type Parameter, readValue } from '../ui/json-schema.ts';
import { Field } from './field.tsx';
import { texts } from './texts/builder.ts';

interface ListAxisProps {
  readonly label: string;
  readonly about?: string | undefined;
  readonly hint?: string | undefined;
  /** What one value can be. */
  readonly parameter: Parameter;
  readonly value: readonly unknown[];
  readonly problems?: readonly Problem[] | undefined;
  onChange(value: readonly unknown[]): void;
}

/** Values of any kind as a plain list: chosen where they are known, else typed. */
export function ListAxis({ label, about, hint, parameter, value, problems, onChange }: ListAxisProps) {
  const [typed, setTyped] = useState<string>();
  const read = (texts: readonly string[]) => {
    const results = texts.map((text) => readValue(parameter, text));
    const wrong = results.find((result) => 'problem' in result);
    setTyped(wrong === undefined ? undefined : wrong.problem);
    onChange(results.flatMap((result) => ('value' in result ? [result.value] : [])));
  };
  const common = {
    size: 'xs' as const,
    'aria-label': label,
    value: value.map(String),
    onChange: read,
    error: typed === undefined ? undefined : texts.pleaseUseTyped({ typed }),
  };
  return (
    <Field label={label} about={about} hint={hint} problems={problems}>
      {parameter.kind === 'boolean' || parameter.kind === 'choice' ? (
        <MultiSelect
          {...common}
          data={parameter.kind === 'boolean' ? ['true', 'false'] : [...parameter.choices]}
        />
      ) : (
        <TagsInput {...common} acceptValueOnBlur splitChars={[',', ';', ' ']} />
      )}
    </Field>
  );
}
