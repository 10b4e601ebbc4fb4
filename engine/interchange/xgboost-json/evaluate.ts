import { EngineError } from '../../contract/errors.ts';
import { nearestName } from '../../contract/nearest.ts';
import { formatPath, MOST_PROBLEMS, problemDetails, problemLines } from '../../contract/problems.ts';
import type { Member } from '../../models/model.ts';
import { type BatchContext, createContext } from '../../pipeline/context.ts';
import type { EvaluationTable } from '../../pipeline/evaluation-table.ts';
import type { LoadedContext } from '../../pipeline/job.ts';
import { importXgboostJson } from './read.ts';

export interface EvaluationJob {
  /** What the model is backtested on and under; it counts as one member, whatever the settings say. */
  readonly context: LoadedContext;
  /** Bars that its predictions reach over. */
  readonly horizon: number;
  /** The model as XGBoost saved it. */
  readonly json: string;
}

export interface EvaluatedImport {
  /** That predict; in the file there are more where training stopped early. */
  readonly trees: number;
  readonly treesInFile: number;
  /** Features the model knows, and features there are. */
  readonly features: { readonly used: number; readonly known: number };
  readonly table: EvaluationTable;
}

/** A model that was trained elsewhere, on the features of a context. */
export interface ImportedModel {
  /** As it was loaded, but for the number of members: the model is one. */
  readonly context: BatchContext;
  /** Expects the columns of the context's features. */
  readonly member: Member;
  /** That predict; in the file there are more where training stopped early. */
  readonly trees: number;
  readonly treesInFile: number;
  readonly features: EvaluatedImport['features'];
}

/** @throws EngineError `data-invalid` for a file that holds no such model, or one with features that are not there */
export function importedModel(loaded: LoadedContext, json: string): ImportedModel {
  const { member, featureNames, trees: treesInFile } = importXgboostJson(json);
  const { spec } = loaded;
  const context = createContext({ ...loaded, spec: { ...spec, settings: { ...spec.settings, members: 1 } } });
  const { names } = context.features.matrix;
  return {
    context,
    member: pickingColumns(member, columnsOf(featureNames, names)),
    trees: member.parts.nodes.roots.length,
    treesInFile,
    features: { used: member.parts.cuts.length, known: names.length },
  };
}

/**
 * Backtests a model that was trained elsewhere, on these features, with every strategy of the context.
 * @throws EngineError `data-invalid` for a file that holds no such model, or one with features that are not there
 */
export function evaluateImport({ context: loaded, horizon, json }: EvaluationJob): EvaluatedImport {
  const { context, member, trees, treesInFile, features } = importedModel(loaded, json);
  const model = {
    members: [member],
    horizon,
    columns: context.features.matrix.columns,
    labels: context.labels(horizon),
    rollout: context.rollout,
  };
  return {
    trees,
    treesInFile,
    features,
    table: context.evaluator.evaluateStrategies(model, context.strategies),
  };
}

/** A member that finds its columns, in its own order, among others. */
function pickingColumns(member: Member, places: readonly number[]): Member {
  return {
    predict(columns, from, count, out) {
      member.predict(
        places.map((j) => columns[j]!),
        from,
        count,
        out,
      );
    },
  };
}

/** Where each of the model's features stands among the known ones. */
function columnsOf(features: readonly string[] | undefined, known: readonly string[]): number[] {
  if (features === undefined) {
    throw new EngineError(
      'data-invalid',
      'The model does not name its features, so there is no telling which is which. Train it in XGBoost with ' +
        'DMatrix(..., feature_names=[...]), or from a data frame whose columns have the names.',
    );
  }
  const placeOf = new Map(known.map((name, place) => [name, place]));
  const places = features.flatMap((name) => placeOf.get(name) ?? []);
  if (places.length === features.length) return places;

  const unknown = features.filter((name) => !placeOf.has(name));
  const used = new Set(features);
  const unused = known.filter((name) => !used.has(name));
  const problems = unknown.map((name, i) => {
    // Only the first are listed.
    const nearest = i < MOST_PROBLEMS ? nearestName(name, unused) : undefined;
    return {
      path: formatPath([name]),
      message: nearest === undefined ? 'is not there' : `perhaps "${nearest}"`,
    };
  });
  const lines = problemLines(problems, ({ path, message }) => `"${path}": ${message}`);
  throw new EngineError(
    'data-invalid',
    `${unknown.length} of the model's ${features.length} features are not among the run's ${known.length}:\n` +
      `${lines}\nThe run's features that the model lacks: ${unused.join(', ') || 'none'}.`,
    problemDetails(problems),
  );
}
