import type { Problem } from '../../../engine/contract/errors.ts';
import { type Parameter, parametersOf } from '../../ui/json-schema.ts';
import { useAxes, useAxesEdits, useAxesNow } from '../axes-draft.ts';
import { ParameterField } from '../hyperparameters.tsx';
import type { ModelTypeOption, ParameterEditor } from '../model-types.tsx';
import { hyperparameterProblems } from '../problems.ts';
import { defaultEntry, editSpace, useSearchDraft } from './draft.ts';
import classes from './search.module.css';
import { OFF, SpaceRow, type SpaceRowProps } from './space-row.tsx';
import { isStructural, StructureFields, useStructure } from './structure-fields.tsx';
import { texts } from './texts.ts';

/** What of a model type is searched: ranges and choices in place of values. */
export const SPACE_EDITOR: ParameterEditor = {
  title: texts.space,
  useHasFields: (option) => [...useEntries({ option }), ...useStructure(option.name)].length > 0,
  Summary: SpaceSummary,
  Fields: SpaceFields,
};

interface SpaceProps {
  readonly option: ModelTypeOption;
}

/** What is searched of each hyper-parameter, and whether that was changed. A value that was set leaves nothing to search. */
function useEntries({ option }: SpaceProps) {
  const own = useSearchDraft(({ space }) => space[option.name]);
  const set = useAxes((draft) => draft.hyperparameters[option.name]);
  const parameters = parametersOf(option.hyperparameters);
  const known = new Map(option.space.map((parameter) => [parameter.name, defaultEntry(parameter)]));
  const names = new Set(parameters.map(({ key }) => key));
  // One that a file names and the model type does not know is shown, so that it can be taken out.
  const unknown = Object.keys(own ?? {}).filter((name) => !names.has(name) && !isStructural(name));
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
  const entries = [...useEntries({ option }), ...useStructure(option.name)];
  const searched = entries.filter(({ entry }) => entry.mode !== 'off').length;
  const isChanged = entries.some((one) => one.isChanged);
  return texts.searchedChanged({ searched, isChanged });
}

function SpaceFields({ option, problems }: SpaceProps & { readonly problems: readonly Problem[] }) {
  return (
    <div className={classes.space}>
      {useEntries({ option }).map((one) => (
        <HyperparameterRow key={one.parameter.key} modelType={option.name} problems={problems} {...one} />
      ))}
      <StructureFields modelType={option.name} problems={problems} />
    </div>
  );
}

/** Left alone, it has a value: its default, or one that is set here. */
function HyperparameterRow(props: Omit<SpaceRowProps, 'fixed' | 'onChange'>) {
  const { modelType, parameter, problems } = props;
  const { key } = parameter;
  const { editDraft } = useAxesEdits();
  const now = useAxesNow();
  const unset = () => {
    const { hyperparameters } = now();
    editDraft({
      hyperparameters: { ...hyperparameters, [modelType]: { ...hyperparameters[modelType], [key]: [] } },
    });
  };
  return (
    <SpaceRow
      {...props}
      fixed={
        <ParameterField
          modelType={modelType}
          parameter={parameter}
          problems={hyperparameterProblems(problems, modelType, key)}
          bare
        />
      }
      onChange={(next) => {
        if (next?.mode !== 'off') unset();
        editSpace(modelType, key, next);
      }}
    />
  );
}
