import { Piscina } from 'piscina';
import { fromErrorDto } from '../contract/errors.ts';
import type { EvaluatedImport, EvaluationJob } from '../export/evaluate-import.ts';
import type { ExportedModel, ExportJob } from '../export/export-model.ts';
import type { ModelTrace, TraceJob } from '../pipeline/trace.ts';
import type * as tasks from './analysis-task.ts';
import type { Answer, LabelJob, LabelledSeries } from './analysis-task.ts';

/**
 * A thread for what a user looks at while queues train: beside the training pool, so that nobody waits for a model to
 * be finished, and off the host's thread, which stays responsive.
 */
export interface Analysis {
  /** Throws as `traceModel`. */
  trace(job: TraceJob): Promise<ModelTrace>;
  /** Throws as `exportModel`. */
  exportModel(job: ExportJob): Promise<ExportedModel>;
  /** Throws as `evaluateImport`. */
  evaluateImport(job: EvaluationJob): Promise<EvaluatedImport>;
  /** Labels a whole series. */
  label(job: LabelJob): Promise<LabelledSeries>;
  close(): Promise<void>;
}

export function createAnalysis(): Analysis {
  let pool: Piscina | undefined;

  async function run<T>(name: keyof typeof tasks, job: unknown): Promise<T> {
    // Started when first needed, ended when idle: looking around costs no threads.
    pool ??= new Piscina({
      filename: new URL('./analysis-task.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
      concurrentTasksPerWorker: 1,
    });
    const answer: Answer<T> = await pool.run(job, { name });
    if ('error' in answer) throw fromErrorDto(answer.error);
    return answer.result;
  }

  return {
    trace: (job) => run('trace', job),
    exportModel: (job) => run('exportToXgboost', job),
    evaluateImport: (job) => run('evaluate', job),
    label: (job) => run('label', job),
    close: async () => pool?.destroy(),
  };
}
