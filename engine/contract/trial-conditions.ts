import { type AxisValue, axisValues } from './axis-values.ts';
import { type Condition, type ConditionColumns, conditionsField, holds } from './conditions.ts';
import { AXIS_LIST } from './configuration.ts';
import type { SearchDto, StudyDto, TrialDto } from './dto/search.ts';
import { HISTORY_CONDITIONS } from './history-columns.ts';
import { ANY_PARAMETER, PARAMETER_PREFIX, parameterKey } from './parameter-condition.ts';
import { parameterTitle } from './parameter-titles.ts';

/** Axes that the history compares, too. */
const AXIS_CONDITIONS = Object.fromEntries(
  AXIS_LIST.flatMap(({ key }) => {
    const kind = HISTORY_CONDITIONS[key];
    return kind === undefined ? [] : [[key, kind] as const];
  }),
);

/**
 * What trials of a search are filtered by, in the language of the history: `trial = 12, param.alpha >= 0.1`. `study`: its place among
 * those of the search, from 1; `value`: of the objective.
 */
export const TRIAL_CONDITIONS: ConditionColumns = {
  study: 'number',
  trial: 'number',
  state: 'text',
  side: 'text',
  value: 'number',
  auc: 'number',
  seconds: 'number',
  ...AXIS_CONDITIONS,
  [ANY_PARAMETER]: 'value',
};

/** What a trial was tried with, by the keys of axes and names of hyper-parameters; of one of two models its side, too. */
export function trialValues(
  { configuration }: Pick<StudyDto, 'configuration'>,
  { params, side }: Pick<TrialDto, 'params' | 'side'>,
): Record<string, AxisValue> {
  const values = axisValues(configuration);
  for (const [name, value] of Object.entries(params)) values[KEYS.get(name) ?? name] = value;
  return side === null ? values : { ...values, side };
}

/** Of an axis of a configuration by its written name. */
const KEYS = new Map(AXIS_LIST.map(({ key, name }): [string, string] => [name, key]));

/** What trials are filtered with by an axis of a configuration, a hyper-parameter or `side`; null where they can't be. */
export function trialConditionKey(key: string): string | null {
  if (Object.hasOwn(TRIAL_CONDITIONS, key)) return key;
  return AXIS_LIST.some((axis) => axis.key === key) ? null : parameterKey(key);
}

/** The condition for one trial alone: of a search with one study without that. */
export const trialCondition = (
  { studies }: Pick<SearchDto, 'studies'>,
  { study, trial }: Pick<TrialDto, 'study' | 'trial'>,
): string => `${studies.length > 1 ? `study = ${study + 1}, ` : ''}trial = ${trial}`;

/** The same conditions on trials that were tried to their end alone. */
export const ofWholeTrials = (conditions: string): string => `${conditions}, state = completed`;

/** Conditions as they are written, or in a sentence why they are none. */
export function readTrialConditions(text: string): {
  readonly conditions: readonly Condition[];
  readonly problem: string | undefined;
} {
  const read = conditionsField(TRIAL_CONDITIONS).safeParse(text);
  return read.success
    ? { conditions: read.data, problem: undefined }
    : { conditions: [], problem: read.error.issues[0]!.message };
}

/** Those of a study's trials of which all conditions hold. */
export function matchingTrials(
  study: StudyDto,
  trials: readonly TrialDto[],
  conditions: readonly Condition[],
): readonly TrialDto[] {
  if (conditions.length === 0) return trials;
  return trials.filter((trial) => {
    const { trial: number, state, side, value, auc, seconds } = trial;
    const figures = { study: study.study + 1, trial: number, state, side, value, auc, seconds };
    const known: Readonly<Record<string, AxisValue | null>> = {
      ...keyed(trialValues(study, trial)),
      ...figures,
    };
    return conditions.every((condition) => holds(condition, known[condition.key] ?? null));
  });
}

/** By what conditions call them: hyper-parameters as `param.NAME`. */
function keyed(values: Readonly<Record<string, AxisValue>>): Record<string, AxisValue> {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const key = trialConditionKey(name);
    return key === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries(known);
}

/** A condition's key as a reader knows it: `param.long.alpha` is the penalty of LONG. */
export function conditionName(key: string): string {
  if (!key.startsWith(PARAMETER_PREFIX)) return AXIS_LIST.find((axis) => axis.key === key)?.title ?? key;
  const name = key.slice(PARAMETER_PREFIX.length);
  const [, side, own] = /^(long|short)\.(.+)$/.exec(name) ?? [];
  return parameterTitle(side === undefined || own === undefined ? name : `${side.toUpperCase()} ${own}`);
}
