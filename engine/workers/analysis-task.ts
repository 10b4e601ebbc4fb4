import { UNCLASSIFIED } from '../contract/words.ts';
import { type ExportedModel, type ExportJob, exportModel } from '../interchange/export-model.ts';
import { type ExportedPair, exportPair, type PairJob } from '../interchange/export-pair.ts';
import { type Bundle, type BundleJob, metatraderBundle } from '../interchange/metatrader5/bundle.ts';
import { type Replay, type ReplayJob, replayRun } from '../interchange/run-bundle/replay.ts';
import { type FeaturesJob, type WrittenFeatures, writeFeatures } from '../interchange/write-features.ts';
import {
  type EvaluatedImport,
  type EvaluationJob,
  evaluateImport,
} from '../interchange/xgboost-json/evaluate.ts';
import type { Candles } from '../market/candles.ts';
import { readCandleFile } from '../market/series/candle-file.ts';
import { type CandleStretches, openCandleFile } from '../market/series/candle-stretches.ts';
import { createContext } from '../pipeline/context.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { checkLookahead, type LookaheadJob, type LookaheadReport } from '../pipeline/lookahead.ts';
import { DecodedModels, type NewestBar, type NewestBarJob, NewestBars } from '../pipeline/newest-bar.ts';
import { type RobustnessJob, type RobustnessReport, testRobustness } from '../pipeline/robustness.ts';
import { type ModelTrace, type TraceJob, traceModel } from '../pipeline/trace.ts';
import { type ChangedBars, changedBars } from '../regimes/changed-bars.ts';
import { shadowsIn } from '../regimes/data-shadows.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { type BarPage, type LabeledPage, labeledPage } from '../regimes/labeled-page.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { type ShadowedRegime, shadowedRegimes } from '../regimes/shadowed.ts';
import { type RegimeSummary, summarizeLabels } from '../regimes/summary.ts';
import { type FollowedImport, type FollowImportJob, followImport } from '../validation/follow-import.ts';
import { type TogetherJob, type TradedTogether, tradeTogether } from '../validation/trade-together.ts';
import { type Answer, answer } from './answer.ts';
import type { ReadJob } from './candle-tasks.ts';
import { bitsOfThisMachine } from './remote/bits.ts';

export { readCandles, resample } from './candle-tasks.ts';
export { fitSurvivalAsOf, surveySurvival, trainSurvival, trySurvival } from './survival-task.ts';

export function bits(_job: object): Promise<Answer<string>> {
  return answer(bitsOfThisMachine);
}

/** A candle file, and regimes. */
export interface ShadowJob extends ReadJob {
  readonly regimes: readonly RegimeDefinition[];
}

export function shadowed({ file, digest, regimes }: ShadowJob): Promise<Answer<readonly ShadowedRegime[]>> {
  return answer(() => withCandleFile(file, digest, (stretches) => shadowsIn(stretches, regimes)));
}

function withCandleFile<T>(file: string, digest: string, work: (stretches: CandleStretches) => T): T {
  const stretches = openCandleFile(file, digest);
  try {
    return work(stretches);
  } finally {
    stretches.close();
  }
}

/** A candle file, regimes, and which of its bars are looked at. */
export interface BarsJob extends ShadowJob {
  readonly page: BarPage;
}

/** Files that were gone through, as they were written, while this thread lives: pages of one follow each other. */
const checked = new Set<string>();

export function bars({ file, digest, regimes, page }: BarsJob): Promise<Answer<LabeledPage>> {
  return answer(() =>
    withCandleFile(file, digest, (stretches) => {
      const written = `${digest} ${stretches.writtenAt}`;
      if (!checked.has(written)) stretches.check();
      checked.add(written);
      return labeledPage(stretches, regimes, page);
    }),
  );
}

/** A candle file, regimes in force, and those that are wanted. */
export interface RegimeChangeJob extends ReadJob {
  readonly current: readonly RegimeDefinition[];
  readonly wanted: readonly RegimeDefinition[];
}

export function regimeChange({
  file,
  digest,
  current,
  wanted,
}: RegimeChangeJob): Promise<Answer<ChangedBars>> {
  return answer(() => changedBars(readCandleFile(file, digest), current, wanted));
}

export interface LabelJob {
  readonly candles: Candles;
  readonly regimes: readonly RegimeDefinition[];
}

export interface LabeledSeries {
  /** The unclassified rest last. */
  readonly summaries: readonly RegimeSummary[];
  /** Per bar, an index into `summaries`. */
  readonly labels: Uint8Array;
  readonly shadowed: readonly ShadowedRegime[];
}

export function trace(job: TraceJob): Promise<Answer<ModelTrace>> {
  return answer(() => traceModel(job));
}

export function together(job: TogetherJob): Promise<Answer<TradedTogether>> {
  return answer(() => tradeTogether(job));
}

export function lookahead(job: LookaheadJob): Promise<Answer<LookaheadReport>> {
  return answer(() => checkLookahead(job));
}

/** Models of one context. */
export interface RobustnessJobs {
  readonly context: LoadedContext;
  readonly jobs: readonly RobustnessJob[];
}

/** Of each model what was found, or why nothing was. */
export function robustness({
  context: loaded,
  jobs,
}: RobustnessJobs): Promise<Answer<Answer<RobustnessReport>[]>> {
  return answer(() => {
    const context = createContext(loaded);
    return Promise.all(jobs.map((job) => answer(() => testRobustness(context, job))));
  });
}

/** Kept from bar to bar. */
const decoded = new DecodedModels();

/** Of each model what it says, or why it says nothing. */
export function newestBars(jobs: readonly NewestBarJob[]): Promise<Answer<Answer<NewestBar>[]>> {
  return answer(() => {
    const bars = new NewestBars(decoded);
    return Promise.all(jobs.map((job) => answer(() => bars.of(job))));
  });
}

export function exportToFormat(job: ExportJob): Promise<Answer<ExportedModel>> {
  return answer(() => exportModel(job));
}

export function bundleForMetatrader(job: BundleJob): Promise<Answer<Bundle>> {
  return answer(() => metatraderBundle(job));
}

export function exportPairToFormat(job: PairJob): Promise<Answer<ExportedPair>> {
  return answer(() => exportPair(job));
}

export function writeFeatureFile(job: FeaturesJob): Promise<Answer<WrittenFeatures>> {
  return answer(() => writeFeatures(job));
}

export function evaluate(job: EvaluationJob): Promise<Answer<EvaluatedImport>> {
  return answer(() => evaluateImport(job));
}

export function replay(job: ReplayJob): Promise<Answer<Replay>> {
  return answer(() => replayRun(job));
}

export function followThroughWindows(job: FollowImportJob): Promise<Answer<FollowedImport>> {
  return answer(() => followImport(job));
}

export function label({ candles, regimes }: LabelJob): Promise<Answer<LabeledSeries>> {
  return answer(() => {
    const compiled = compileRegimes(regimes);
    const labels = labelBars(candles, compiled, 0, candles.length);
    return {
      summaries: summarizeLabels(labels, [...compiled.map((r) => r.name), UNCLASSIFIED]),
      labels,
      shadowed: shadowedRegimes(candles, compiled, labels),
    };
  });
}
