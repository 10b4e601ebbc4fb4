import { Fieldset, MultiSelect, Switch, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../engine/contract/errors.ts';
import { type HyperparameterValue, MODEL_SIDES } from '../../engine/contract/hyperparameters.ts';
import { parameterTitle } from '../../engine/contract/parameter-titles.ts';
import { boundsText, type Parameter, readValue } from '../ui/json-schema.ts';
import { useAxes, useAxesEdits, useAxesNow } from './axes-draft.ts';
import classes from './builder.module.css';
import { FieldProblems } from './field.tsx';
import { haveTwoModels, modelOfSide, withSides } from './grid-draft.ts';
import { ParameterLabel } from './parameter-label.tsx';
import { hyperparameterProblems } from './problems.ts';
import { texts } from './texts/builder.ts';

interface HyperparametersProps {
  readonly modelType: string;
  readonly parameters: readonly Parameter[];
  readonly problems: readonly Problem[];
}

/** Fields for what a model type has; of targets with two models, on demand, fields for each. */
export function Hyperparameters({ modelType, parameters, problems }: HyperparametersProps) {
  const areApart = useAxes((draft) => draft.apart.includes(modelType));
  const canBeApart = useAxes((draft) => areApart || haveTwoModels(draft.lists));
  const { editDraft } = useAxesEdits();
  const now = useAxesNow();
  const ofType = problems.filter(({ path }) => path === `hyperparameters.${modelType}`);
  return (
    <>
      {canBeApart ? (
        <Switch
          size="xs"
          label={texts.longAndShortModelApart}
          checked={areApart}
          onChange={({ currentTarget: { checked } }) => editDraft(withSides(now(), modelType, checked))}
        />
      ) : null}
      {areApart ? (
        MODEL_SIDES.map((side) => (
          <Fieldset key={side} legend={side.toUpperCase()} mt="xs">
            <ModelFields
              modelType={modelOfSide(modelType, side)}
              parameters={parameters}
              problems={problems}
            />
          </Fieldset>
        ))
      ) : (
        <ModelFields modelType={modelType} parameters={parameters} problems={problems} />
      )}
      {ofType.length === 0 ? null : <FieldProblems problems={ofType} />}
    </>
  );
}

/** One field per hyper-parameter: empty is the default, several values make an axis of the grid. */
function ModelFields({ modelType, parameters, problems }: HyperparametersProps) {
  return (
    <div className={classes.parameters}>
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.key}
          modelType={modelType}
          parameter={parameter}
          problems={hyperparameterProblems(problems, modelType, parameter.key)}
        />
      ))}
    </div>
  );
}

const NONE: readonly HyperparameterValue[] = [];

export interface ParameterFieldProps {
  readonly modelType: string;
  readonly parameter: Parameter;
  readonly problems: readonly Problem[];
  /** Its name stands beside it. */
  readonly bare?: boolean;
}

/** Values of one hyper-parameter. */
export function ParameterField({ modelType, parameter, problems, bare = false }: ParameterFieldProps) {
  const values = useAxes((draft) => draft.hyperparameters[modelType]?.[parameter.key] ?? NONE);
  const { editDraft } = useAxesEdits();
  const now = useAxesNow();
  const [typed, setTyped] = useState<string>();
  const set = (next: readonly HyperparameterValue[]) => {
    const { hyperparameters } = now();
    editDraft({
      hyperparameters: {
        ...hyperparameters,
        [modelType]: { ...hyperparameters[modelType], [parameter.key]: next },
      },
    });
  };
  const read = (texts: readonly string[]) => {
    const results = texts.map((text) => readValue(parameter, text));
    const wrong = results.find((result) => 'problem' in result);
    setTyped(wrong === undefined ? undefined : wrong.problem);
    set(results.flatMap((result) => ('value' in result ? [result.value] : [])));
  };
  const common = {
    size: 'xs' as const,
    ...(bare
      ? { 'aria-label': texts.keyValue({ key: parameterTitle(parameter.key) }) }
      : { label: <ParameterLabel name={parameter.key} />, description: parameter.description }),
    value: values.map(String),
    onChange: read,
    placeholder: values.length === 0 ? defaultText(parameter) : undefined,
    error:
      typed === undefined
        ? problems.map((p) => p.message).join(' ') || undefined
        : texts.pleaseUseTyped({ typed }),
  };
  if (parameter.kind === 'boolean') return <MultiSelect {...common} data={['true', 'false']} />;
  if (parameter.kind === 'choice') return <MultiSelect {...common} data={[...parameter.choices]} />;
  return (
    <TagsInput {...common} acceptValueOnBlur data={[...parameter.choices]} splitChars={[',', ';', ' ']} />
  );
}

function defaultText(parameter: Parameter): string {
  const bounds = boundsText(parameter);
  const { fallback } = parameter;
  const value = typeof fallback === 'number' ? Number(fallback.toPrecision(4)) : (fallback ?? 'default');
  return `${String(value)}${bounds === '' ? '' : `  (${bounds})`}`;
}
