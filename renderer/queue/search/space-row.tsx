import { Checkbox, NumberInput, Select, TagsInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Problem } from '../../../engine/contract/errors.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
import { type Parameter, readValue } from '../../ui/json-schema.ts';
import { FieldProblems } from '../field.tsx';
import type { ChoicesEntry, RangeEntry, SpaceEntry } from './draft.ts';
import classes from './search.module.css';
import { texts } from './texts.ts';

/** What is searched where nothing is. */
export const OFF: SpaceEntry = { mode: 'off' };

export interface SpaceRowProps {
  readonly modelType: string;
  readonly parameter: Parameter;
  /** By default. */
  readonly initial: SpaceEntry;
  /** What a range begins with; by default what the parameter may be, where that has ends. */
  readonly firstRange?: RangeEntry;
  readonly isChanged: boolean;
  readonly entry: SpaceEntry;
  readonly problems: readonly Problem[];
  /** What it is where it is left alone. */
  readonly fixed: ReactNode;
  /** Undefined puts the default back. */
  onChange(next: SpaceEntry | undefined): void;
}

/** What is searched of one parameter of a model type, and what is wrong with that. */
export function SpaceRow(props: SpaceRowProps) {
  const { modelType, parameter, initial, isChanged, entry, problems, fixed, onChange: change } = props;
  const { key } = parameter;
  const title = parameterTitle(key);
  const isNumber = parameter.kind === 'integer' || parameter.kind === 'number';
  const own = problems.filter(
    ({ path }) => path === `space.${modelType}.${key}` || path.startsWith(`space.${modelType}.${key}.`),
  );
  const choose = (mode: SpaceEntry['mode']) => {
    if (mode === initial.mode) change(initial.mode === 'off' ? undefined : initial);
    else
      change(
        mode === 'off'
          ? OFF
          : mode === 'range'
            ? (props.firstRange ?? rangeOf(parameter))
            : choicesOf(parameter),
      );
  };
  return (
    <fieldset className={classes.parameter} data-off={entry.mode === 'off' || undefined}>
      <legend className="visually-hidden">{title}</legend>
      <div className={classes.parameterHead}>
        <span className={classes.parameterName} title={key}>
          {title}
        </span>
        {isChanged ? (
          <button
            type="button"
            className={classes.reset}
            aria-label={texts.defaultOf({ title })}
            onClick={() => change(undefined)}
          >
            {texts.defaultWord}
          </button>
        ) : null}
      </div>
      <div className={classes.domain}>
        <Select
          size="xs"
          aria-label={texts.howItIsSearched({ title })}
          data={[
            ...(isNumber ? [{ value: 'range', label: texts.range }] : []),
            { value: 'choices', label: texts.choices },
            { value: 'off', label: texts.leaveAlone },
          ]}
          value={entry.mode}
          allowDeselect={false}
          onChange={(mode) => mode !== null && mode !== entry.mode && choose(mode as SpaceEntry['mode'])}
          className={classes.mode}
        />
        {entry.mode === 'range' ? (
          <RangeFields name={title} entry={entry} invalid={own.length > 0} onChange={change} />
        ) : entry.mode === 'choices' ? (
          <ChoiceFields parameter={parameter} entry={entry} invalid={own.length > 0} onChange={change} />
        ) : (
          <div className={classes.fixed}>{fixed}</div>
        )}
      </div>
      {entry.mode !== 'off' && entry.when !== undefined ? (
        <p className={classes.about}>{texts.onlyWhere({ when: whenText(entry.when) })}</p>
      ) : null}
      {own.length === 0 ? null : <FieldProblems problems={own} />}
    </fieldset>
  );
}

/** `Depth is 2 or 3`. */
function whenText(when: NonNullable<RangeEntry['when']>): string {
  return Object.entries(when)
    .map(([name, values]) =>
      texts.nameIsValues({
        name: parameterTitle(name),
        values: Array.isArray(values) ? values.join(texts.or) : values,
      }),
    )
    .join(texts.and);
}

/** Where the default space says nothing: what the hyper-parameter may be, where that has ends. */
function rangeOf({ kind, min, max, fallback }: Parameter): RangeEntry {
  const initial = typeof fallback === 'number' ? fallback : null;
  return {
    mode: 'range',
    type: kind === 'integer' ? 'int' : 'float',
    low: min ?? initial,
    high: max ?? initial,
    log: false,
  };
}

function choicesOf({ kind, choices, fallback }: Parameter): ChoicesEntry {
  if (kind === 'boolean') return { mode: 'choices', choices: [true, false] };
  if (choices.length > 0) return { mode: 'choices', choices };
  return { mode: 'choices', choices: typeof fallback === 'number' ? [fallback] : [] };
}

interface RangeFieldsProps {
  readonly name: string;
  readonly entry: RangeEntry;
  readonly invalid: boolean;
  onChange(entry: RangeEntry): void;
}

const numberOf = (value: number | string): number | null => (typeof value === 'number' ? value : null);

function RangeFields({ name, entry, invalid, onChange }: RangeFieldsProps) {
  const { type, low, high, log } = entry;
  const common = {
    size: 'xs' as const,
    hideControls: true,
    allowDecimal: type === 'float',
    decimalScale: 10,
    error: invalid,
    className: classes.end,
  };
  return (
    <>
      <NumberInput
        {...common}
        aria-label={texts.nameFrom({ name })}
        value={low ?? ''}
        onChange={(value) => onChange({ ...entry, low: numberOf(value) })}
      />
      <span aria-hidden>{texts.to}</span>
      <NumberInput
        {...common}
        aria-label={texts.nameTo({ name })}
        value={high ?? ''}
        onChange={(value) => onChange({ ...entry, high: numberOf(value) })}
      />
      <Checkbox
        size="xs"
        label={texts.log}
        aria-label={texts.nameOnLogarithmicScale({ name })}
        checked={log}
        onChange={(event) => onChange({ ...entry, log: event.currentTarget.checked })}
      />
    </>
  );
}

interface ChoiceFieldsProps {
  readonly parameter: Parameter;
  readonly entry: ChoicesEntry;
  readonly invalid: boolean;
  onChange(entry: ChoicesEntry): void;
}

function ChoiceFields({ parameter, entry, invalid, onChange }: ChoiceFieldsProps) {
  const [typed, setTyped] = useState<string>();
  const read = (texts: readonly string[]) => {
    const results = texts.map((text) => readValue(parameter, text));
    setTyped(results.flatMap((result) => ('problem' in result ? [result.problem] : []))[0]);
    onChange({ ...entry, choices: results.flatMap((result) => ('value' in result ? [result.value] : [])) });
  };
  return (
    <TagsInput
      size="xs"
      className={classes.choices}
      aria-label={texts.titleChoices({ title: parameterTitle(parameter.key) })}
      placeholder={entry.choices.length === 0 ? texts.values : undefined}
      value={entry.choices.map(String)}
      data={parameter.kind === 'boolean' ? ['true', 'false'] : [...parameter.choices]}
      error={typed === undefined ? invalid : texts.pleaseUseTyped({ typed })}
      acceptValueOnBlur
      // A text may be of several words.
      splitChars={parameter.kind === 'text' ? [',', ';'] : [',', ';', ' ']}
      onChange={read}
    />
  );
}
