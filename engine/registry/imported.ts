import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { createFoldBinder } from '../binding/folds.ts';
import { withSplit } from '../config/split.ts';
import type { GateReportDto, ImportedModelDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type GateOptions, skippedBy } from '../contract/gate-options.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { storedJson } from '../contract/stored-json.ts';
import { readModelText } from '../interchange/xgboost-json/model-text.ts';
import type { Store } from '../store/database.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import { aliasOf, listJournal, requireVersion } from '../store/versions.ts';
import { targetOf } from '../targets/catalog.ts';
import type { StitchedDays } from '../validation/adjusted-p.ts';
import { judge } from '../validation/criteria.ts';
import { curveSums } from '../validation/curve-sums.ts';
import { averageFigures, figuresOfFold } from '../validation/fold-average.ts';
import { type LaterWindows, laterWindows } from '../validation/later-windows.ts';
import { leadInBars, type ModelSubject } from '../validation/spec.ts';
import { stitch } from '../validation/stitched.ts';
import { modelsOf } from '../validation/subjects.ts';
import { stitchedDto } from '../validation/to-dto.ts';
import { verdictOf } from '../validation/verdict.ts';
import { readVerdicts, type TestedWindows } from '../validation/verdicts.ts';
import { comparisonOf, type Paired, paired } from './comparison.ts';
import { curveThrough, type GateDeps } from './gate.ts';
import { againstLine, criterionLine, verdictLine, windowsLine } from './gate-lines.ts';
import { gateCriteria } from './gate-options.ts';
import { refusalOf } from './gate-refusal.ts';
import { rivalIn } from './rival.ts';
import { TEST_DAYS } from './train-wanted.ts';

/** A model that was trained elsewhere, and what whoever asks says of it. */
export interface ImportedWish {
  /** As XGBoost saved it. */
  readonly file: string;
  /** Number or UUID of the run whose features, horizon and strategy it has. */
  readonly run: string;
  /** The day of the last bar that it learned from. */
  readonly trainedUntil: string;
}

/**
 * Asks of a model that was trained elsewhere what a version is asked, on bars alone that it can't have learned from; nothing of it is kept but
 * the report. It can't be trained anew, so it is the same in all windows, and nothing can be put in charge by this.
 * @throws EngineError `invalid-input`, `not-found` for the run, `data-invalid` for the file, `conflict` where too few bars are left
 */
export async function askImported(
  deps: GateDeps,
  place: ModelPlace,
  wish: ImportedWish,
  options: GateOptions,
): Promise<GateReportDto> {
  const { store, config, now } = deps;
  const name = modelName(place);
  const subject = subjectFor(deps, place, wish.run);
  const { preset, criteria } = gateCriteria(config(), options, subject.configuration);
  const json = readModelText(wish.file);
  const sha256 = createHash('sha256').update(json).digest('hex');
  const { followed, tested, movedDays } = await follow(deps, subject, json, wish.trainedUntil);
  const { counted, stitched } = tested;
  const figures = followed.windows.map((window) => figuresOfFold(window.forecasts, window.metrics));
  const judged = judge(criteria, { average: averageFigures(figures), stitched, failedFolds: 0 });
  const curve = readVerdicts(store).ofWindows(
    place,
    tested,
    earlierTries(deps, place, tryName(name, { run: subject.runId!, sha256 })),
  );
  const verdict = verdictOf({ claim: null, tested: curve, holdout: null });
  const least = options.minVerdict ?? config().registry.min_verdict;
  const against = aliasOf(store, name, 'production') ?? null;
  const pair = against === null || options.force ? null : await pairWith(deps, tested, name, against);
  const comparison =
    pair === null || against === null ? null : comparisonOf(pair, { version: null, against });
  const lines = [
    windowsLine({
      tests: counted.map(({ test }) => test),
      by: `all by the one model, which learned until ${wish.trainedUntil}`,
      stitched,
      judgment: verdict,
      movedDays,
    }),
    ...judged.map(criterionLine),
    verdictLine(verdict, least),
    againstLine({ against, force: options.force, comparison, problem: null }),
  ];
  const [from, to] = [counted[0]!.test.from, counted.at(-1)!.test.to];
  const windows = followed.windows;
  const { refusal, ways } = refusalOf(lines, judged, 'imported');
  return {
    name,
    version: null,
    imported: {
      file: basename(wish.file),
      sha256,
      run: subject.runId!,
      trainedUntil: wish.trainedUntil,
      trees: followed.trees,
      denominator: curveSums(windows).denominator,
    },
    at: new Date(now()).toISOString(),
    passed: refusal === null,
    refusal,
    ways,
    lines,
    preset,
    criteria: judged,
    skipped: skippedBy({ ...options, minVerdict: least }, against !== null),
    validation: {
      id: null,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      stitched: stitchedDto(windows, stitched),
      movedDays,
    },
    verdict: verdict === null ? null : { verdict: verdict.verdict, reason: verdict.reason },
    comparison,
    expiresAt: null,
    // Of all windows: it is a try for whichever is asked of next.
    curve: curveThrough(stitched, pair?.folds === counted.length ? pair : null),
  };
}

/** The run's configuration with its best strategy, at the place. @throws EngineError `conflict`, `not-found` */
function subjectFor({ store }: GateDeps, place: ModelPlace, runId: string): ModelSubject {
  const [made] = modelsOf(store, { runId }, null) as [ModelSubject];
  const { symbol, timeframe, target } = made.configuration;
  if (symbol !== place.symbol || timeframe !== place.timeframe) {
    throw new EngineError(
      'conflict',
      `Run ${runId} is one of ${symbol} ${timeframe}, and ${modelName(place)} is asked for: name a run of that market.`,
    );
  }
  if (targetOf(target).exits !== null) {
    throw new EngineError(
      'conflict',
      `Run ${runId} learned ${target}, which takes a LONG and a SHORT model that trade with a stop and a take-profit. A model from elsewhere predicts one return: name a run of the target return or direction.`,
    );
  }
  return { ...made, regime: place.regime };
}

/** The model through its test windows, on what the workspace has now and under today's rules. */
async function follow(
  { store, library, analysis, config }: GateDeps,
  subject: ModelSubject,
  json: string,
  trainedUntil: string,
) {
  const { configuration, strategy, regime } = subject;
  const { symbol, timeframe, horizon, daysHistory } = configuration;
  const binder = createFoldBinder(
    library,
    withSplit(config(), () => daysHistory),
  );
  const { candles, end } = binder.market(configuration);
  const { tests, evaluation, movedDays }: LaterWindows = laterWindows({
    candles,
    end,
    scored: scoredWindows(store, symbol, timeframe),
    trainedUntil,
    horizon,
    leadInBars: leadInBars(strategy),
    testDays: TEST_DAYS,
  });
  // Nothing is trained: what would be ends where it is followed from.
  const training = { from: evaluation.start, to: evaluation.start };
  const bound = binder.bind(
    { configuration, strategy, regime, days: daysHistory },
    { asOf: evaluation.start, windows: { training, evaluation }, tests: [] },
  );
  const context = binder.loadedContext({ configuration }, [bound]);
  const followed = await analysis.followImport({ context, json, horizon, scope: regime });
  const counted = followed.windows.map((result, k) => ({ test: tests[k]!, result }));
  const tested: TestedWindows = {
    counted,
    stitched: stitch(followed.windows, followed.windows.at(-1)!.barsPerYear),
  };
  return { followed, tested, movedDays };
}

async function pairWith(
  deps: GateDeps,
  tested: TestedWindows,
  name: string,
  version: string,
): Promise<Paired | null> {
  const tests = tested.counted.map(({ test }) => test);
  return paired(tested, { counted: await rivalIn(deps, requireVersion(deps.store, name, version), tests) });
}

/** A model as it trades: with another run's strategy it is another try. */
function tryName(name: string, { run, sha256 }: Pick<ImportedModelDto, 'run' | 'sha256'>): string {
  return `${name} ${run} ${sha256}`;
}

/** Models from elsewhere that a gate was asked of in this market before, each once, as the journal has them: each is a try. */
function earlierTries({ store }: GateDeps, { symbol, timeframe }: ModelPlace, own: string): StitchedDays[] {
  const market = modelName({ symbol, timeframe, regime: null });
  const tries = new Map<string, StitchedDays>();
  for (const row of listJournal(store)) {
    if (row.gate === null || (row.name !== market && !row.name.startsWith(`${market} `))) continue;
    const { imported, curve } = storedJson<GateReportDto>(row.gate, 'the report of a gate');
    if (imported === undefined || curve === null) continue;
    const key = tryName(row.name, imported);
    if (key === own) continue;
    const daySums = Float64Array.from(curve.own, (sum, i) => sum - (curve.own[i - 1] ?? 0));
    tries.set(key, { days: curve.days, daySums, denominator: imported.denominator });
  }
  return [...tries.values()];
}

/** What the last gate of a model from elsewhere said at a place. @throws EngineError `not-found` */
export function lastImported(store: Store, name: string, sha256: string): GateReportDto {
  for (const { gate } of listJournal(store, name).toReversed()) {
    const report = gate === null ? null : storedJson<GateReportDto>(gate, 'the report of a gate');
    if (report?.imported?.sha256 === sha256) return report;
  }
  throw new EngineError(
    'not-found',
    `The gate of ${name} was not asked of a model with the SHA-256 ${sha256}.`,
  );
}
