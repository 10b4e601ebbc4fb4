import { Checkbox, Collapse, UnstyledButton } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridOptionsDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import { MODEL_SIDES } from '../../engine/contract/hyperparameters.ts';
import { Panel } from '../ui/index.ts';
import { parametersOf } from '../ui/json-schema.ts';
import classes from './builder.module.css';
import { editList, useDraft } from './draft.ts';
import { FieldProblems } from './field.tsx';
import { modelOfSide } from './grid-draft.ts';
import { Hyperparameters } from './hyperparameters.tsx';

interface ModelTypesProps {
  readonly options: GridOptionsDto['modelTypes'];
  readonly problems?: readonly Problem[] | undefined;
  readonly parameterProblems?: readonly Problem[] | undefined;
}

/** Every model type with what it is good for; a chosen one opens its hyper-parameters. */
export function ModelTypes({ options, problems, parameterProblems }: ModelTypesProps) {
  const chosen = useDraft(({ draft }) => draft.lists.model_types);
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
      title="Model types"
      note={`${chosen.length} of ${options.length} chosen`}
      actions={
        <UnstyledButton className={classes.link} onClick={() => editList('model_types', all ? [] : names)}>
          {all ? 'Select none' : 'Select all'}
        </UnstyledButton>
      }
    >
      <ul className={classes.models}>
        {options.map((option) => (
          <ModelType
            key={option.name}
            option={option}
            checked={chosen.includes(option.name)}
            problems={parameterProblems?.filter((p) => p.path.startsWith(`hyperparameters.${option.name}`))}
            onToggle={() => toggle(option.name)}
          />
        ))}
      </ul>
      {problems === undefined ? null : <FieldProblems problems={problems} />}
    </Panel>
  );
}

interface ModelTypeProps {
  readonly option: GridOptionsDto['modelTypes'][number];
  readonly checked: boolean;
  readonly problems?: readonly Problem[] | undefined;
  onToggle(): void;
}

function ModelType({ option, checked, problems = [], onToggle }: ModelTypeProps) {
  const [opened, setOpened] = useState(false);
  const parameters = parametersOf(option.hyperparameters);
  const own = useDraft(({ draft: { apart, hyperparameters } }) => {
    const { name } = option;
    const models = apart.includes(name) ? MODEL_SIDES.map((side) => modelOfSide(name, side)) : [name];
    return models.reduce((sum, model) => sum + countOwn(hyperparameters[model]), 0);
  });
  const shown = checked && (opened || problems.length > 0);
  return (
    <li className={classes.model} data-checked={checked || undefined}>
      <div className={classes.modelRow}>
        <Checkbox
          checked={checked}
          onChange={onToggle}
          label={option.title}
          description={option.description}
          classNames={{ body: classes.modelBody }}
        />
        {checked && parameters.length > 0 ? (
          <UnstyledButton
            className={classes.link}
            aria-expanded={shown}
            aria-label={`Hyper-parameters of ${option.title}`}
            onClick={() => setOpened(!opened)}
          >
            <IconAdjustmentsHorizontal size={14} aria-hidden />
            {own === 0 ? 'Defaults' : `${own} set`}
          </UnstyledButton>
        ) : null}
      </div>
      {parameters.length === 0 ? null : (
        <Collapse expanded={shown} keepMounted={false}>
          <Hyperparameters modelType={option.name} parameters={parameters} problems={problems} />
        </Collapse>
      )}
    </li>
  );
}

function countOwn(axes: Readonly<Record<string, readonly unknown[]>> | undefined): number {
  return Object.values(axes ?? {}).filter((values) => values.length > 0).length;
}
