import type { GateLineDto, GateReportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type GateOptions, skippedBy } from '../contract/gate-options.ts';
import type { QueueService } from '../queue/service.ts';
import { validationsOf } from '../store/validations.ts';
import { aliasOf, modelOfVersion, type VersionRow } from '../store/versions.ts';
import { type Criterion, judge } from '../validation/criteria.ts';
import { averageFigures } from '../validation/fold-average.ts';
import type { StitchedCurve } from '../validation/stitched.ts';
import { type ReadValidation, readValidation, validationDto } from '../validation/to-dto.ts';
import { verdictOf } from '../validation/verdict.ts';
import { readVerdicts } from '../validation/verdicts.ts';
import type { Analysis } from '../workers/analysis.ts';
import { comparisonOf, type Paired, paired } from './comparison.ts';
import type { RegistryDeps } from './deps.ts';
import { expiryOf } from './expiry.ts';
import { againstLine, criterionLine, expiryLine, line, verdictLine, windowsLine } from './gate-lines.ts';
import { gateCriteria } from './gate-options.ts';
import { refusalOf } from './gate-refusal.ts';
import { assertOpen, interrupted, type OnJob, type RunJobDeps, runJob, takesTurns } from './run-job.ts';
import { gateFolds, TEST_DAYS } from './train-wanted.ts';
import { verdictOfVersion } from './version-verdict.ts';

export interface GateDeps extends RegistryDeps, Pick<RunJobDeps, 'closing'> {
  readonly queues: RunJobDeps['queues'] & Pick<QueueService, 'validations'>;
  readonly analysis: Pick<Analysis, 'followImport'>;
}

/** Of a version and, where another one is in production, of that: validations in the same test windows, or why there are none. */
interface Tested {
  readonly own: ReadValidation | null;
  readonly production: ReadValidation | null;
  readonly problem: string | null;
}

/**
 * Asks everything of a version that it is asked before it is put in charge, see the lines of its report. Trains its configuration, and
 * production's, in test windows of the last months; what was computed before is not computed again.
 * @throws EngineError `invalid-input`, `workspace-busy`, and `conflict` where the job of its windows was paused
 */
export async function askGate(
  deps: GateDeps,
  row: VersionRow,
  options: GateOptions,
  onJob?: OnJob,
): Promise<GateReportDto> {
  const { store, config, now } = deps;
  const { registry } = config();
  const { configuration } = modelOfVersion(row);
  const { preset, criteria } = gateCriteria(config(), options, {
    symbol: row.symbol,
    target: configuration.target,
  });
  const inCharge = aliasOf(store, row.name, 'production');
  const against = inCharge === undefined || inCharge === row.version ? null : inCharge;
  const compares = against !== null && !options.force;
  const tested =
    options.skipValidation && !compares ? NOTHING : await test(deps, row, compares ? against : null, onJob);
  const least = options.minVerdict ?? registry.min_verdict;
  const judged = tested.own === null ? [] : judgeCriteria(tested.own, criteria);
  const verdict = verdictOfVersion(readVerdicts(store), row);
  const pair =
    tested.own !== null && tested.production !== null ? paired(tested.own, tested.production) : null;
  const comparison =
    pair === null || against === null ? null : comparisonOf(pair, { version: row.version, against });
  const expires = expiryOf(deps, row);
  const lines: GateLineDto[] = [
    ...(options.skipValidation
      ? [
          line(
            'validation',
            'Validation',
            'skipped',
            'The validation is skipped, and with it thresholds and verdict.',
          ),
        ]
      : [validationLine(deps, tested), ...judged.map(criterionLine), verdictLine(verdict, least)]),
    againstLine({ against, force: options.force, comparison, problem: tested.problem }),
    expiryLine(expires, now()),
  ];
  const { refusal, ways } = refusalOf(lines, judged);
  return {
    name: row.name,
    version: row.version,
    at: new Date(now()).toISOString(),
    passed: refusal === null,
    refusal,
    ways,
    lines,
    preset,
    criteria: judged,
    skipped: skippedBy({ ...options, minVerdict: least }, against !== null),
    validation: tested.own === null ? null : validationOf(tested.own),
    verdict: verdict === null ? null : { verdict: verdict.verdict, reason: verdict.reason },
    comparison,
    expiresAt: new Date(expires).toISOString(),
    curve: curveOf(tested, pair),
  };
}

const NOTHING: Tested = { own: null, production: null, problem: null };

/** Of a version and, where `against` is another one, of that: in the same job, so that they have the same windows. */
async function test(
  deps: GateDeps,
  row: VersionRow,
  against: string | null,
  onJob: OnJob | undefined,
): Promise<Tested> {
  const { name, version } = row;
  const versions = [version, ...(against === null ? [] : [against])].map((of) => ({ name, version: of }));
  assertOpen(deps);
  let queueId: number;
  try {
    ({ queueId } = deps.queues.validations.create({
      subject: { versions },
      scheme: 'own',
      testPeriodDays: TEST_DAYS,
      folds: gateFolds(deps),
      gate: true,
      name: `Gate of ${name}, version ${version}`,
      yes: false,
      enqueue: takesTurns(deps),
    }));
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'conflict') throw error;
    if (against !== null) {
      const alone = await test(deps, row, null, onJob);
      return { ...alone, problem: error.message };
    }
    return { ...NOTHING, problem: error.message };
  }
  onJob?.(queueId);
  const { state } = await runJob(deps, queueId);
  if (state !== 'completed') {
    throw interrupted(
      queueId,
      `It was ${state}: not all test windows of ${name}, version ${version}, are computed.`,
    );
  }
  const [own, production] = validationsOf(deps.store, queueId).map((one) => readValidation(deps.store, one));
  return { own: own!, production: production ?? null, problem: null };
}

function judgeCriteria({ counted, stitched, folds }: ReadValidation, criteria: readonly Criterion[]) {
  const average = averageFigures(counted.map(({ figures }) => figures!));
  const failedFolds = folds.filter(({ state }) => state === 'failed').length;
  return judge(criteria, { average, stitched, failedFolds });
}

function validationLine({ store }: GateDeps, { own, problem }: Tested): GateLineDto {
  const title = 'Validation';
  if (own === null) {
    return line('validation', title, 'missed', `It can't be tested: ${problem ?? 'nothing was computed'}`);
  }
  const { counted, spec, row, stitched } = own;
  if (counted.length === 0) {
    return line(
      'validation',
      title,
      'missed',
      `None of its ${spec.folds.length} test windows counts: models were chosen on all of them.`,
    );
  }
  return windowsLine({
    tests: counted.map(({ test }) => test),
    by: 'each by a model that knows only what came before',
    stitched,
    judgment: verdictOf({ claim: null, tested: readVerdicts(store).ofValidation(row), holdout: null }),
    movedDays: spec.movedDays,
  });
}

function validationOf(own: ReadValidation): GateReportDto['validation'] {
  const { counted, row, spec } = own;
  const { stitched } = validationDto(own, [], null);
  const [from, to] = [counted[0]?.test.from, counted.at(-1)?.test.to];
  if (from === undefined || to === undefined) return null;
  return {
    id: row.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stitched,
    movedDays: spec.movedDays,
  };
}

function curveOf({ own }: Tested, pair: Paired | null): GateReportDto['curve'] {
  return own === null || own.counted.length === 0 ? null : curveThrough(own.stitched, pair);
}

/** Day by day what came of it so far, beside production where both were tested. */
export function curveThrough(
  { days, daySums }: Pick<StitchedCurve, 'days' | 'daySums'>,
  pair: Paired | null,
): NonNullable<GateReportDto['curve']> {
  const summed = (values: Float64Array) => {
    let sum = 0;
    return [...values].map((value) => {
      sum += value;
      return sum;
    });
  };
  if (pair !== null) {
    return { days: [...pair.days], own: summed(pair.own), production: summed(pair.other) };
  }
  return { days: [...days], own: summed(daySums), production: null };
}
