import type { ExportedModel, ExportJob } from '../interchange/export-model.ts';
import type { ExportedPair, PairJob } from '../interchange/export-pair.ts';
import type { Bundle, BundleJob } from '../interchange/metatrader5/bundle.ts';
import type { Replay, ReplayJob } from '../interchange/run-bundle/replay.ts';
import type { FeaturesJob, WrittenFeatures } from '../interchange/write-features.ts';
import type { EvaluatedImport, EvaluationJob } from '../interchange/xgboost-json/evaluate.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import type { LookaheadJob, LookaheadReport } from '../pipeline/lookahead.ts';
import type { NewestBar, NewestBarJob } from '../pipeline/newest-bar.ts';
import type { RobustnessReport } from '../pipeline/robustness.ts';
import type { ModelTrace, TraceJob } from '../pipeline/trace.ts';
import type { ChangedBars } from '../regimes/changed-bars.ts';
import type { LabeledPage } from '../regimes/labeled-page.ts';
import type { ShadowedRegime } from '../regimes/shadowed.ts';
import type { SurvivalAsOf } from '../survival/as-of.ts';
import type { TrainedSurvival } from '../survival/train.ts';
import type { FollowedImport, FollowImportJob } from '../validation/follow-import.ts';
import type { RowSources } from '../validation/survival-rows.ts';
import type { TogetherJob, TradedTogether } from '../validation/trade-together.ts';
import type * as tasks from './analysis-task.ts';
import type {
  BarsJob,
  LabeledSeries,
  LabelJob,
  RegimeChangeJob,
  RobustnessJobs,
  ShadowJob,
} from './analysis-task.ts';
import type { Answer } from './answer.ts';
import { knownBits } from './remote/known-bits.ts';
import type { SurvivalJob, SurvivalSurvey, SurvivalTask } from './survival-task.ts';
import { createThreads } from './threads.ts';

/**
 * A thread for what a user looks at while queues train: beside the training pool, so that nobody waits for a model to
 * be finished, and off the host's thread, which stays responsive.
 */
export interface Analysis extends CandleReader {
  /** Throws as `traceModel`. */
  trace(job: TraceJob): Promise<ModelTrace>;
  /** Throws as `tradeTogether`. */
  tradeTogether(job: TogetherJob): Promise<TradedTogether>;
  /** Throws as `checkLookahead`. */
  lookahead(job: LookaheadJob): Promise<LookaheadReport>;
  /** Tests models of one context, in their order; what one can't be tested for is its own answer. */
  robustness(jobs: RobustnessJobs): Promise<Answer<RobustnessReport>[]>;
  /** What models say of the newest bar, in the order of the jobs; what one can't say is its own answer. */
  newestBars(jobs: readonly NewestBarJob[]): Promise<Answer<NewestBar>[]>;
  /** Throws as `exportModel`. */
  exportModel(job: ExportJob): Promise<ExportedModel>;
  /** Throws as `metatraderBundle`. */
  metatraderBundle(job: BundleJob): Promise<Bundle>;
  /** Throws as `exportPair`. */
  exportPair(job: PairJob): Promise<ExportedPair>;
  /** Throws as `writeFeatures`. */
  writeFeatures(job: FeaturesJob): Promise<WrittenFeatures>;
  /** Throws as `evaluateImport`. */
  evaluateImport(job: EvaluationJob): Promise<EvaluatedImport>;
  /** Throws as `replayRun`. */
  replayRun(job: ReplayJob): Promise<Replay>;
  /** Throws as `followImport`. */
  followImport(job: FollowImportJob): Promise<FollowedImport>;
  /** How much there is to learn from. Throws as `rowsIn`. */
  surveySurvival(task: SurvivalTask): Promise<SurvivalSurvey>;
  /** Throws as `rowsIn`. */
  fitSurvivalAsOf(sources: RowSources): Promise<SurvivalAsOf>;
  /** Throws as `trySurvival`. */
  trySurvival(job: SurvivalJob): Promise<number>;
  /** Throws as `trainSurvival`. */
  trainSurvival(job: SurvivalJob): Promise<TrainedSurvival>;
  /** Labels a whole series. */
  label(job: LabelJob): Promise<LabeledSeries>;
  /** Which regimes get no bar of a stored series; see `dataShadows`. Throws as `readCandleFile`. */
  shadowed(job: ShadowJob): Promise<readonly ShadowedRegime[]>;
  /** Bars of a stored series, and their regimes. Throws as `readCandleFile`, whose file is gone through before. */
  bars(job: BarsJob): Promise<LabeledPage>;
  /** What a change of regimes does to the bars of a stored series. Throws as `readCandleFile`. */
  regimeChange(job: RegimeChangeJob): Promise<ChangedBars>;
  /** See `bitsOfThisMachine`; computed once. */
  bits(): Promise<string>;
  close(): Promise<void>;
}

/** `bitsFile`: where the bits of this machine are kept from one process to the next. */
export function createAnalysis(bitsFile: string): Analysis {
  const threads = createThreads<typeof tasks>(new URL('./analysis-task.ts', import.meta.url), 1);
  let bits: Promise<string> | undefined;
  return {
    bits() {
      bits ??= knownBits(bitsFile, () => threads.run('bits', {}));
      return bits;
    },
    trace: (job) => threads.run('trace', job),
    tradeTogether: (job) => threads.run('together', job),
    lookahead: (job) => threads.run('lookahead', job),
    robustness: (jobs) => threads.run('robustness', jobs),
    newestBars: (jobs) => threads.run('newestBars', jobs),
    exportModel: (job) => threads.run('exportToFormat', job),
    metatraderBundle: (job) => threads.run('bundleForMetatrader', job),
    exportPair: (job) => threads.run('exportPairToFormat', job),
    writeFeatures: (job) => threads.run('writeFeatureFile', job),
    evaluateImport: (job) => threads.run('evaluate', job),
    replayRun: (job) => threads.run('replay', job),
    followImport: (job) => threads.run('followThroughWindows', job),
    readCandles: (file, digest) => threads.run('readCandles', { file, digest }),
    resample: (job) => threads.run('resample', job),
    surveySurvival: (task) => threads.run('surveySurvival', task),
    fitSurvivalAsOf: (sources) => threads.run('fitSurvivalAsOf', sources),
    trySurvival: (job) => threads.run('trySurvival', job),
    trainSurvival: (job) => threads.run('trainSurvival', job),
    label: (job) => threads.run('label', job),
    shadowed: (job) => threads.run('shadowed', job),
    bars: (job) => threads.run('bars', job),
    regimeChange: (job) => threads.run('regimeChange', job),
    close: () => threads.close(),
  };
}
