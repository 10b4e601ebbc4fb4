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
  const problems: Problem[] = [];
  const variants = new Map<string, ModelVariant>();
  for (const [i, name] of spec.model_types.entries()) {
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
    if (!spec.model_types.includes(name)) {
      problems.push({
        path: `hyperparameters.${name}`,
        message: `"${name}" is not among this grid's model_types.${didYouMean(name, spec.model_types)}`,
      });
    }
  }
  if (problems.length > 0) throw gridError(dedupe(problems));
  return [...variants.values()];
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
