import { AXES } from '../contract/axes.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { Problem } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { plainWords } from '../contract/problems.ts';
import {
  type Objective,
  type SearchSpec,
  STRUCTURE,
  STRUCTURE_LISTS,
  type Structural,
  type WrittenParameter,
} from '../contract/search.ts';
import { DEFAULT_EXITS, readTarget, targetText } from '../contract/target-names.ts';
import type { Sampler } from './sampler.ts';
import type { Choice, Domain, Parameter, Parameters, SearchSpace } from './space.ts';

const isStructural = (name: string): boolean =>
  Object.hasOwn(STRUCTURE_LISTS, name) || (STRUCTURE as readonly string[]).includes(name);

/** Why an objective over folds can't judge what has other values of it. */
const REASONS: Readonly<Record<Structural, string>> = {
  target: 'it changes the labels',
  take_profit: 'it changes the labels',
  stop_loss: 'it changes the labels',
  horizon: 'it changes the labels',
  days_history: 'it changes the folds',
  encoder: 'trials in folds share one feature matrix',
};

type WrittenSpace = NonNullable<SearchSpec['space']>[string];

/** What a search says of a model type's hyper-parameters alone. */
export function withoutStructure(written: WrittenSpace = {}): WrittenSpace {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !isStructural(name)));
}

/** What is searched of a configuration beside its hyper-parameters. Problems name their place in the search. */
export function structureOf(
  type: string,
  written: WrittenSpace = {},
  {
    objective,
    parameterOf,
  }: {
    readonly objective: Objective;
    readonly parameterOf: (written: WrittenParameter) => Omit<Parameter, 'name'>;
  },
): { readonly space: SearchSpace; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const found = new Map<Structural, Parameter>();
  for (const [key, value] of Object.entries(written)) {
    if (!isStructural(key) || value === null) continue;
    const name = STRUCTURE_LISTS[key] ?? (key as Structural);
    const path = `space.${type}.${key}`;
    const parameter = { name, ...parameterOf(value) };
    const message = found.has(name)
      ? `${name} is there twice`
      : objective === 'sharpe'
        ? valueProblem(name, parameter.domain)
        : `${name} can't be searched by ${objective}: ${REASONS[name]}, so ${objective} of different trials does not compare. Use objective sharpe`;
    if (message !== undefined) problems.push({ path, message });
    found.set(name, parameter);
  }
  const space = STRUCTURE.flatMap((name) => found.get(name) ?? []);
  return { space: withTargetsOfMultiples(space), problems };
}

/** Multiples exist where a searched target has exits, unless the search says otherwise. */
function withTargetsOfMultiples(space: SearchSpace): SearchSpace {
  const target = space.find(({ name }) => name === 'target')?.domain;
  if (target?.type !== 'categorical') return space;
  const values = target.choices.filter((choice) => readTarget(String(choice))?.exits != null);
  const isConditional = ({ name, when }: Parameter) =>
    (name === 'take_profit' || name === 'stop_loss') && when === undefined;
  return space.map((parameter) =>
    isConditional(parameter) ? { ...parameter, when: { name: 'target', values } } : parameter,
  );
}

const SCHEMAS = {
  horizon: AXES.horizon.grid.value,
  days_history: AXES.daysHistory.grid.value,
  encoder: AXES.encoder.grid.value,
  target: AXES.target.grid.value,
} as const;

/** What is wrong with the ends of a range, or with a choice; undefined where nothing is. */
function valueProblem(name: Structural, domain: Domain): string | undefined {
  const isNamed = name === 'encoder' || name === 'target';
  if (isNamed && domain.type !== 'categorical') return `expected a list of ${name}s, found a range`;
  const isWhole = name === 'horizon' || name === 'days_history';
  if (isWhole && domain.type === 'float') return 'expected a range of whole numbers (type: int)';
  const values = domain.type === 'categorical' ? domain.choices : [domain.low, domain.high];
  for (const value of values) {
    if (name === 'take_profit' || name === 'stop_loss') {
      const exits = typeof value === 'number' && readTarget(`barrier ${value}:${value}`);
      if (!exits) return `expected multiples of ATR from 0.05 to 50, found ${JSON.stringify(value)}`;
      continue;
    }
    const result = SCHEMAS[name].safeParse(value, { error: plainWords });
    if (!result.success) return result.error.issues[0]!.message;
  }
  return undefined;
}

/**
 * What is wrong with a structure beside the rest of a search: an axis that it varies has one value in the grid, where trials start; and
 * multiples belong to targets whose trades have them.
 */
export function structureProblems(type: string, space: SearchSpace, grid: GridSpec): Problem[] {
  const lists = {
    target: grid.targets,
    horizon: grid.horizons,
    days_history: grid.days_history,
    encoder: grid.encoders,
  };
  return space.flatMap(({ name }): Problem[] => {
    const path = `space.${type}.${name}`;
    if (name === 'take_profit' || name === 'stop_loss') {
      const searched = space.find((one) => one.name === 'target')?.domain;
      const choices: readonly Choice[] = searched?.type === 'categorical' ? searched.choices : grid.targets;
      const none = choices.every((target) => readTarget(String(target))?.exits == null);
      const message = `models of ${choices.join(', ')} have no take-profit and no stop: it takes the target barrier or outcome`;
      return none ? [{ path, message }] : [];
    }
    const listed: readonly Choice[] = lists[name as keyof typeof lists];
    if (new Set(listed).size <= 1) return [];
    const message = `${name} is searched, so that its list in the search has one entry, where trials start; found ${listed.join(', ')}`;
    return [{ path, message }];
  });
}

/** The grid of what a structure reaches to: the ends of its ranges, and each choice, with the hyper-parameters of the model type. */
export function reachOf(type: string, space: SearchSpace, grid: GridSpec): GridSpec {
  const values = (name: Structural) => {
    const domain = space.find((parameter) => parameter.name === name)?.domain;
    if (domain === undefined) return undefined;
    return domain.type === 'categorical' ? [...domain.choices] : [domain.low, domain.high];
  };
  const targets = (values('target') ?? grid.targets).flatMap((text) => {
    const { name, exits } = readTarget(String(text))!;
    if (exits === null) return [targetText({ name, exits })];
    const profits = (values('take_profit') as number[] | undefined) ?? [exits.takeProfit];
    const stops = (values('stop_loss') as number[] | undefined) ?? [exits.stopLoss];
    return profits.flatMap((takeProfit) =>
      stops.map((stopLoss) => targetText({ name, exits: { takeProfit, stopLoss } })),
    );
  });
  return {
    ...grid,
    model_types: [type],
    hyperparameters: undefined,
    targets,
    horizons: (values('horizon') as number[] | undefined) ?? grid.horizons,
    days_history: (values('days_history') as number[] | undefined) ?? grid.days_history,
    encoders: (values('encoder') as GridSpec['encoders'] | undefined) ?? grid.encoders,
  };
}

/** What a configuration has of a structure, as its domains write it. */
export function structureValues(
  { target, horizon, daysHistory, encoder }: Configuration,
  space: SearchSpace,
): Record<string, Choice> {
  const { name, exits } = readTarget(target)!;
  const domain = space.find((parameter) => parameter.name === 'target')?.domain;
  const choices = domain?.type === 'categorical' ? domain.choices.map(String) : [];
  const { takeProfit, stopLoss } = exits ?? DEFAULT_EXITS;
  return {
    target:
      choices.find((choice) => targetText(readTarget(choice)!) === target) ??
      choices.find((choice) => readTarget(choice)!.name === name) ??
      target,
    take_profit: takeProfit,
    stop_loss: stopLoss,
    horizon,
    days_history: daysHistory,
    encoder,
  };
}

/** A configuration with what a trial says of its structure, and the hyper-parameters among a trial's values. */
export function structured(
  configuration: Configuration,
  parameters: Parameters,
): { readonly configuration: Configuration; readonly hyperparameters: Parameters } {
  const {
    target = configuration.target,
    take_profit: takeProfit,
    stop_loss: stopLoss,
    horizon = configuration.horizon,
    days_history: daysHistory = configuration.daysHistory,
    encoder = configuration.encoder,
    ...hyperparameters
  } = parameters;
  const { name, exits } = readTarget(String(target))!;
  const own = exits && {
    takeProfit: (takeProfit as number | undefined) ?? exits.takeProfit,
    stopLoss: (stopLoss as number | undefined) ?? exits.stopLoss,
  };
  return {
    configuration: {
      ...configuration,
      target: targetText({ name, exits: own }),
      horizon: horizon as number,
      daysHistory: daysHistory as number,
      encoder: encoder as Configuration['encoder'],
    },
    hyperparameters,
  };
}

/** A thousandth of an ATR is far below what a bar tells. */
const MULTIPLE_GRAIN = 1000;

/** Draws multiples of ATR that people can read. */
export function readableMultiples(sampler: Sampler, space: SearchSpace): Sampler {
  const multiples = space.filter(({ name }) => name === 'take_profit' || name === 'stop_loss');
  if (multiples.length === 0) return sampler;
  return (of, trials, prng) => {
    const drawn: Record<string, Choice> = { ...sampler(of, trials, prng) };
    for (const { name, domain } of multiples) {
      const value = drawn[name];
      if (typeof value !== 'number' || domain.type === 'categorical') continue;
      const rounded = Math.round(value * MULTIPLE_GRAIN) / MULTIPLE_GRAIN;
      drawn[name] = Math.min(domain.high, Math.max(domain.low, rounded));
    }
    return drawn;
  };
}
