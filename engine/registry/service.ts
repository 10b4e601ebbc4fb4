import type {
  GateReportDto,
  JournalEntryDto,
  ModelNameDto,
  ModelUpdateDto,
  TenureDto,
  TrainedNameDto,
  TrainingPlanDto,
  VersionComparisonDto,
  VersionDto,
} from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GateOptions } from '../contract/gate-options.ts';
import { gateSubject } from '../contract/gate-subject.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import { aliasOf, insertJournal, noVersions, requireVersion, type VersionRow } from '../store/versions.ts';
import { compareVersions } from './compare.ts';
import type { RegistryDeps } from './deps.ts';
import { createExpiryWatch, type Expired } from './expiry-watch.ts';
import { askGate } from './gate.ts';
import { askImported, type ImportedWish, lastImported } from './imported.ts';
import { createMoves } from './moves.ts';
import { type Registration, register } from './register.ts';
import type { OnJob } from './run-job.ts';
import { createSurvivalRegistry, type SurvivalRegistry } from './survival.ts';
import { checkedWants, type Doing, type TrainDeps, type TrainWishes, train } from './train.ts';
import { planTraining } from './train-plan.ts';
import { type UpdateWish, update } from './update.ts';
import { inProduction, journalDtos, modelNames } from './views.ts';

/** What runs now, since when, why, and what was before. */
export interface Registry {
  readonly survival: SurvivalRegistry;
  list(): ModelNameDto[];
  /** @throws EngineError `not-found` */
  show(place: ModelPlace): ModelNameDto;
  journal(name: string | undefined): JournalEntryDto[];
  /** `at`: a day (`2026-05-03`, UTC) or a time, ISO 8601. */
  inProduction(at: string, name: string | undefined): TenureDto[];
  /** See `register`. */
  register(wanted: Registration): Promise<VersionDto>;
  /** See `update`. */
  update(wish: UpdateWish): Promise<ModelUpdateDto>;
  /** Asks the gate of a version, the candidate by default; its report stands in the journal. See `askGate`. */
  validate(
    place: ModelPlace,
    version: string | undefined,
    options: GateOptions,
    onJob?: OnJob,
  ): Promise<GateReportDto>;
  /** The same of a model that was trained elsewhere. See `askImported`. */
  validateImported(place: ModelPlace, wish: ImportedWish, options: GateOptions): Promise<GateReportDto>;
  /** Asks the gate, and puts the version in charge where it passes. */
  promote(
    place: ModelPlace,
    version: string | undefined,
    options: GateOptions & { readonly reason: string | null },
    onJob?: OnJob,
  ): Promise<{ readonly promoted: boolean; readonly report: GateReportDto; readonly name: ModelNameDto }>;
  /** See `train`. */
  train(wishes: TrainWishes, doing: Doing): Promise<TrainedNameDto[]>;
  /** @throws as `train`, before anything of it has begun */
  assertTrainable(wishes: TrainWishes): void;
  /** What `train` would do; writes nothing. See `planTraining`. */
  plan(wishes: TrainWishes): TrainingPlanDto;
  /** @throws EngineError `not-found`, `conflict` where there are not two */
  compare(place: ModelPlace, version: string | undefined, against: string | undefined): VersionComparisonDto;
  /** What the last gate of a version, or of a model from elsewhere, said. @throws EngineError `not-found`, `conflict` where none was asked */
  lastReport(
    place: ModelPlace,
    of: { readonly version: string | undefined } | { readonly sha256: string },
  ): GateReportDto;
  /** The model of a version: of that in production, else of the candidate, where none is named. @throws EngineError `not-found`, `artifact-damaged` */
  model(place: ModelPlace, version: string | undefined): StoredVersion;
  rollback(place: ModelPlace, version: string | undefined, reason: string | null): ModelNameDto;
  retire(place: ModelPlace, reason: string | null): ModelNameDto;
  alias(place: ModelPlace, alias: string, version: string | null): ModelNameDto;
  /** See `Moves`. */
  reconcile(): void;
  /** From now on it is said of each version in production that it expired, as soon as it did. */
  watchExpiry(): void;
  /** What is in production and expired. */
  expired(): Expired[];
  /** Ends what waits for jobs. */
  close(): void;
}

/** A version, and the bytes of its model. */
export interface StoredVersion {
  readonly version: VersionDto;
  readonly bytes: Uint8Array;
}

const DAY_MS = 86_400_000;

/** In the log, with the figures that were asked for. */
function said(feed: Feed, report: GateReportDto): GateReportDto {
  const { name, passed, criteria } = report;
  const asked = criteria.filter(({ errors }) => errors === 0);
  feed.info(null, `${name}: the gate ${passed ? 'passes' : 'refuses'} ${gateSubject(report)}`, {
    source: 'registry/gate:askGate',
    metrics: Object.fromEntries(asked.map(({ metric, value }) => [metric, value])),
  });
  return report;
}

function expiredOf(deps: RegistryDeps): Expired[] {
  return modelNames(deps).flatMap(({ name, production, versions }) => {
    const version = versions.find((one) => one.version === production);
    return version?.isExpired !== true
      ? []
      : [
          {
            name,
            version: version.version,
            message: `${name}: version ${version.version} is in production and expired on ${version.expiresAt.slice(0, 10)}. It goes on being used until another is put in charge: train it anew.`,
          },
        ];
  });
}

/** The version that is named, else the first of these aliases. @throws EngineError `conflict` where there is neither, `not-found` */
function chosenVersion(
  store: Store,
  { name, aliases: own }: ModelNameDto,
  version: string | undefined,
  aliases: readonly string[],
): VersionRow {
  const known = version ?? aliases.flatMap((alias) => own[alias] ?? [])[0];
  if (known !== undefined) return requireVersion(store, name, known);
  throw new EngineError(
    'conflict',
    `${name} has no candidate. Make a champion or a run one, or name a version.`,
    { remedy: 'register-version' },
  );
}

export function createRegistry(given: Omit<TrainDeps, 'registry' | 'closing'>): Registry {
  const closing = new AbortController();
  const deps = { ...given, closing: closing.signal };
  const { store, now, by, emit } = deps;
  const moves = createMoves(deps);

  function show(place: ModelPlace): ModelNameDto {
    const name = modelName(place);
    const [found] = modelNames(deps, name);
    if (found === undefined) throw noVersions(store, name);
    return found;
  }

  const chosen = (place: ModelPlace, version: string | undefined, aliases: readonly string[]): VersionRow =>
    chosenVersion(store, show(place), version, aliases);

  function noteGate(
    { name, version }: Pick<GateReportDto, 'name' | 'version'>,
    gate: GateReportDto,
    reason: string | null,
  ): void {
    insertJournal(store, {
      at: now(),
      name,
      action: 'validated',
      alias: null,
      from_version: null,
      to_version: version,
      by,
      reason,
      skipped: JSON.stringify(gate.skipped),
      gate: JSON.stringify(gate),
    });
    emit({ type: 'workspace.changed', what: 'registry' });
  }

  const registry: Registry = {
    survival: createSurvivalRegistry(deps),
    async validate(place, version, options, onJob) {
      const row = chosen(place, version, ['candidate', 'production']);
      const report = said(deps.feed, await askGate(deps, row, options, onJob));
      noteGate(row, report, null);
      return report;
    },
    async validateImported(place, wish, options) {
      const report = said(deps.feed, await askImported(deps, place, wish, options));
      const { file, sha256, trainedUntil } = report.imported!;
      noteGate(
        report,
        report,
        `A model from elsewhere: ${file} (SHA-256 ${sha256.slice(0, 12)}), said to have learned until ${trainedUntil}`,
      );
      return report;
    },
    async promote(place, version, { reason, ...options }, onJob) {
      const row = chosen(place, version, ['candidate']);
      if (aliasOf(store, row.name, 'production') === row.version) {
        throw new EngineError('conflict', `Version ${row.version} of ${row.name} is in production already.`);
      }
      const report = said(deps.feed, await askGate(deps, row, options, onJob));
      if (report.passed)
        moves.promote(row.name, row.version, { reason, skipped: report.skipped, gate: report });
      else noteGate(row, report, `not promoted${reason === null ? '' : `: ${reason}`}`);
      return { promoted: report.passed, report, name: show(place) };
    },
    train: (wishes, doing) => train({ ...deps, registry }, wishes, doing),
    assertTrainable: (wishes) => void checkedWants(deps, wishes),
    plan: (wishes) => planTraining(deps, wishes),
    model(place, version) {
      const row = chosen(place, version, ['production', 'candidate']);
      const found = show(place).versions.find((one) => one.version === row.version)!;
      return { version: found, bytes: deps.files.read(row.name, row.version, found.sha256) };
    },
    compare: (place, version, against) => compareVersions(store, show(place), version, against),
    lastReport(place, of) {
      if ('sha256' in of) return lastImported(store, modelName(place), of.sha256);
      const { version } = of;
      const { name, versions } = show(place);
      if (version !== undefined) requireVersion(store, name, version);
      const asked = versions.filter((one) => one.gate !== null && (version ?? one.version) === one.version);
      const last = asked.sort((a, b) => (a.gate!.at < b.gate!.at ? -1 : 1)).at(-1);
      if (last !== undefined) return last.gate!;
      throw new EngineError(
        'conflict',
        `The gate of ${name}${version === undefined ? '' : `, version ${version},`} was not asked yet.`,
        { remedy: 'ask-gate' },
      );
    },
    list: () => modelNames(deps),
    show,
    journal: (name) => journalDtos(store, name),
    inProduction(at, name) {
      const from = Date.parse(at);
      return inProduction(store, { from, to: from + (at.length === 10 ? DAY_MS : 1) }, name);
    },
    async register(wanted) {
      const { symbol, timeframe, regime, version } = await register(deps, wanted);
      return show({ symbol, timeframe, regime }).versions.find((one) => one.version === version)!;
    },
    async update(wish) {
      const { version: made, message } = await update(deps, wish);
      if (made === null) return { version: null, message };
      const { symbol, timeframe, regime, version } = made;
      const { versions } = show({ symbol, timeframe, regime });
      return { version: versions.find((one) => one.version === version)!, message };
    },
    rollback(place, version, reason) {
      moves.rollback(modelName(place), version, reason);
      return show(place);
    },
    retire(place, reason) {
      moves.retire(modelName(place), reason);
      return show(place);
    },
    alias(place, alias, version) {
      moves.alias(modelName(place), alias, version);
      return show(place);
    },
    reconcile: moves.reconcile,
    expired: () => expiredOf(deps),
    watchExpiry: () => expiry.begin(),
    close() {
      expiry.end();
      closing.abort();
    },
  };
  const expiry = createExpiryWatch({ expired: registry.expired, feed: deps.feed, emit });
  return registry;
}
