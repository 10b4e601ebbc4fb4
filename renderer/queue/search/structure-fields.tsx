import type { Problem } from '../../../engine/contract/errors.ts';
import type { GridLists } from '../../../engine/contract/grid.ts';
import { STRUCTURE, type Structural } from '../../../engine/contract/search.ts';
import { type ExitMultiples, readTarget, TARGETS } from '../../../engine/contract/target-names.ts';
import { useWorkspace } from '../../state/index.ts';
import type { Parameter } from '../../ui/json-schema.ts';
import { useAxes } from '../axes-draft.ts';
import { editSpace, type RangeEntry, type SpaceDraft, type SpaceEntry, useSearchDraft } from './draft.ts';
import classes from './search.module.css';
import { OFF, SpaceRow } from './space-row.tsx';
import { texts } from './texts.ts';

export const isStructural = (name: string): boolean => (STRUCTURE as readonly string[]).includes(name);

const KINDS: Readonly<Record<Structural, Parameter['kind']>> = {
  // `outcome 3:1.5` is a target, too: any text.
  target: 'text',
  take_profit: 'number',
  stop_loss: 'number',
  horizon: 'integer',
  days_history: 'integer',
  encoder: 'choice',
};

const exitsOf = (targets: readonly unknown[]) =>
  targets.flatMap((text) => readTarget(String(text))?.exits ?? []);

/** What the form says of each: where it is left alone, and where trials start. Multiples are those of the targets that are tried. */
function startValues(
  lists: GridLists,
  exits: readonly ExitMultiples[],
): Readonly<Record<Structural, readonly (string | number)[]>> {
  return {
    target: lists.targets,
    take_profit: [...new Set(exits.map(({ takeProfit }) => takeProfit))],
    stop_loss: [...new Set(exits.map(({ stopLoss }) => stopLoss))],
    horizon: lists.horizons,
    days_history: lists.days_history,
    encoder: lists.encoders,
  };
}

/** The trades of all targets that are tried. */
function triedExits({ target }: SpaceDraft[string], { targets }: GridLists): readonly ExitMultiples[] {
  return exitsOf(target?.mode === 'choices' ? target.choices : targets);
}

/** From half to twice the value of the axis, where trials start. */
function rangeAround(name: Structural, [value]: readonly (string | number)[]): RangeEntry {
  const isWhole = KINDS[name] === 'integer';
  const start = typeof value === 'number' ? value : null;
  const half = start === null ? null : isWhole ? Math.max(1, Math.floor(start / 2)) : start / 2;
  return {
    mode: 'range',
    type: isWhole ? 'int' : 'float',
    low: half,
    high: start === null ? null : start * 2,
    log: false,
  };
}

const NOTHING: SpaceDraft[string] = {};

/**
 * What is searched beside the hyper-parameters of a model type. An objective over folds can't: of it, only what a file names is there, so
 * that it can be taken out.
 */
export function useStructure(modelType: string) {
  const own = useSearchDraft(({ space }) => space[modelType]) ?? NOTHING;
  const isSharpe = useSearchDraft(({ rules }) => rules.objective === 'sharpe');
  const lists = useAxes((draft) => draft.lists);
  const encoders = useWorkspace((workspace) => workspace.options?.encoders);
  const exits = triedExits(own, lists);
  const values = startValues(lists, exits);
  const choices: Readonly<Partial<Record<Structural, readonly string[]>>> = {
    target: TARGETS,
    encoder: encoders ?? [],
  };
  const isOffered = (name: Structural) =>
    isSharpe && ((name !== 'take_profit' && name !== 'stop_loss') || exits.length > 0);
  return STRUCTURE.filter((name) => own[name] !== undefined || isOffered(name)).map((name) => {
    const parameter: Parameter = {
      key: name,
      kind: KINDS[name],
      list: false,
      description: '',
      choices: choices[name] ?? [],
      fallback: values[name][0],
    };
    const entry: SpaceEntry = own[name] ?? OFF;
    return { parameter, entry, isChanged: own[name] !== undefined, values: values[name] };
  });
}

interface StructureFieldsProps {
  readonly modelType: string;
  readonly problems: readonly Problem[];
}

export function StructureFields({ modelType, problems }: StructureFieldsProps) {
  const rows = useStructure(modelType);
  if (rows.length === 0) return null;
  return (
    <fieldset className={classes.structure}>
      <legend>
        {texts.structure} <span className={classes.about}>{texts.whatElseOfModelTrials}</span>
      </legend>
      {rows.map(({ parameter, values, ...row }) => (
        <SpaceRow
          key={parameter.key}
          modelType={modelType}
          parameter={parameter}
          initial={OFF}
          firstRange={rangeAround(parameter.key as Structural, values)}
          problems={problems}
          fixed={
            <span className={classes.about}>{values.length === 0 ? texts.none : values.join(', ')}</span>
          }
          onChange={(next) => editSpace(modelType, parameter.key, next)}
          {...row}
        />
      ))}
    </fieldset>
  );
}
