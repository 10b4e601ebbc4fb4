import type { ContextSpec } from '../pipeline/job.ts';
import type { TimeRange } from '../pipeline/windows.ts';

/** What strategies the context of trials has: none is followed, and what is estimated without a label ends before the first test. */
const ONE_STRATEGY: ContextSpec['settings']['strategies'] = {
  predictionMethods: ['direct'],
  ensembleMethods: ['mean'],
  confidenceThresholds: [0],
  lookbackWindows: [20],
};

/**
 * The context of a study's trials, made of that of its cell: the same bars up to the end of the training window and none of the selection
 * window, which stays untouched.
 */
export function trialContext(spec: ContextSpec, firstTest: number, training: TimeRange): ContextSpec {
  const { luck: _luck, ...rest } = spec;
  const cut = (series: ContextSpec['series']) => ({ ...series, view: { ...series.view, to: training.to } });
  return {
    ...rest,
    series: cut(spec.series),
    higher: spec.higher.map(cut),
    evaluation: { start: firstTest, windows: [{ name: 'test', from: firstTest, to: training.to }] },
    settings: { ...spec.settings, strategies: ONE_STRATEGY },
  };
}
