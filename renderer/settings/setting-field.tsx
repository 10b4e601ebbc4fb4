import { ActionIcon, MultiSelect, Select, Switch, TagsInput, TextInput, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { memo } from 'react';
import { boundsText } from '../ui/json-schema.ts';
import { type Edit, isChanged, readEdit, shownValue } from './edits.ts';
import type { SettingField as Field } from './fields.ts';
import classes from './settings.module.css';
import { texts } from './texts.ts';

/** Help below, so that fields side by side stand on one line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];

interface SettingFieldProps {
  readonly field: Field;
  readonly edit: Edit | undefined;
  /** What the engine found wrong on saving. */
  readonly problem?: string | undefined;
  onEdit(path: string, edit: Edit): void;
}

/** One setting: its control, its help, a mark and a way back where it differs from the default. */
export const SettingField = memo(function SettingField({ field, edit, problem, onEdit }: SettingFieldProps) {
  const changed = isChanged(field, edit);
  return (
    <div className={classes.setting} data-changed={changed || undefined}>
      <Control {...{ field, edit, problem, onEdit }} />
      {changed ? (
        <Tooltip label={texts.resetToDefault({ field: defaultText(field) })}>
          <ActionIcon
            className={classes.reset}
            variant="subtle"
            color="gray"
            aria-label={texts.resetFieldToDefault({ field: field.title })}
            onClick={() => onEdit(field.path, null)}
          >
            <IconRestore size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </div>
  );
});

function Control({ field, edit, problem, onEdit }: SettingFieldProps) {
  const { path, title, help, parameter, titles } = field;
  const shown = shownValue(field, edit);
  const reading = edit === undefined ? undefined : readEdit(field, edit);
  const error = reading !== undefined && 'problem' in reading ? reading.problem : problem;
  const common = {
    label: title,
    description: <Help field={field} edit={edit} />,
    error,
    inputWrapperOrder: ORDER,
  };
  const data = parameter.choices.map((value) => ({ value, label: titles[value] ?? value }));
  if (parameter.list) {
    const value = typeof shown === 'object' ? [...shown] : [];
    const onChange = (next: string[]) => onEdit(path, next);
    return parameter.kind === 'choice' ? (
      <MultiSelect {...common} data={data} renderOption={renderOption} value={value} onChange={onChange} />
    ) : (
      <TagsInput
        {...common}
        acceptValueOnBlur
        splitChars={[',', ';', ' ']}
        value={value}
        onChange={onChange}
      />
    );
  }
  if (parameter.kind === 'boolean') {
    return (
      <Switch
        label={title}
        error={error}
        description={help.replace(/^true or false\. /, '')}
        checked={shown === true}
        onChange={(event) => onEdit(path, event.currentTarget.checked)}
      />
    );
  }
  if (parameter.kind === 'choice') {
    return (
      <Select
        {...common}
        data={data}
        renderOption={renderOption}
        value={String(shown)}
        allowDeselect={false}
        onChange={(value) => value !== null && onEdit(path, value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      inputMode={parameter.kind === 'text' ? undefined : 'decimal'}
      // What is typed stays as it is typed.
      value={typeof edit === 'string' ? edit : (titles[String(shown)] ?? String(shown))}
      onChange={(event) => onEdit(path, event.currentTarget.value)}
    />
  );
}

/** Who knows the file finds a value in both: as it is called, and as the file has it. */
const renderOption = ({
  option,
}: {
  readonly option: { readonly value: string; readonly label: string };
}) => (
  <span className={classes.option}>
    <span>{option.label}</span>
    <code>{option.value}</code>
  </span>
);

function Help({ field, edit }: Pick<SettingFieldProps, 'field' | 'edit'>) {
  const { path, help, titles, value, fallback } = field;
  const reading = edit === undefined ? { value } : readEdit(field, edit);
  const inForce = 'problem' in reading ? undefined : (reading.value ?? fallback);
  const words = (Array.isArray(inForce) ? inForce : [inForce]).map(String);
  if (!words.every((word) => titles[word] !== undefined)) return help;
  return (
    <>
      <code className={classes.inFile}>
        {path.split('.').at(-1)}: {Array.isArray(inForce) ? `[${words.join(', ')}]` : words[0]}
      </code>{' '}
      {help}
    </>
  );
}

function defaultText({ fallback, parameter, titles }: Field): string {
  const bounds = boundsText(parameter);
  const textOf = (value: unknown) => titles[String(value)] ?? String(value);
  const text = Array.isArray(fallback)
    ? fallback.map(textOf).join(', ')
    : textOf(fallback ?? texts.asDefaultCosts);
  return bounds === '' ? text : `${text} (${bounds})`;
}
