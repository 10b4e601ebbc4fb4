import type { ArtifactFolder } from '../artifacts/folder.ts';
import { METRICS } from '../backtest/metrics.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { TraceDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { ModelTrace } from '../pipeline/trace.ts';
import type { Store } from '../store/database.ts';
import { decodeResults, type StoredResults } from '../store/results-blob.ts';
import { type RunRow, requireRun } from '../store/runs.ts';
import { basisOf, strategiesOf } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';

export interface TraceDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
}

/** Completes "Run 12 can't be …". */
const PURPOSE = 'followed bar by bar';

export function traceHandlers(deps: TraceDeps): Pick<Handlers, 'run.trace'> {
  return {
    async 'run.trace'({ run, strategyIndex }) {
      const row = requireRun(deps.store, run);
      const basis = basisOf(row);
      const strategies = strategiesOf(basis);
      const strategy = strategies[strategyIndex];
      if (strategy === undefined) {
        throw new EngineError(
          'invalid-input',
          `Run ${row.id} was backtested with strategies 0 to ${strategies.length - 1}, not ${strategyIndex}.`,
        );
      }
      const { file, bytes } = storedModel(deps.artifacts, row, PURPOSE);
      const { context } = await contextOf(deps, row, basis, PURPOSE);
      const trace = await deps.analysis.trace({ context, model: bytes, file, strategyIndex });
      assertOwnModel(row, trace.runKey);
      assertSameResult(row, strategyIndex, trace);
      return traceDto(row, strategy, trace);
    },
  };
}

/** The model says again what was stored of it: a chart never contradicts its table. */
function assertSameResult(row: RunRow, strategy: number, trace: ModelTrace): void {
  const stored = row.results === null ? undefined : decodeResults(row.results);
  if (stored !== undefined && isSameResult(stored, strategy, trace)) return;
  throw new EngineError(
    'internal',
    `Run ${row.id} gives other figures now than when it was trained, though nothing it is based on has changed.`,
  );
}

/** Stored figures have single precision. */
function isSameResult(
  stored: StoredResults,
  strategy: number,
  { metrics, regimeNames }: ModelTrace,
): boolean {
  const segments = [ALL_BARS, ...regimeNames.map((_, regime) => 1 + regime)];
  return METRICS.every(
    (metric, m) =>
      Object.is(Math.fround(metrics.holdout[m]!), stored.holdout(strategy, metric)) &&
      segments.every((segment) =>
        Object.is(
          Math.fround(metrics.selection[segment * METRICS.length + m]!),
          stored.selection(strategy, segment, metric),
        ),
      ),
  );
}

function traceDto(row: RunRow, strategy: TraceDto['strategy'], trace: ModelTrace): TraceDto {
  return {
    runId: row.uuid,
    strategy,
    symbol: row.symbol,
    timeframe: row.timeframe,
    time: Array.from(trace.time),
    close: Array.from(trace.close),
    equity: Array.from(trace.equity),
    regime: Array.from(trace.regime),
    regimes: trace.regimeNames,
    holdoutFrom: trace.holdoutFrom,
    trades: trace.trades.map(({ entryTime, exitTime, direction, netReturn, regime, window }) => ({
      entry: new Date(entryTime).toISOString(),
      exit: new Date(exitTime).toISOString(),
      direction: direction > 0 ? 'long' : 'short',
      netReturn,
      regime,
      window,
    })),
  };
}
