import type { BoundCells, FoldBinder } from '../binding/folds.ts';
import { configHash } from '../cells/config-hash.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import { isAgent } from '../contract/model-type-names.ts';
import { createGrid } from '../grid/grid.ts';
import { digestOf } from '../identity/digest.ts';
import type { Candles } from '../market/candles.ts';
import type { ContextSpec, FoldSurvival, ProcedureGroup, ProcedureJob } from '../pipeline/job.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import { leastScore } from '../selection/candidates.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { AS_OF_FIT } from '../survival/as-of.ts';
import { foldCells } from './fold-windows.ts';
import { distinct, trainingOf } from './plan-procedure.ts';
import type { ProcedureSpec } from './spec.ts';
import { type ClosedFold, rowsKey } from './survival-rows.ts';

/** What the test window of a procedure's fold is called in its job: its place among other folds makes its figures no others. */
const TEST = 'test';

/** What a model learns with that a fold chooses by. */
const SURVIVAL_AS_OF = digestOf(AS_OF_FIT);

/** One fold of a procedure, bound to what the workspace has now. */
export interface BoundProcedure {
  readonly bound: {
    readonly asOf: number;
    readonly keys: ReadonlyMap<string, string>;
    readonly contextKey: string;
  };
  readonly folds: readonly { readonly index: number; readonly key: string; readonly window: string }[];
  /** What a worker needs for it: candles as far as any of its groups sees them. */
  context(): ContextSpec;
  /** Where champions are chosen by what survives: what there was to learn from when its test window began. */
  readonly learnedFrom?: { readonly key: string; readonly folds: readonly ClosedFold[] };
  /** `survival`: what was learned, where there is something to learn from. */
  job(index: number, survival?: FoldSurvival): ProcedureJob;
}

/** The rules by which a fold's champions are chosen: those of today, in the one market that the procedure is of. */
export function procedureRules({ evaluation, model_management }: Config): SelectionRules {
  const { score, min_score, min_trades_per_regime, min_improvement_threshold } = evaluation;
  const { keep_top_n_per_regime, delete_non_best_models } = model_management;
  return {
    scope: 'symbol_timeframe_regime',
    score,
    min_score,
    min_trades_per_regime,
    min_improvement_threshold,
    keep_top_n_per_regime,
    delete_non_best_models,
  };
}

/** The folds of a procedure in its order. Equal keys mean the same figures, bit for bit. */
export function boundProcedure(
  binder: FoldBinder,
  spec: ProcedureSpec,
  candles: Candles,
  {
    rules,
    learned,
  }: { readonly rules: SelectionRules; readonly learned?: readonly ClosedFold[] | undefined },
): BoundProcedure[] {
  const grid = createGrid(spec.procedure.grid);
  const cells = [...grid.cells()];
  const hashes = digestOf(cells.map(configHash));
  const kindOf = (of: Configuration) => `${of.encoder} ${of.daysHistory} ${binder.kindOf(of)}`;
  const kinds = distinct(cells, kindOf);
  const { score, min_trades_per_regime, min_improvement_threshold, keep_top_n_per_regime } = rules;
  const chosenBy = [
    score,
    learned === undefined ? leastScore(rules) : rules.min_score,
    min_trades_per_regime,
    min_improvement_threshold,
    keep_top_n_per_regime,
  ];
  return foldCells(spec.folds, spec.rules, candles, spec.leadInBars).map(
    ({ fold, asOf, windows }): BoundProcedure => {
      const { start, windows: evaluated } = windows.evaluation;
      const evaluation = {
        start,
        windows: evaluated.map((window, i) =>
          i === evaluated.length - 1 ? { ...window, name: TEST } : window,
        ),
      };
      const groups = kinds.map((configuration) => {
        const training = trainingOf(windows, binder.trainingDays(configuration.daysHistory));
        const bound = binder.bindCells(configuration, { asOf, windows: { training, evaluation } });
        return { configuration, training, bound };
      });
      const known = learned?.filter(({ to }) => to <= asOf);
      const learnedFrom = known && { key: rowsKey(known), folds: known };
      const key = digestOf([
        hashes,
        groups.map(({ bound }) => digestsOf(bound)),
        chosenBy,
        ...(learnedFrom === undefined ? [] : [SURVIVAL_AS_OF, learnedFrom.key]),
      ]);
      const specOf = ({ configuration, bound }: (typeof groups)[number]) =>
        binder.contextSpec({ configuration }, [bound]);
      return {
        bound: { asOf, keys: new Map([[TEST, key]]), contextKey: key },
        folds: [{ index: fold, key, window: TEST }],
        context: () => widest(groups.map(specOf)),
        ...(learnedFrom && { learnedFrom }),
        job: (index, survival) => ({
          index,
          ...(survival && { survival }),
          configuration: spec.configuration,
          grid: spec.procedure.grid,
          groups: groups.map((group): ProcedureGroup => {
            const { encoder, daysHistory, modelType } = group.configuration;
            const kind = kindOf(group.configuration);
            const { training, bound } = group;
            const { trainingDigest } = bound;
            return {
              encoder,
              daysHistory,
              ...(isAgent(modelType) && { agents: true }),
              targets: grid.axes.target.filter(
                (target) => kindOf({ ...group.configuration, target }) === kind,
              ),
              context: specOf(group),
              training,
              trainingDigest,
            };
          }),
          rules,
          test: TEST,
        }),
      };
    },
  );
}

function digestsOf({ trainingDigest, evaluationDigest }: BoundCells): string[] {
  return [trainingDigest, evaluationDigest];
}

/** One whose series are seen as far back as any of the others sees them; all end where the fold does. */
function widest(specs: readonly ContextSpec[]): ContextSpec {
  const [first] = specs as [ContextSpec, ...ContextSpec[]];
  const from = Math.min(...specs.map(({ series }) => series.view?.from ?? Number.NEGATIVE_INFINITY));
  const seen = <Ref extends { readonly view?: Partial<TimeRange> }>(ref: Ref): Ref => ({
    ...ref,
    view: { ...ref.view, from },
  });
  return { ...first, series: seen(first.series), higher: first.higher.map(seen) };
}
