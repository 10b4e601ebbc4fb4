import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { type Basis, describeChange } from '../binding/basis.ts';
import { createResolver, type ResolvedCell, type Resolver } from '../binding/resolver.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Config } from '../config/schema.ts';
import { withSplit } from '../config/split.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { regimeKey } from '../contract/words.ts';
import { judgedBy } from '../selection/judged-by.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { type TrainedRun, trainedByConfiguration } from '../store/evaluated-runs.ts';
import { isKeyOf } from '../store/figure-keys.ts';
import { longestHistory } from '../store/longest-history.ts';
import { basisReader } from '../store/runs.ts';

export interface SurveyDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  /** Which model files are there. */
  readonly artifacts: Pick<ArtifactFolder, 'has'>;
  /** As `withJudge` has it. */
  readonly config: Config;
}

/** A configuration whose model today's training would give again, and whose figures are not those of today. */
export interface StaleModel {
  readonly cell: ResolvedCell;
  /** Runs that keep it, oldest first; none where its file is gone. */
  readonly runs: readonly TrainedRun[];
  /** What changed since, in words. */
  readonly reason: string;
}

export interface EvaluationSurvey {
  /** Kept, to be evaluated again: by the first of their runs. */
  readonly evaluable: readonly StaleModel[];
  /** Not there any more: they would have to be trained again. */
  readonly gone: readonly StaleModel[];
  /** Kept models that are not those of today: of another as-of date, other candles, another seed. */
  readonly others: number;
}

/** Which figures of a run are not those that its cell would have today. */
export interface Staleness {
  /** Whether any figure is another one; if none is, the rules of selection are. */
  readonly hasOtherFigures: boolean;
  /** Regimes that the run is to be judged in anew. */
  readonly regimes: ReadonlySet<string>;
}

/** What of a run, whose model is that of the cell, is not of today; undefined where all is. `rules`: see `judgedBy`. */
export function stalenessOf(
  run: Pick<TrainedRun, 'evaluation_keys' | 'selection'>,
  { evaluationKeys, basis }: Pick<ResolvedCell, 'evaluationKeys' | 'basis'>,
  rules: string,
): Staleness | undefined {
  const known = storedJson<Readonly<Record<string, string>>>(
    run.evaluation_keys ?? '{}',
    'the evaluation keys of a run',
  );
  const hasOtherRules = run.selection !== null && run.selection !== rules;
  const hasOtherFigures = Object.entries(evaluationKeys).some(([name, key]) => !isKeyOf(known[name], key));
  if (!hasOtherRules && !hasOtherFigures) return undefined;
  const regimes = (basis.regime_rules ?? []).flatMap(({ name }) =>
    !hasOtherRules && isKeyOf(known[regimeKey(name)], evaluationKeys[regimeKey(name)]) ? [] : [name],
  );
  return { hasOtherFigures, regimes: new Set(regimes) };
}

/** Whether a run, whose model is that of the cell, lacks figures of today, or the table of all its strategies. */
export function isOutOfDate(
  run: Pick<TrainedRun, 'evaluation_keys' | 'selection' | 'lacks_table'>,
  cell: Pick<ResolvedCell, 'evaluationKeys' | 'basis'>,
  rules: string,
): boolean {
  return run.lacks_table === 1 || stalenessOf(run, cell, rules) !== undefined;
}

/**
 * Holds every run that a model can be told of against what it would come to today. Configurations without candles are
 * left out: nothing can be said of them. Done in pieces with a pause after each: others have their turn meanwhile.
 */
export async function surveyEvaluations(deps: SurveyDeps): Promise<EvaluationSurvey> {
  const { store, library, artifacts } = deps;
  const config = withSplit(deps.config, () => longestHistory(store));
  const resolver = createResolver(library, config);
  const rules = judgedBy(config.evaluation);
  const basisOf = basisReader(store);
  const evaluable: StaleModel[] = [];
  const gone: StaleModel[] = [];
  let others = 0;
  const pause = pauses();
  for (const runs of (await trainedByConfiguration(store, pause)).values()) {
    await pause();
    const cell = resolved(resolver, configurationOf(runs[0]!));
    if (cell === undefined) continue;
    const same = runs.filter((run) => run.training_key === cell.trainingKey);
    others += runs.filter((run) => run.artifact_file !== null && !same.includes(run)).length;
    const stale = same.filter((run) => isOutOfDate(run, cell, rules));
    const [first] = stale;
    if (first === undefined) continue;
    const isThere = ({ artifact_file: file }: TrainedRun) => file !== null && artifacts.has(file);
    const kept = stale.filter(isThere);
    const shown = kept[0] ?? first;
    const staleness = stalenessOf(shown, cell, rules);
    const changed = staleness?.hasOtherFigures === true ? changeSince(basisOf(shown.id), cell.basis) : RULES;
    const reason = staleness === undefined ? NO_TABLE : changed;
    if (kept.length > 0) evaluable.push({ cell, runs: kept, reason });
    else if (stale.length === same.length || stale.some((run) => run.artifact_file !== null)) {
      gone.push({ cell, runs: [], reason });
    }
  }
  evaluable.sort((a, b) => a.runs[0]!.id - b.runs[0]!.id);
  return { evaluable, gone, others };
}

/** What is done in one go, ms: then others have their turn. */
const PIECE_MS = 10;

/** To be called in between: waits a turn of the event loop where a piece was long enough. */
function pauses(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < PIECE_MS) return;
    await nextTurn();
    began = performance.now();
  };
}

const RULES = 'the rules of selection changed since';
const NO_TABLE = 'its table of strategies is not in the checkpoint that it came back from';

/** What changed since a run; `before`: its basis as it is stored. @throws EngineError `artifact-damaged` */
export function changeSince(before: string, now: Basis): string {
  return describeChange(storedJson<Partial<Basis>>(before, 'what a run was trained on'), now);
}

/** Undefined where the configuration can't be bound: its candles are gone, or do not reach the as-of date. */
function resolved(resolver: Resolver, configuration: Configuration): ResolvedCell | undefined {
  try {
    return resolver.resolve(configuration);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
