import { Checkbox, NumberInput, Select, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../../engine/contract/errors.ts';
import { type Parameter, parametersOf, readValue } from '../../ui/json-schema.ts';
import { useAxes, useAxesEdits, useAxesNow } from '../axes-draft.ts';
import { FieldProblems } from '../field.tsx';
import { ParameterField } from '../hyperparameters.tsx';
import type { ModelTypeOption, ParameterEditor } from '../model-types.tsx';
import { hyperparameterProblems } from '../problems.ts';
import {
  type ChoicesEntry,
  defaultEntry,
  editSpace,
  type RangeEntry,
  type SpaceEntry,
  useSearchDraft,
} from './draft.ts';
import classes from './search.module.css';

/** What of a model type is searched: ranges and choices in place of values. */
export const SPACE_EDITOR: ParameterEditor = { title: 'Space', Summary: SpaceSummary, Fields: SpaceFields };

interface SpaceProps {
  readonly option: ModelTypeOption;
}

const OFF: SpaceEntry = { mode: 'off' };

/** What is searched of each hyper-parameter, and whether that was changed. A value that was set leaves nothing to search. */
function useEntries({ option }: SpaceProps) {
  const own = useSearchDraft(({ space }) => space[option.name]);
  const set = useAxes((draft) => draft.hyperparameters[option.name]);
  const parameters = parametersOf(option.hyperparameters);
  const known = new Map(option.space.map((parameter) => [parameter.name, defaultEntry(parameter)]));
  const names = new Set(parameters.map(({ key }) => key));
  // One that a file names and the model type does not know is shown, so that it can be taken out.
  const unknown = Object.keys(own ?? {}).filter((name) => !names.has(name));
  return [
    ...parameters.map((parameter) => {
      const initial = known.get(parameter.key) ?? OFF;
      const isSet = (set?.[parameter.key] ?? []).length > 0;
      const changed = own?.[parameter.key];
      return {
        parameter,
        initial,
        isChanged: changed !== undefined || isSet,
        entry: changed ?? (isSet ? OFF : initial),
      };
    }),
    ...unknown.map((key) => ({
      parameter: {
        key,
        kind: 'number',
        list: false,
        description: '',
        choices: [],
        fallback: undefined,
      } as Parameter,
      initial: OFF,
      isChanged: true,
      entry: own![key]!,
    })),
  ];
}

function SpaceSummary({ option }: SpaceProps) {
  const entries = useEntries({ option });
  const searched = entries.filter(({ entry }) => entry.mode !== 'off').length;
  const isChanged = entries.some((one) => one.isChanged);
  return `${searched} searched${isChanged ? ', changed' : ''}`;
}

function SpaceFields({ option, problems }: SpaceProps & { readonly problems: readonly Problem[] }) {
  return (
    <div className={classes.space}>
      {useEntries({ option }).map((one) => (
        <SpaceRow key={one.parameter.key} modelType={option.name} problems={problems} {...one} />
      ))}
    </div>
  );
}

interface SpaceRowProps {
  readonly modelType: string;
  readonly parameter: Parameter;
  readonly initial: SpaceEntry;
  readonly isChanged: boolean;
  readonly entry: SpaceEntry;
  readonly problems: readonly Problem[];
}

function SpaceRow({ modelType, parameter, initial, isChanged, entry, problems }: SpaceRowProps) {
  const { key } = parameter;
  const { editDraft } = useAxesEdits();
  const now = useAxesNow();
  const isNumber = parameter.kind === 'integer' || parameter.kind === 'number';
  const own = problems.filter(
    ({ path }) => path === `space.${modelType}.${key}` || path.startsWith(`space.${modelType}.${key}.`),
  );
  const unset = () => {
    const { hyperparameters } = now();
    editDraft({
      hyperparameters: { ...hyperparameters, [modelType]: { ...hyperparameters[modelType], [key]: [] } },
    });
  };
  const change = (next: SpaceEntry | undefined) => {
    if (next?.mode !== 'off') unset();
    editSpace(modelType, key, next);
  };
  const choose = (mode: SpaceEntry['mode']) => {
    if (mode === initial.mode) change(initial.mode === 'off' ? undefined : initial);
    else change(mode === 'off' ? OFF : mode === 'range' ? rangeOf(parameter) : choicesOf(parameter));
  };
  return (
    <fieldset className={classes.parameter} data-off={entry.mode === 'off' || undefined}>
      <legend className="visually-hidden">{key}</legend>
      <div className={classes.parameterHead}>
        <span className={classes.parameterName}>{key}</span>
        {isChanged ? (
          <button
            type="button"
            className={classes.reset}
            aria-label={`Default of ${key}`}
            onClick={() => change(undefined)}
          >
            Default
          </button>
        ) : null}
      </div>
      <div className={classes.domain}>
        <Select
          size="xs"
          aria-label={`${key}: how it is searched`}
          data={[
            ...(isNumber ? [{ value: 'range', label: 'Range' }] : []),
            { value: 'choices', label: 'Choices' },
            { value: 'off', label: 'Leave alone' },
          ]}
          value={entry.mode}
          allowDeselect={false}
          onChange={(mode) => mode !== null && mode !== entry.mode && choose(mode as SpaceEntry['mode'])}
          className={classes.mode}
        />
        {entry.mode === 'range' ? (
          <RangeFields name={key} entry={entry} invalid={own.length > 0} onChange={change} />
        ) : entry.mode === 'choices' ? (
          <ChoiceFields parameter={parameter} entry={entry} invalid={own.length > 0} onChange={change} />
        ) : (
          <div className={classes.fixed}>
            <ParameterField
              modelType={modelType}
              parameter={parameter}
              problems={hyperparameterProblems(problems, modelType, key)}
              bare
            />
          </div>
        )}
      </div>
      {entry.mode !== 'off' && entry.when !== undefined ? (
        <p className={classes.about}>Only where {whenText(entry.when)}.</p>
      ) : null}
      {own.length === 0 ? null : <FieldProblems problems={own} />}
    </fieldset>
  );
}

/** `max_depth is 2 or 3`. */
function whenText(when: NonNullable<RangeEntry['when']>): string {
  return Object.entries(when)
    .map(([name, values]) => `${name} is ${Array.isArray(values) ? values.join(' or ') : values}`)
    .join(' and ');
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
        aria-label={`${name}, from`}
        value={low ?? ''}
        onChange={(value) => onChange({ ...entry, low: numberOf(value) })}
      />
      <span aria-hidden>to</span>
      <NumberInput
        {...common}
        aria-label={`${name}, to`}
        value={high ?? ''}
        onChange={(value) => onChange({ ...entry, high: numberOf(value) })}
      />
      <Checkbox
        size="xs"
        label="log"
        aria-label={`${name}, on a logarithmic scale`}
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
      aria-label={`${parameter.key}, choices`}
      placeholder={entry.choices.length === 0 ? 'Values' : undefined}
      value={entry.choices.map(String)}
      data={parameter.kind === 'boolean' ? ['true', 'false'] : [...parameter.choices]}
      error={typed === undefined ? invalid : `Use ${typed}.`}
      acceptValueOnBlur
      splitChars={[',', ';', ' ']}
      onChange={read}
    />
  );
}
