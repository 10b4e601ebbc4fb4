import canonicalize from 'canonicalize';
import type { Hyperparameters, HyperparameterValue } from '../contract/configuration.ts';
import { EngineError, type Problem } from '../contract/errors.ts';
import { type GridSpec, gridError } from '../contract/grid.ts';
import { didYouMean } from '../contract/nearest.ts';
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
      for (const raw of combinations(spec.hyperparameters?.[name] ?? {})) {
        collect(problems, `hyperparameters.${name}`, () => {
          const hyperparameters = parseHyperparameters(type, raw) as Hyperparameters;
          variants.set(canonicalize([name, hyperparameters])!, { modelType: name, hyperparameters });
        });
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
  if (problems.length > 0) throw gridError(dedupe(problems));
  return [...variants.values()];
}

/** Models with their hyper-parameters that a grid may name, repetitions included: they are all made before one is trained. */
const MOST_VARIANTS = 10_000;

/** Looked through for the one that was meant. */
const MOST_NAMES = 50;

function refuseTooMany({ model_types, hyperparameters = {} }: GridSpec): void {
  const problems = [...new Set(model_types)].flatMap((name): Problem[] => {
    const axes = Object.hasOwn(hyperparameters, name) ? Object.values(hyperparameters[name] ?? {}) : [];
    const count = axes.reduce<number>((product, v) => product * (Array.isArray(v) ? v.length : 1), 1);
    if (count <= MOST_VARIANTS) return [];
    const message = `its lists give ${countText(count)} combinations; at most ${countText(MOST_VARIANTS)} can be made`;
    return [{ path: `hyperparameters.${name}`, message }];
  });
  if (problems.length > 0) throw gridError(problems);
}

/** `12,000`, and `1.2e+30` where nobody reads digits. */
export function countText(count: number): string {
  return count < 1e15 ? count.toLocaleString('en-US') : count.toPrecision(2);
}

function* combinations(
  axes: Readonly<Record<string, HyperparameterValue | HyperparameterValue[]>>,
): Generator<Record<string, HyperparameterValue>> {
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
