import { describeConfiguration } from '../cells/describe.ts';
import type { GateReportDto, TrainedNameDto, TrainingNameDto } from '../contract/dto/index.ts';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import type { GateOptions } from '../contract/gate-options.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import type { TrainingStage, TrainMode, TrainPeriod } from '../contract/registry.ts';
import { aliasOf, listVersions, modelOfVersion, type VersionRow } from '../store/versions.ts';
import { gateCriteria } from './gate-options.ts';
import { readManifest } from './manifest.ts';
import { register } from './register.ts';
import type { OnJob } from './run-job.ts';
import type { Registry } from './service.ts';
import { searched, type TrainJobsDeps, trainedRun, validated } from './train-jobs.ts';
import type { TrainingFollower } from './train-stages.ts';
import { daysFor, type Wanted, wanting } from './train-wanted.ts';

/** What one command trains, judges and puts in charge. */
export interface TrainWishes {
  /** Undefined: every name that is in production, each as it is. */
  readonly place: ModelPlace | undefined;
  readonly modelType: string;
  readonly target: string;
  readonly horizon: number;
  readonly optimize: boolean;
  readonly trials: number;
  readonly period: TrainPeriod;
  /** What is validated before the gate: `full` and `sequential` may confirm what the gate's windows alone can't. */
  readonly mode: TrainMode;
  readonly dryRun: boolean;
  readonly gate: GateOptions;
  readonly reason: string | null;
}

/** How a training is followed, and what of it an earlier process did that was ended before it was done. */
export interface Doing {
  readonly follower?: TrainingFollower;
  /** When it began, ms since 1970-01-01 UTC: versions made since are its own. */
  readonly since: number;
  /** Names that came to something are not trained once more. */
  readonly before: readonly TrainingNameDto[];
}

export interface TrainDeps extends TrainJobsDeps {
  readonly registry: Pick<Registry, 'validate' | 'promote' | 'lastReport'>;
}

const SAYS = { source: 'registry/train:train' } as const;

/** What is wanted, once it is known that the gate can be asked so. @throws EngineError `invalid-input`, `conflict` */
export function checkedWants(
  deps: Pick<TrainDeps, 'store' | 'files' | 'config'>,
  wishes: TrainWishes,
): Wanted[] {
  const wanted = wanting(deps, wishes);
  for (const { configuration } of wanted) {
    const { symbol, target } = configuration;
    gateCriteria(deps.config(), wishes.gate, { symbol, target });
  }
  return wanted;
}

/**
 * Trains, validates, compares and puts in charge, name by name: what of it fails is said of that name, and the others go on.
 * @throws EngineError `invalid-input`, `conflict` where nothing is in production or a job was paused, `workspace-busy`
 */
export async function train(deps: TrainDeps, wishes: TrainWishes, doing: Doing): Promise<TrainedNameDto[]> {
  const wanted = checkedWants(deps, wishes);
  doing.follower?.begins(wanted.map(({ place }) => modelName(place)));
  const results: TrainedNameDto[] = [];
  for (const one of wanted) {
    const done = doing.before.find(({ name }) => name === modelName(one.place))?.result;
    results.push(done ?? (await trainName(deps, wishes, one, doing)));
  }
  return results;
}

async function trainName(
  deps: TrainDeps,
  wishes: TrainWishes,
  wanted: Wanted,
  { follower, since }: Doing,
): Promise<TrainedNameDto> {
  const { now, feed } = deps;
  const name = modelName(wanted.place);
  const began = now();
  let version: VersionRow | undefined;
  let run: string | null = null;
  const result = (of: Partial<TrainedNameDto> & Pick<TrainedNameDto, 'status'>): TrainedNameDto => {
    const whole: TrainedNameDto = {
      name,
      version: version?.version ?? null,
      run,
      title: version === undefined ? null : describeConfiguration(modelOfVersion(version).configuration),
      hyperparameters: version === undefined ? null : modelOfVersion(version).configuration.hyperparameters,
      report: null,
      error: null,
      seconds: (now() - began) / 1000,
      ...of,
    };
    follower?.ends(name, whole);
    return whole;
  };
  const at = (stage: TrainingStage): OnJob => {
    follower?.enters(name, stage);
    return (queueId) => follower?.works(name, queueId);
  };
  try {
    const { days, note } = daysFor(deps, wishes, wanted);
    if (note !== null) feed.info(null, note, SAYS);
    if (wanted.foundBy === 'search') {
      feed.info(
        null,
        `${name}: hyper-parameters of the last search are used (best_hyperparameters.json)`,
        SAYS,
      );
    }
    const asked = { ...wanted.configuration, daysHistory: days };
    const configuration = wishes.optimize
      ? await searched(deps, wishes.trials, name, asked, at('search'))
      : asked;
    run = await trainedRun(deps, configuration, at('train'));
    version =
      madeBefore(deps, name, run, since) ??
      (await register(deps, { source: { runId: run }, place: wanted.place, reason: wishes.reason }));
    const onJob = at('validate');
    if (wishes.mode !== 'quick') await validated(deps, wishes.mode, version, onJob);
    const report = await judged(deps, wishes, { place: wanted.place, version: version.version, onJob });
    return result(report);
  } catch (error) {
    if (
      !(error instanceof EngineError) ||
      error.details.interrupted === true ||
      error.code === 'workspace-busy'
    ) {
      throw error;
    }
    feed.error(null, `${name}: ${error.message}`, SAYS);
    const { code, message } = toErrorDto(error);
    return result({ status: 'failed', error: { code, message } });
  }
}

/** The version that an earlier process made of this run before it was ended. */
function madeBefore({ store }: TrainDeps, name: string, run: string, since: number): VersionRow | undefined {
  return listVersions(store, name).findLast(
    (row) => row.created_at >= since && readManifest(row).run === run,
  );
}

interface Judged {
  readonly place: ModelPlace;
  readonly version: string;
  readonly onJob: OnJob;
}

/** What the gate says of it; where it passes, it is in charge from now on, unless nothing is to be. */
async function judged(
  { registry, store }: TrainDeps,
  { dryRun, gate, reason }: TrainWishes,
  { place, version, onJob }: Judged,
): Promise<{ readonly status: TrainedNameDto['status']; readonly report: GateReportDto }> {
  if (dryRun) {
    const report = await registry.validate(place, version, gate, onJob);
    return { status: report.passed ? 'passed' : 'refused', report };
  }
  if (aliasOf(store, modelName(place), 'production') === version) {
    // An earlier process was ended right after it.
    return { status: 'promoted', report: registry.lastReport(place, { version }) };
  }
  const { promoted, report } = await registry.promote(place, version, { ...gate, reason }, onJob);
  return { status: promoted ? 'promoted' : 'refused', report };
}
