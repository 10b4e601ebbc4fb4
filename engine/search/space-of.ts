import type { Hyperparameters } from '../contract/configuration.ts';
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

/**
 * What a search varies of a model type: its default space with what the search says of it. Hyper-parameters that are `fixed` are not
 * searched by default.
 * Problems name their place in the search.
 */
export function spaceOf(
  type: string,
  fixed: readonly string[],
  written: SearchSpec['space'] = {},
): { readonly space: SearchSpace; readonly problems: readonly Problem[] } {
  const changes = Object.fromEntries(
    Object.entries(written[type] ?? {}).map(([name, parameter]) => [name, parameterOf(parameter)]),
  );
  const base = defaultSpace(type).filter(({ name }) => !fixed.includes(name));
  const { space, problems } = mergedSpace(base, changes);
  const place = (name: string) => `space.${type}.${name}`;
  const found = problems.map(({ name, message }) => ({ path: place(name), message }));
  if (found.length > 0) return { space, problems: found };
  return {
    space,
    problems: space.flatMap(({ name, domain }) =>
      refusals(type, name, domain).map((message) => ({ path: place(name), message })),
    ),
  };
}

function parameterOf(written: WrittenParameter | null): Omit<Parameter, 'name'> | null {
  if (written === null) return null;
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
export function startingPoint(type: string, given: Hyperparameters, space: SearchSpace): Parameters {
  const defaults = parseHyperparameters(modelType(type), given) as Record<string, Choice>;
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
