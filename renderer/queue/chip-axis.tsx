import { Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../engine/contract/errors.ts';
import classes from './builder.module.css';
import { Field } from './field.tsx';
import { entryOf } from './problems.ts';
import { texts } from './texts/builder.ts';

interface ChipAxisProps<T extends string | number> {
  readonly label: string;
  readonly about?: string | undefined;
  readonly hint?: string | undefined;
  readonly options: readonly T[];
  readonly value: readonly T[];
  readonly problems?: readonly Problem[] | undefined;
  readonly text?: (value: T) => string;
  readonly action?: React.ReactNode;
  /** After the chips. */
  readonly extra?: React.ReactNode;
  onChange(value: readonly T[]): void;
}

/** Values to switch on and off; the entry that a problem is about is marked. */
export function ChipAxis<T extends string | number>(props: ChipAxisProps<T>) {
  const { label, about, hint, options, value, problems, text = String, action, extra, onChange } = props;
  const wrong = new Set((problems ?? []).map(entryOf));
  const shown = [...options, ...value.filter((v) => !options.includes(v))];
  const toggle = (option: T) =>
    onChange(value.includes(option) ? value.filter((v) => v !== option) : inOrder([...value, option], shown));
  return (
    <Field label={label} about={about} hint={hint} problems={problems} action={action}>
      <Group gap={6}>
        {shown.map((option) => {
          const at = value.indexOf(option);
          const invalid = at >= 0 && wrong.has(at);
          return (
            <label key={option} className={classes.chip} data-invalid={invalid || undefined}>
              <input
                type="checkbox"
                checked={at >= 0}
                aria-invalid={invalid}
                onChange={() => toggle(option)}
              />
              {text(option)}
            </label>
          );
        })}
        {extra}
      </Group>
    </Field>
  );
}

function inOrder<T extends string | number>(value: readonly T[], order: readonly T[]): readonly T[] {
  if (value.every((v) => typeof v === 'number')) return [...value].sort((a, b) => Number(a) - Number(b));
  return [...value].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

interface NumberAxisProps {
  readonly label: string;
  readonly about?: string | undefined;
  /** The unit. */
  readonly hint?: string | undefined;
  readonly options: readonly number[];
  readonly value: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly problems?: readonly Problem[] | undefined;
  onChange(value: readonly number[]): void;
}

/** Usual numbers as chips, and a field for others. */
export function NumberAxis({ min, max, ...axis }: NumberAxisProps) {
  const [own, setOwn] = useState<number | string>('');
  const shown = [...new Set([...axis.options, ...axis.value])].sort((a, b) => a - b);
  const number = typeof own === 'number' ? own : Number.NaN;
  const outside = own !== '' && !(Number.isInteger(number) && number >= min && number <= max);
  const add = () => {
    if (own === '' || outside) return;
    if (!axis.value.includes(number)) axis.onChange([...axis.value, number].sort((a, b) => a - b));
    setOwn('');
  };
  return (
    <ChipAxis
      {...axis}
      options={shown}
      extra={
        <NumberInput
          className={classes.own}
          size="xs"
          aria-label={[texts.ownValueFor({ label: axis.label.toLowerCase() }), axis.hint]
            .filter(Boolean)
            .join(', ')}
          placeholder={texts.own}
          value={own}
          onChange={setOwn}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              add();
            }
          }}
          onBlur={add}
          allowDecimal={false}
          hideControls
          clampBehavior="none"
          error={outside ? texts.minToMax({ min, max }) : undefined}
        />
      }
    />
  );
}
