import { type ErrorDto, toErrorDto } from '../contract/errors.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { type EvaluatedImport, type EvaluationJob, evaluateImport } from '../export/evaluate-import.ts';
import { type ExportedModel, type ExportJob, exportModel } from '../export/export-model.ts';
import type { Candles } from '../market/candles.ts';
import { type ModelTrace, type TraceJob, traceModel } from '../pipeline/trace.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { compileRegimes, labelBars } from '../regimes/labeller.ts';
import { type RegimeSummary, summariseLabels } from '../regimes/summary.ts';

/** An error as it crosses the thread's edge; thrown, it would lose its code. */
export type Answer<T> = { readonly result: T } | { readonly error: ErrorDto };

export interface LabelJob {
  readonly candles: Candles;
  readonly regimes: readonly RegimeDefinition[];
}

export interface LabelledSeries {
  /** The unclassified rest last. */
  readonly summaries: readonly RegimeSummary[];
  /** Per bar, an index into `summaries`. */
  readonly labels: Uint8Array;
}

export function trace(job: TraceJob): Answer<ModelTrace> {
  return answer(() => traceModel(job));
}

export function exportToXgboost(job: ExportJob): Answer<ExportedModel> {
  return answer(() => exportModel(job));
}

export function evaluate(job: EvaluationJob): Answer<EvaluatedImport> {
  return answer(() => evaluateImport(job));
}

export function label({ candles, regimes }: LabelJob): Answer<LabelledSeries> {
  return answer(() => {
    const compiled = compileRegimes(regimes);
    const labels = labelBars(candles, compiled, 0, candles.length);
    return { summaries: summariseLabels(labels, [...compiled.map((r) => r.name), UNCLASSIFIED]), labels };
  });
}

function answer<T>(work: () => T): Answer<T> {
  try {
    return { result: work() };
  } catch (error) {
    return { error: toErrorDto(error) };
  }
}
