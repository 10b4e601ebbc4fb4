import { Checkbox, Collapse, UnstyledButton } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridOptionsDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import { MODEL_SIDES } from '../../engine/contract/hyperparameters.ts';
import { Panel } from '../ui/index.ts';
import { parametersOf } from '../ui/json-schema.ts';
import { useAxes, useAxesEdits } from './axes-draft.ts';
import classes from './builder.module.css';
import { FieldProblems } from './field.tsx';
import { modelOfSide } from './grid-draft.ts';
import { Hyperparameters } from './hyperparameters.tsx';
import { texts } from './texts/builder.ts';

export type ModelTypeOption = GridOptionsDto['modelTypes'][number];

/** How the hyper-parameters of a chosen model type are set. */
export interface ParameterEditor {
  readonly title: string;
  /** A hook: whether there is anything to set. */
  useHasFields(option: ModelTypeOption): boolean;
  /** Beside the model type: what is set. */
  readonly Summary: React.ComponentType<{ readonly option: ModelTypeOption }>;
  readonly Fields: React.ComponentType<{
    readonly option: ModelTypeOption;
    readonly problems: readonly Problem[];
  }>;
}

const GRID_EDITOR: ParameterEditor = {
  title: texts.hyperParameters,
  useHasFields: ({ hyperparameters }) => parametersOf(hyperparameters).length > 0,
  Summary({ option }) {
    const own = useAxes(({ apart, hyperparameters }) => {
      const { name } = option;
      const models = apart.includes(name) ? MODEL_SIDES.map((side) => modelOfSide(name, side)) : [name];
      return models.reduce((sum, model) => sum + countOwn(hyperparameters[model]), 0);
    });
    return own === 0 ? texts.defaults : texts.ownSet({ own });
  },
  Fields: ({ option, problems }) => (
    <Hyperparameters
      modelType={option.name}
      parameters={parametersOf(option.hyperparameters)}
      problems={problems}
    />
  ),
};

interface ModelTypesProps {
  readonly options: GridOptionsDto['modelTypes'];
  readonly problems?: readonly Problem[] | undefined;
  readonly parameterProblems?: readonly Problem[] | undefined;
  readonly editor?: ParameterEditor;
}

/** Every model type with what it is good for; a chosen one opens its hyper-parameters. */
export function ModelTypes(props: ModelTypesProps) {
  const { options, problems, parameterProblems, editor = GRID_EDITOR } = props;
  const chosen = useAxes((draft) => draft.lists.model_types);
  const { editList } = useAxesEdits();
  const names = options.map((option) => option.name);
  const toggle = (name: string) =>
    editList(
      'model_types',
      chosen.includes(name)
        ? chosen.filter((other) => other !== name)
        : [...chosen, name].sort((a, b) => names.indexOf(a) - names.indexOf(b)),
    );
  const all = chosen.length === options.length;
  return (
    <Panel
      title={texts.modelTypes}
      note={texts.chosenOfOptions({ chosen: chosen.length, options: options.length })}
      actions={
        <UnstyledButton className={classes.link} onClick={() => editList('model_types', all ? [] : names)}>
          {all ? texts.selectNone : texts.selectAll}
        </UnstyledButton>
      }
    >
      <ul className={classes.models}>
        {options.map((option) => (
          <ModelType
            key={option.name}
            option={option}
            checked={chosen.includes(option.name)}
            editor={editor}
            problems={parameterProblems?.filter(({ path }) => path.split(/[.[]/)[1] === option.name)}
            onToggle={() => toggle(option.name)}
          />
        ))}
      </ul>
      {problems === undefined ? null : <FieldProblems problems={problems} />}
    </Panel>
  );
}

interface ModelTypeProps {
  readonly option: ModelTypeOption;
  readonly checked: boolean;
  readonly editor: ParameterEditor;
  readonly problems?: readonly Problem[] | undefined;
  onToggle(): void;
}

function ModelType({ option, checked, editor, problems = [], onToggle }: ModelTypeProps) {
  const [opened, setOpened] = useState(false);
  const hasFields = editor.useHasFields(option);
  const shown = checked && (opened || problems.length > 0);
  return (
    <li className={classes.model} data-checked={checked || undefined}>
      <div className={classes.modelRow}>
        <Checkbox
          checked={checked}
          onChange={onToggle}
          label={option.title}
          description={option.description}
        />
        {checked && hasFields ? (
          <UnstyledButton
            className={classes.link}
            aria-expanded={shown}
            aria-label={texts.editorOfOption({ editor: editor.title, option: option.title })}
            onClick={() => setOpened(!opened)}
          >
            <IconAdjustmentsHorizontal size={14} aria-hidden />
            <editor.Summary option={option} />
          </UnstyledButton>
        ) : null}
      </div>
      {!hasFields ? null : (
        <Collapse expanded={shown} keepMounted={false}>
          <editor.Fields option={option} problems={problems} />
        </Collapse>
      )}
    </li>
  );
}

function countOwn(axes: Readonly<Record<string, readonly unknown[]>> | undefined): number {
  return Object.values(axes ?? {}).filter((values) => values.length > 0).length;
}
