import canonicalize from 'canonicalize';
import { grouped } from '../contract/counted.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { type GridSpec, gridError } from '../contract/grid.ts';
import {
  areAxesOfSides,
  type ConfiguredHyperparameters,
  type HyperparameterAxes,
  type Hyperparameters,
  type HyperparameterValue,
  joinedSides,
} from '../contract/hyperparameters.ts';
import { isAgent } from '../contract/model-type-names.ts';
import { didYouMean } from '../contract/nearest.ts';
import { hasTwoModels } from '../contract/target-names.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import type { ModelVariant } from './grid.ts';

/**
 * Every model type of the grid with every combination of its hyper-parameter axes, defaults filled in, without
 * repetitions, in the order of the grid file.
 */
export function expandHyperparameters(spec: GridSpec): ModelVariant[] {
  refuseTooMany(spec);
  const problems: Problem[] = [];
  const variants = new Map<string, ModelVariant>();
  const names = new Set<string>();
  for (const [i, name] of spec.model_types.entries()) {
    if (names.has(name)) continue;
    names.add(name);
    collect(problems, `model_types[${i}]`, () => {
      const type = modelType(name);
      const add = (hyperparameters: ConfiguredHyperparameters) =>
        variants.set(canonicalize([name, hyperparameters])!, { modelType: name, hyperparameters });
      const parsed = (axes: HyperparameterAxes, path: string) =>
        [...combinations(axes)].flatMap((raw) => {
          const made: Hyperparameters[] = [];
          collect(problems, path, () => made.push(parseHyperparameters(type, raw) as Hyperparameters));
          return made;
        });
      const path = `hyperparameters.${name}`;
      const given = spec.hyperparameters?.[name] ?? {};
      if (!areAxesOfSides(given)) {
        for (const each of parsed(given, path)) add(each);
        return;
      }
      const longs = parsed(given.long, `${path}.long`);
      for (const short of parsed(given.short, `${path}.short`)) {
        for (const long of longs) add(joinedSides({ long, short }));
      }
    });
  }
  for (const name of Object.keys(spec.hyperparameters ?? {})) {
    if (!names.has(name)) {
      problems.push({
        path: `hyperparameters.${name}`,
        message: `"${name}" is not among this grid's model_types.${didYouMean(name, [...names].slice(0, MOST_NAMES))}`,
      });
    }
  }
  problems.push(...oneModelProblems(spec), ...agentProblems(spec));
  if (problems.length > 0) throw gridError(dedupe(problems));
  return [...variants.values()];
}

/** Whose targets have no LONG and SHORT model can't have hyper-parameters of either. */
function oneModelProblems({ targets, hyperparameters = {} }: GridSpec): Problem[] {
  // A grid that was stored before there were targets does not list them.
  const one = ((targets as readonly string[] | undefined) ?? ['return']).find(
    (target) => !hasTwoModels(target),
  );
  if (one === undefined) return [];
  const message = `long and short are the two models of barrier and outcome; ${one}, which this grid has among its targets, has one model: give it the hyper-parameters without long and short, or make it a grid of its own`;
  return Object.entries(hyperparameters).flatMap(([name, given]) =>
    areAxesOfSides(given) ? [{ path: `hyperparameters.${name}`, message }] : [],
  );
}

/** An agent learns from what positions come to: there is one thing that it can learn. */
function agentProblems({ targets, model_types }: GridSpec): Problem[] {
  const other = ((targets as readonly string[] | undefined) ?? ['return']).find(
    (target) => target !== 'return',
  );
  const agent = model_types.findIndex(isAgent);
  if (other === undefined || agent < 0) return [];
  const message = `${model_types[agent]} learns from what positions come to, with target return alone; this grid has ${other} among its targets: leave out one of the two, or make it a grid of its own`;
  return [{ path: `model_types[${agent}]`, message }];
}

/** Models with their hyper-parameters that a grid may name, repetitions included: they are all made before one is trained. */
const MOST_VARIANTS = 10_000;

/** Looked through for the one that was meant. */
const MOST_NAMES = 50;

function refuseTooMany({ model_types, hyperparameters = {} }: GridSpec): void {
  const problems = [...new Set(model_types)].flatMap((name): Problem[] => {
    const given = Object.hasOwn(hyperparameters, name) ? (hyperparameters[name] ?? {}) : {};
    const models = areAxesOfSides(given) ? [given.long, given.short] : [given];
    const axes = models.flatMap((model) => Object.values(model));
    const count = axes.reduce<number>((product, v) => product * (Array.isArray(v) ? v.length : 1), 1);
    if (count <= MOST_VARIANTS) return [];
    const message = `its lists give ${countText(count)} combinations; at most ${countText(MOST_VARIANTS)} can be made`;
    return [{ path: `hyperparameters.${name}`, message }];
  });
  if (problems.length > 0) throw gridError(problems);
}

/** `12,000`, and `1.2e+30` where nobody reads digits. */
export function countText(count: number): string {
  return count < 1e15 ? grouped(count) : count.toPrecision(2);
}

function* combinations(axes: HyperparameterAxes): Generator<Record<string, HyperparameterValue>> {
  const entries = Object.entries(axes).map(([key, v]) => [key, Array.isArray(v) ? v : [v]] as const);
  const size = entries.reduce((product, [, values]) => product * values.length, 1);
  for (let i = 0; i < size; i++) {
    let rest = i;
    const combination: Record<string, HyperparameterValue> = {};
    for (const [key, values] of entries) {
      combination[key] = values[rest % values.length]!;
      rest = Math.floor(rest / values.length);
    }
    yield combination;
  }
}

/** Runs `work`; an EngineError becomes a problem at `path` (below it, where the error names its own paths). */
function collect(problems: Problem[], path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const inner = error.details.problems;
    if (inner === undefined) problems.push({ path, message: error.message });
    else for (const p of inner) problems.push({ path: `${path}.${p.path}`, message: p.message });
  }
}

function dedupe(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((p) => [`${p.path}\n${p.message}`, p])).values()];
}
