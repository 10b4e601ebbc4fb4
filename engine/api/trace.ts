import type { ArtifactFolder } from '../artifacts/folder.ts';
import { METRICS } from '../backtest/metrics.ts';
import type { Basis } from '../binding/basis.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import type { LookaheadDto, StrategyDto, TraceDto, TradesDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { tableFormatOf } from '../contract/table-format.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { tradesFile } from '../interchange/trades.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { decodeResults, STORED_METRICS, type StoredResults } from '../pipeline/results-blob.ts';
import type { ModelTrace } from '../pipeline/trace.ts';
import { allChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { figureColumns } from '../store/figure-columns.ts';
import { bestStrategies, findStrategy, type RunRow, requireRun } from '../store/runs.ts';
import type { StrategiesTable } from '../store/schema.ts';
import { lookaheadDto } from '../views/lookahead.ts';
import { basisOf, lookOfRun, strategiesOf } from '../views/run-detail.ts';
import { statisticsDtos, traceDto, tradeDtos } from '../views/trace.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';

export interface TraceDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Completes "Run 12 can't be …". */
const PURPOSE = 'followed bar by bar';

export function traceHandlers(
  deps: TraceDeps,
): Pick<Handlers, 'run.lookahead' | 'run.trace' | 'run.trades' | 'trades.export'> {
  return {
    async 'run.lookahead'({ run, strategy: wanted, regime }): Promise<LookaheadDto> {
      const row = requireRun(deps.store, run);
      const basis = basisOf(row);
      const strategyIndex = wanted ?? usualStrategy(deps.store, row, regime);
      const strategy = strategyAt(row, basis, strategyIndex);
      const { file, bytes: model } = storedModel(deps.artifacts, row, PURPOSE);
      const { context, history } = await contextOf(deps, row, basis, PURPOSE);
      const alone = regime ?? null;
      const report = await deps.analysis.lookahead({ context, history, model, file, strategyIndex, alone });
      assertOwnModel(row, report.modelKey);
      return lookaheadDto(row, strategy, { strategyIndex, alone, report });
    },

    async 'run.trace'({ run, strategyIndex, regime }): Promise<TraceDto> {
      const row = requireRun(deps.store, run);
      const { trace, strategy } = await follow(deps, row, strategyIndex, regime ?? null);
      const look = lookOfRun(deps.store, row);
      return traceDto(row, { strategy, strategyIndex, alone: regime ?? null, look }, trace);
    },

    async 'run.trades'({ csv, format, overwrite, ...wanted }): Promise<TradesDto> {
      const target = csv === undefined ? null : deps.claimOutput(csv, overwrite);
      const list = await tradesOf(deps, wanted);
      if (target !== null) {
        writeFileAtomic(target, tradesFile(list.trades, tableFormatOf(format, csv)), USER_MODE);
      }
      return { ...list, file: target };
    },

    async 'trades.export'({ csv, format: asked, overwrite, zone, ...wanted }) {
      const claimed = csv === undefined ? undefined : deps.claimOutput(csv, overwrite);
      const { trades } = await tradesOf(deps, wanted);
      const format = tableFormatOf(asked, csv);
      const file = claimed ?? exportPath(deps.home, 'trades', deps.now(), `.${format}`);
      writeFileAtomic(file, tradesFile(trades, format, zone), USER_MODE);
      return { file, trades: trades.length };
    },
  };
}

async function tradesOf(
  deps: TraceDeps,
  { run, strategy: wanted, regime }: Pick<Input<'run.trades'>, 'run' | 'strategy' | 'regime'>,
): Promise<Omit<TradesDto, 'file'>> {
  const row = requireRun(deps.store, run);
  const strategyIndex = wanted ?? usualStrategy(deps.store, row, regime);
  const { trace, strategy } = await follow(deps, row, strategyIndex, regime ?? null);
  const holdoutLook = lookOfRun(deps.store, row);
  return {
    runId: row.uuid,
    strategy,
    strategyIndex,
    alone: regime ?? null,
    symbol: row.symbol,
    timeframe: row.timeframe,
    pip: trace.pip,
    holdoutLook,
    trades: tradeDtos(trace, holdoutLook),
    statistics: statisticsDtos(trace, holdoutLook),
  };
}

/** Follows one strategy of a kept run from its model, and checks that it does what it was stored to have done. */
async function follow(
  deps: TraceDeps,
  row: RunRow,
  strategyIndex: number,
  alone: string | null,
): Promise<{ readonly trace: ModelTrace; readonly strategy: StrategyDto }> {
  const basis = basisOf(row);
  const strategy = strategyAt(row, basis, strategyIndex);
  const { file, bytes } = storedModel(deps.artifacts, row, PURPOSE);
  const { context } = await contextOf(deps, row, basis, PURPOSE);
  const trace = await deps.analysis.trace({ context, model: bytes, file, strategyIndex, alone });
  assertOwnModel(row, trace.modelKey);
  assertSameResult(deps.store, row, strategyIndex, trace);
  return { trace, strategy };
}

/** A strategy of a run, by its position. @throws EngineError `invalid-input` where there is none */
function strategyAt(row: RunRow, basis: Basis, index: number): StrategyDto {
  const strategies = strategiesOf(basis);
  const strategy = strategies[index];
  if (strategy !== undefined) return strategy;
  throw new EngineError(
    'invalid-input',
    `Run ${row.id} was backtested with strategies 0 to ${strategies.length - 1}, not ${index}.`,
  );
}

/** The strategy that a run is known for: that of its place as champion, in this regime if one is given, else its best. */
function usualStrategy(store: Store, row: RunRow, regime: string | undefined): number {
  const places = allChampions(store).filter((champion) => champion.run_id === row.id);
  const place = places.find((champion) => champion.regime === regime) ?? places[0];
  return place?.strategy_index ?? bestStrategies(store, [row.id]).get(row.id)?.strategy_index ?? 0;
}

/** The model says again what was stored of it: a chart never contradicts its table, nor, while that is missing, its best strategies. */
function assertSameResult(store: Store, row: RunRow, strategy: number, trace: ModelTrace): void {
  const isSame =
    row.results === null
      ? isSameStrategy(findStrategy(store, row.id, strategy), trace)
      : isSameResult(decodeResults(row.results), strategy, trace);
  if (isSame) return;
  throw new EngineError(
    'internal',
    `Run ${row.id} gives other figures now than when it was trained, though nothing it is based on has changed.`,
  );
}

/** Of the best strategies and champions alone, figures over all bars are rows of their own. */
function isSameStrategy(row: StrategiesTable | undefined, { metrics }: ModelTrace): boolean {
  if (row === undefined) return true;
  const figures = figureColumns((window, metric) => metrics[window][METRICS.indexOf(metric)]!);
  return Object.entries(figures).every(([name, value]) => {
    const stored = row[name as keyof typeof figures];
    // An earlier version did not have every figure.
    return stored === null || stored === value;
  });
}

/** Stored figures have single precision. */
function isSameResult(
  stored: StoredResults,
  strategy: number,
  { metrics, regimeNames }: ModelTrace,
): boolean {
  const tested = regimeNames.filter((name) => name !== UNCLASSIFIED);
  const segments = [ALL_BARS, ...tested.map((_, regime) => 1 + regime)];
  return EVALUATION_WINDOWS.every((window) =>
    segments.every((segment) =>
      STORED_METRICS.every((metric) => {
        const value = Math.fround(metrics[window][segment * METRICS.length + METRICS.indexOf(metric)]!);
        // Too large for single precision counts as not defined.
        return Object.is(
          Number.isFinite(value) ? value : Number.NaN,
          stored.read(strategy, window, segment, metric),
        );
      }),
    ),
  );
}
