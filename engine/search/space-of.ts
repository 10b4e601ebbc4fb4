import type { Configuration, Hyperparameters } from '../contract/configuration.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import type { SearchSpec, WrittenParameter } from '../contract/search.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { defaultSpace, mergedSpace } from './default-space.ts';
import {
  type Choice,
  type Domain,
  isActive,
  type Parameter,
  type Parameters,
  type SearchSpace,
} from './space.ts';
import { structureOf, structureValues, withoutStructure } from './structure.ts';

/**
 * What a search varies of a model type: its default space with what the search says of it, after what it varies of the rest of a
 * configuration. Hyper-parameters that are `fixed` are not searched by default.
 * Problems name their place in the search.
 */
export function spaceOf(
  type: string,
  fixed: readonly string[],
  { space: spaces = {}, objective }: Pick<SearchSpec, 'space' | 'objective'>,
): { readonly space: SearchSpace; readonly problems: readonly Problem[] } {
  const written = spaces[type];
  const structure = structureOf(type, written, { objective, parameterOf });
  if (structure.problems.length > 0) return structure;
  const changes = Object.fromEntries(
    Object.entries(withoutStructure(written)).map(([name, parameter]) => [
      name,
      parameter === null ? null : parameterOf(parameter),
    ]),
  );
  const own = defaultSpace(type).filter(({ name }) => !fixed.includes(name));
  const { space, problems } = mergedSpace([...structure.space, ...own], changes);
  const place = (name: string) => `space.${type}.${name}`;
  const found = problems.map(({ name, message }) => ({ path: place(name), message }));
  if (found.length > 0) return { space, problems: found };
  return {
    space,
    problems: space
      .slice(structure.space.length)
      .flatMap(({ name, domain }) =>
        refusals(type, name, domain).map((message) => ({ path: place(name), message })),
      ),
  };
}

function parameterOf(written: WrittenParameter): Omit<Parameter, 'name'> {
  const { when, ...domain } = written;
  const [condition] = Object.entries(when ?? {});
  if (condition === undefined) return { domain };
  const [name, values] = condition;
  return { domain, when: { name, values: Array.isArray(values) ? values : [values] } };
}

/** What the model type says against values of a hyper-parameter: its ends, or each of its choices. */
function refusals(type: string, name: string, domain: Domain): string[] {
  const values = domain.type === 'categorical' ? domain.choices : [domain.low, domain.high];
  const messages = values.flatMap((value) => {
    try {
      parseHyperparameters(modelType(type), { [name]: value });
      return [];
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return (error.details.problems ?? []).map(({ message }) => message);
    }
  });
  return [...new Set(messages)].slice(0, 1);
}

/** What a configuration has, its defaults most of all, moved into the space. */
export function startingPoint(
  configuration: Configuration,
  given: Hyperparameters,
  space: SearchSpace,
): Parameters {
  const defaults = {
    ...structureValues(configuration, space),
    ...(parseHyperparameters(modelType(configuration.modelType), given) as Record<string, Choice>),
  };
  const values: Record<string, Choice> = {};
  for (const parameter of space) {
    if (isActive(parameter, values))
      values[parameter.name] = nearest(parameter.domain, defaults[parameter.name]);
  }
  return values;
}

function nearest(domain: Domain, value: Choice | undefined): Choice {
  if (domain.type === 'categorical') {
    return value !== undefined && domain.choices.includes(value) ? value : domain.choices[0]!;
  }
  const within = Math.min(domain.high, Math.max(domain.low, typeof value === 'number' ? value : domain.low));
  return domain.type === 'int' ? Math.round(within) : within;
}
