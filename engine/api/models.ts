import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { MetricName } from '../backtest/metrics.ts';
import { type ContextDeps, contextOf } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { HoldoutLookDto, RankedStrategyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { FORMATS, formatRefusal, MODEL_FORMATS } from '../contract/model-formats.ts';
import { tableFormatOf } from '../contract/table-format.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { readModelText } from '../interchange/xgboost-json/model-text.ts';
import type { Experts } from '../live/experts.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import { ALL_BARS, metricOf } from '../pipeline/evaluation-table.ts';
import type { Store } from '../store/database.ts';
import { requireRun } from '../store/runs.ts';
import { scoreOf } from '../views/figures.ts';
import { whenOpen } from '../views/holdout.ts';
import { missingTable, wholeTable } from '../views/missing-table.ts';
import { basisOf, lookOfRun, strategiesOf } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportRunModel } from './model-export.ts';
import { modelRun } from './model-run.ts';

type ModelMethod = 'model.export' | 'model.formats' | 'model.features' | 'model.import';

export interface ModelDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly experts: Experts;
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Strategies that a report on an imported model shows. */
const RANKED = 5;

export function modelHandlers(deps: ModelDeps): Pick<Handlers, ModelMethod> {
  const { store, analysis, config, claimOutput } = deps;
  return {
    'model.export': (input) => exportRunModel(deps, input),

    async 'model.formats'({ run, member }) {
      const row = requireRun(store, run);
      const subject = { ...configurationOf(row), member };
      return {
        ...modelRun(row),
        member: member ?? null,
        formats: MODEL_FORMATS.map((format) => ({
          format,
          ...FORMATS[format],
          refusal: formatRefusal(format, subject),
        })),
      };
    },

    async 'model.features'({ run, out, format, holdout, overwrite }) {
      const row = requireRun(store, run);
      if (holdout) assertOpen(lookOfRun(store, row));
      const target = claimOutput(out, overwrite);
      const asked = tableFormatOf(format, out);
      const fileFormat = asked === 'json' ? 'csv' : asked;
      const { context, training } = await contextOf(deps, row, basisOf(row), 'the source of a feature file');
      const written = await analysis.writeFeatures({
        context,
        training,
        horizon: row.horizon,
        target: configurationOf(row).target,
        holdout,
        file: target,
        format: fileFormat,
      });
      return { ...modelRun(row), file: target, format: fileFormat, ...written };
    },

    async 'model.import'({ file, run }) {
      const row = requireRun(store, run);
      const basis = basisOf(row);
      const json = readModelText(file);
      const { context } = await contextOf(deps, row, basis, 'the measure of another model');
      const { trees, treesInFile, features, table } = await analysis.evaluateImport({
        context,
        horizon: row.horizon,
        json,
      });
      const strategies = strategiesOf(basis);
      const holdoutLook = lookOfRun(store, row);
      const rank = { strategies, minTrades: config().evaluation.min_trades_per_regime, look: holdoutLook };
      const stored = wholeTable(row);
      return {
        ...modelRun(row),
        file,
        trees,
        treesInFile,
        featuresUsed: features.used,
        features: features.known,
        strategies: strategies.length,
        minTrades: rank.minTrades,
        holdoutLook,
        imported: best(rank, (strategy, window, metric) =>
          metricOf(table, strategy, window, ALL_BARS, metric),
        ),
        missingTable: missingTable(row),
        trained:
          stored === undefined
            ? []
            : best(rank, (strategy, window, metric) => stored.read(strategy, window, ALL_BARS, metric)),
      };
    },
  };
}

type Figure = (strategy: number, window: EvaluationWindow, metric: MetricName) => number;

interface Ranking {
  readonly strategies: readonly Strategy[];
  readonly minTrades: number;
  readonly look: HoldoutLookDto;
}

/** @throws EngineError `conflict` while the look at the holdout is not spent */
function assertOpen({ hidden }: HoldoutLookDto): void {
  if (hidden !== null) throw new EngineError('conflict', hidden);
}

/** By Sharpe in the selection window, among strategies that trade there often enough. */
function best({ strategies, minTrades, look }: Ranking, figure: Figure): RankedStrategyDto[] {
  const score = (index: number, window: EvaluationWindow) =>
    scoreOf((metric) => figure(index, window, metric));
  return strategies
    .map((strategy, index) => ({
      ...strategy,
      index,
      selection: score(index, 'selection'),
      holdout: whenOpen(look, () => score(index, 'holdout')),
    }))
    .filter(({ selection }) => selection.trades >= minTrades)
    .sort((a, b) => orLowest(b.selection.sharpe) - orLowest(a.selection.sharpe))
    .slice(0, RANKED);
}

/** A strategy without a score comes last. */
function orLowest(score: number | null): number {
  return score ?? -Number.MAX_VALUE;
}
