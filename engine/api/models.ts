import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { MetricName } from '../backtest/metrics.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { ModelRunDto, RankedStrategyDto, ScoreDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import { ALL_BARS, metricOf } from '../pipeline/evaluation-table.ts';
import type { Store } from '../store/database.ts';
import { decodeResults } from '../store/results-blob.ts';
import { type RunRow, requireRun } from '../store/runs.ts';
import { basisOf, strategiesOf } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';

type ModelMethod = Extract<keyof Handlers, `model.${string}`>;

export interface ModelDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
}

/** Strategies that a report on an imported model shows. */
const RANKED = 5;

export function modelHandlers(deps: ModelDeps): Pick<Handlers, ModelMethod> {
  const { store, artifacts, analysis, config } = deps;
  return {
    async 'model.export'({ run, out, member, overwrite }) {
      const row = requireRun(store, run);
      const { file, bytes } = storedModel(artifacts, row, 'exported');
      if (!overwrite) assertNew(out);
      const exported = await analysis.exportModel({ model: bytes, file, member });
      assertOwnModel(row, exported.runKey);
      writeFileAtomic(out, exported.json);
      const { trees, members, features, link, withStatistics } = exported;
      return {
        ...modelRun(row),
        file: out,
        member: member ?? null,
        members,
        trees,
        features,
        predicts: link.kind === 'logistic' ? 'probability' : 'return',
        meanAbsoluteReturn: link.kind === 'logistic' ? link.scale : null,
        withStatistics,
      };
    },

    async 'model.features'({ run, out, holdout, overwrite }) {
      const row = requireRun(store, run);
      if (!overwrite) assertNew(out);
      const { context, training } = await contextOf(deps, row, basisOf(row), 'the source of a feature file');
      const written = await analysis.writeFeatures({
        context,
        training,
        horizon: row.horizon,
        holdout,
        file: out,
      });
      return { ...modelRun(row), file: out, ...written };
    },

    async 'model.import'({ file, run }) {
      const row = requireRun(store, run);
      const basis = basisOf(row);
      const json = await readText(file);
      const { context } = await contextOf(deps, row, basis, 'the measure of another model');
      const { trees, features, table } = await analysis.evaluateImport({
        context,
        horizon: row.horizon,
        json,
      });
      const strategies = strategiesOf(basis);
      const minTrades = config().evaluation.min_trades_per_regime;
      const stored = row.results === null ? undefined : decodeResults(row.results);
      return {
        ...modelRun(row),
        file,
        trees,
        featuresUsed: features.used,
        features: features.known,
        strategies: strategies.length,
        minTrades,
        imported: best(strategies, minTrades, (strategy, window, metric) =>
          metricOf(table, strategy, window, ALL_BARS, metric),
        ),
        trained:
          stored === undefined
            ? []
            : best(strategies, minTrades, (strategy, window, metric) =>
                window === 'holdout'
                  ? stored.holdout(strategy, metric)
                  : stored.selection(strategy, ALL_BARS, metric),
              ),
      };
    },
  };
}

function modelRun(row: RunRow): ModelRunDto {
  const { modelType, symbol, timeframe, horizon, daysHistory } = configurationOf(row);
  return {
    run: row.id,
    modelType,
    symbol,
    timeframe,
    horizon,
    daysHistory,
  };
}

function assertNew(file: string): void {
  if (!existsSync(file)) return;
  const message = `${file} exists already. Choose another name, or have it overwritten.`;
  throw new EngineError('conflict', message, { file, remedy: 'overwrite' });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing
      ? `There is no file ${file}. Check the path.`
      : `${file} can't be read: ${(error as Error).message}.`;
    throw new EngineError('file-unreadable', message, { file }, error);
  }
}

type Figure = (strategy: number, window: EvaluationWindow, metric: MetricName) => number;

/** By Sharpe in the selection window, among strategies that trade there often enough. */
function best(strategies: readonly Strategy[], minTrades: number, figure: Figure): RankedStrategyDto[] {
  const score = (index: number, window: EvaluationWindow): ScoreDto => ({
    sharpe: figure(index, window, 'sharpe'),
    maxDrawdown: figure(index, window, 'maxDrawdown'),
    winRate: figure(index, window, 'winRate'),
    trades: figure(index, window, 'trades'),
  });
  return strategies
    .map((strategy, index) => ({
      ...strategy,
      index,
      selection: score(index, 'selection'),
      holdout: score(index, 'holdout'),
    }))
    .filter(({ selection }) => selection.trades >= minTrades)
    .sort((a, b) => b.selection.sharpe - a.selection.sharpe)
    .slice(0, RANKED);
}
