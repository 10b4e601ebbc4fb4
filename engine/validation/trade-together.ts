import { EngineError } from '../contract/errors.ts';
import { decodeModelFile } from '../models/codec.ts';
import { createContext, testedRegime, windowRows } from '../pipeline/context.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import { POLICY_HORIZON } from '../pipeline/policy.ts';
import { storedModelIn } from '../pipeline/target-model.ts';
import type { TraceJob } from '../pipeline/trace.ts';
import { type TradedWindow, tradeFold } from './procedure.ts';

/** Champions of one market, each of another regime, that were evaluated on the same bars. */
export interface TogetherJob {
  readonly champions: readonly (TraceJob & { readonly alone: string })[];
  readonly window: EvaluationWindow;
}

export interface TogetherTrade {
  readonly direction: 1 | -1;
  /** Opening times of the bars it was entered and left at, ms since 1970-01-01 UTC. */
  readonly entryTime: number;
  readonly exitTime: number;
}

/** What one of them did, or all: net log return by bar of the window, and trades, oldest first. */
export interface TogetherResult {
  readonly netReturn: Float64Array;
  readonly trades: readonly TogetherTrade[];
}

export interface TradedTogether {
  /** In the order of the job. */
  readonly modelKeys: readonly string[];
  readonly alone: readonly TogetherResult[];
  /** With one position: on each bar the champion of its regime has the word. */
  readonly together: TogetherResult;
  /** Log return of holding the market from the open of each bar to the next, without costs. */
  readonly held: Float64Array;
  readonly marketDay: Int32Array;
  /** Ms since 1970-01-01 UTC. */
  readonly from: number;
  readonly to: number;
}

/** @throws EngineError `artifact-damaged` for a model file that can't be read, `internal` for other bars than the first has */
export function tradeTogether({ champions, window }: TogetherJob): TradedTogether {
  const members = champions.map((job) => {
    const file = decodeModelFile(job.model, job.file);
    const context = createContext(job.context);
    const strategy = context.strategies[job.strategyIndex]!;
    const segment = 1 + testedRegime(context, job.alone);
    const { target, horizon } = file.configuration;
    const traces = context.evaluator.evaluateOne(storedModelIn(context, file), strategy, segment);
    const { signal, exits } = traces.find((trace) => trace.window === window)!;
    const market = () =>
      exits === undefined
        ? context.target(target, horizon).market(context.evaluated)
        : { ...context.evaluated.market, exits };
    return {
      regime: job.alone,
      signal,
      horizon: exits === undefined ? horizon : POLICY_HORIZON,
      market,
      context,
      modelKey: file.modelKey,
    };
  });
  const { context } = members[0]!;
  const { candles, evaluated } = context;
  const rows = windowRows(context, window);
  const isSame = (other: typeof context) => {
    const own = windowRows(other, window);
    return (
      own.to - own.from === rows.to - rows.from && other.candles.time[own.from] === candles.time[rows.from]
    );
  };
  if (members.some((member) => !isSame(member.context))) {
    throw new EngineError('internal', 'Expected champions that were evaluated on the same bars.');
  }
  const { alone, together } = tradeFold(evaluated, members, window, (member) => member.market());
  const timeOf = (row: number) => candles.time[rows.from + row] ?? candles.time[rows.to - 1]!;
  const result = ({ netReturn, trades }: TradedWindow): TogetherResult => ({
    netReturn,
    trades: trades.map(({ entry, exit, direction }) => ({
      direction: direction > 0 ? 1 : -1,
      entryTime: timeOf(entry),
      exitTime: timeOf(exit),
    })),
  });
  const held = Float64Array.from({ length: rows.to - rows.from }, (_, i) => {
    const row = rows.from + i;
    const next = row + 1 < rows.to ? candles.open[row + 1]! : candles.close[row]!;
    return Math.log(next / candles.open[row]!);
  });
  return {
    modelKeys: members.map(({ modelKey }) => modelKey),
    alone: members.map(({ regime }) => result(alone.get(regime)!)),
    together: result(together),
    held,
    marketDay: together.marketDay,
    from: candles.time[rows.from]!,
    to: candles.time[rows.to - 1]!,
  };
}
