import { windowsOf } from '../binding/basis.ts';
import { learnsCosts, trainingDigest } from '../binding/keys.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { sha256 } from '../identity/digest.ts';
import { timeText } from '../market/time/time-text.ts';
import { modelType } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { RefitUpdate } from '../pipeline/job.ts';
import { type TimeRange, trainingRows } from '../pipeline/windows.ts';
import { requireRun } from '../store/runs.ts';
import { aliasOf, listVersions, noVersions, requireVersion, type VersionRow } from '../store/versions.ts';
import { targetOf } from '../targets/catalog.ts';
import type { ModelSubject } from '../validation/spec.ts';
import type { RegistryDeps } from './deps.ts';
import { keepVersion } from './keep-version.ts';
import { decodeKeptSums } from './kept-sums.ts';
import { type Manifest, readManifest, type VersionUpdate } from './manifest.ts';
import { type BoundRefit, bindRefit, trainRefit } from './refit.ts';
import { updateText } from './update-text.ts';

/** Which version goes on with the candles that came since. */
export interface UpdateWish {
  /** A place of use, or a run: the newest version that was made from it. */
  readonly of: { readonly place: ModelPlace } | { readonly runId: string };
  /** Of that place; absent: what is in production, else the candidate. */
  readonly version?: string | undefined;
  /** Why: it stands in the journal, behind what was added. */
  readonly reason: string | null;
}

/** What came of it: a version, or why there is none. */
export interface Updated {
  readonly version: VersionRow | null;
  readonly message: string;
}

const SAYS = { source: 'registry/update:update' } as const;

/**
 * Makes a version of another one and of the bars that came since: linear models move their sums, boosting goes on, a forest renews its
 * oldest trees. It is the candidate of the name, and passes the same gate as any other. Where no bar came, nothing is done.
 * @throws EngineError `not-found`, `conflict` where it has to be trained anew (and why), `training-failed`, `artifact-damaged`
 */
export async function update(deps: RegistryDeps, wish: UpdateWish): Promise<Updated> {
  const { feed } = deps;
  const row = versionOf(deps, wish);
  const parent = readManifest(row);
  const subject = subjectOf(parent);
  const type = modelType(subject.configuration.modelType);
  const { updating } = type;
  if (updating.kind === 'none') {
    throw retrain(row, `a model of type ${type.title} can't be updated: ${updating.reason}`);
  }
  const refit = bindRefit(deps, subject, parent.trained.expanding);
  assertSameData(refit, subject, parent, row);
  const news = newBars(refit, subject, parent);
  if (news.count === 0) {
    return {
      version: null,
      message: `Nothing is new for ${row.name}: version ${row.version} has learned from every bar that a new one would, up to ${timeText(Date.parse(parent.trained.to))}.`,
    };
  }
  const { configuration } = subject;
  feed.info(
    null,
    `Updating ${row.name}, version ${row.version}, with ${news.count} bars: ${describeConfiguration(configuration)}`,
    SAYS,
  );
  const isOfTrees = updating.kind === 'trees';
  const earlier = isOfTrees ? earlierWindows(parent) : undefined;
  if (earlier !== undefined) assertYoung(refit, subject, earlier, row);
  const { bound } = refit;
  const trained = await trainRefit(deps, subject, refit, {
    // It covers its parent's: what it goes on from is part of what it is.
    trainingKey: sha256(bound.trainingKey + row.training_key),
    ...(earlier && { earlier }),
    update: isOfTrees ? { members: membersOf(deps, row) } : sumsFor(deps, row, refit, configuration),
  });
  const added: VersionUpdate = {
    kind: isOfTrees ? 'trees' : trained.result.sums === undefined ? 'refit' : 'sums',
    number: (parent.update?.number ?? 0) + 1,
    bars: news,
    ...(trained.result.moved && { rows: trained.result.moved }),
    ...(trained.result.trees && { trees: trained.result.trees }),
    ...(earlier && { earlier: earlier.map(isoRange) }),
  };
  const text = updateText(row.version, added);
  const version = await keepVersion(deps, {
    target: { symbol: row.symbol, timeframe: row.timeframe, regime: row.regime },
    subject,
    parent: row.version,
    expanding: parent.trained.expanding,
    figures: parent.figures,
    refit: trained,
    update: added,
    reason: wish.reason === null ? text : `${text}. ${wish.reason}`,
  });
  const message = `${row.name}: version ${version.version} is the candidate. ${text}.`;
  feed.info(null, message, { ...SAYS, topic: 'model' });
  return { version, message };
}

function versionOf({ store }: RegistryDeps, { of, version }: UpdateWish): VersionRow {
  if ('place' in of) {
    const name = modelName(of.place);
    const known = version ?? aliasOf(store, name, 'production') ?? aliasOf(store, name, 'candidate');
    if (known !== undefined) return requireVersion(store, name, known);
    const newest = listVersions(store, name).at(-1);
    if (newest === undefined) throw noVersions(store, name);
    return newest;
  }
  const { id, uuid } = requireRun(store, of.runId);
  const made = listVersions(store).filter((row) => readManifest(row).run === uuid);
  const newest = made.sort((a, b) => a.created_at - b.created_at).at(-1);
  if (newest !== undefined) return newest;
  throw new EngineError(
    'conflict',
    `No version was made of run ${id} yet. \`regimen production register ${id}\` makes one of the newest bars; from then on it can be updated.`,
  );
}

function subjectOf({ configuration, strategy, regime, run: runId, champion }: Manifest): ModelSubject {
  return { configuration, strategy, regime, runId, champion };
}

function retrain({ name, symbol, timeframe, regime }: VersionRow, why: string): EngineError {
  const place = `${symbol} ${timeframe}${regime === null ? '' : ` --regime ${regime}`}`;
  return new EngineError(
    'conflict',
    `${name} can't be updated: ${why}. Train it anew: regimen production train ${place}, or register its run again.`,
  );
}

/** @throws EngineError `conflict` where what it learned from is not what the workspace has now */
function assertSameData(
  { binder }: BoundRefit,
  subject: ModelSubject,
  { basis, trained }: Manifest,
  row: VersionRow,
): void {
  const { configuration, strategy, regime } = subject;
  const days = trained.expanding ? Number.POSITIVE_INFINITY : configuration.daysHistory;
  const then = { asOf: Date.parse(basis.as_of), windows: windowsOf(basis), tests: [] };
  const today = binder.bind({ configuration, strategy, regime, days }, then).basis;
  if (trainingDigest(today, configuration) === trainingDigest(basis, configuration)) return;
  const same = (part: 'candles' | 'higher_timeframes' | 'training') =>
    digestText(today[part]) === digestText(basis[part]);
  const why = !same('training')
    ? 'members, seed, calibration or class_weight are others than when it was trained'
    : today.pipeline_version !== basis.pipeline_version
      ? 'another version of Regimen trained it, whose figures are made in another way'
      : !same('candles') || !same('higher_timeframes')
        ? 'candles that it learned from are not what they were: they were corrected, replaced or begin elsewhere'
        : learnsCosts(configuration)
          ? 'its labels are results after costs, and the trading costs are others'
          : 'what it was trained on has changed';
  throw retrain(row, why);
}

const digestText = (value: unknown) => JSON.stringify(value);

/** Bars that can be learned from and that the parent did not. */
function newBars(
  { binder, bound }: BoundRefit,
  { configuration }: ModelSubject,
  { trained }: Manifest,
): VersionUpdate['bars'] {
  const { candles } = binder.market(configuration);
  const { horizon } = configuration;
  const from = trainingRows(candles, { from: 0, to: Date.parse(trained.to) }, horizon).to;
  const { to } = trainingRows(candles, bound.windows.training, horizon);
  const count = Math.max(0, to - from);
  const at = (row: number) => new Date(candles.time[Math.max(0, row)]!).toISOString();
  return count === 0
    ? { from: at(to - 1), to: at(to - 1), count }
    : { from: at(from), to: at(to - 1), count };
}

function earlierWindows({ trained, update: of }: Manifest): TimeRange[] {
  const all = [...(of?.earlier ?? []), { from: trained.from, to: trained.to }];
  return all.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
}

const isoRange = ({ from, to }: TimeRange) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/**
 * Members of trees keep the blocks that they left out when they were fitted. Once half of one is past, too little is left to judge and to
 * calibrate them by, and much of what the trees know is older than their window.
 */
function assertYoung(
  { binder, bound }: BoundRefit,
  subject: ModelSubject,
  [first]: readonly TimeRange[],
  row: VersionRow,
): void {
  const { configuration } = subject;
  const { candles } = binder.market(configuration);
  const { horizon } = configuration;
  const fitted = trainingRows(candles, first!, horizon);
  const now = trainingRows(candles, bound.windows.training, horizon);
  const { members } = bound.basis.training;
  const most = Math.floor((fitted.to - fitted.from) / (2 * members));
  const since = now.to - fitted.to;
  if (since <= most) return;
  throw retrain(
    row,
    `${since} bars came since its trees were fitted, and updates take in at most ${most}: half of what each of its ${members} members leaves out`,
  );
}

function membersOf(
  { files }: RegistryDeps,
  { name, version, sha256: sum }: VersionRow,
): readonly Uint8Array[] {
  return decodeModelFile(files.read(name, version, sum), `${name}, version ${version}`).members;
}

function sumsFor(
  { files }: RegistryDeps,
  { name, version }: VersionRow,
  { bound }: BoundRefit,
  configuration: Configuration,
): RefitUpdate {
  const kept = targetOf(configuration.target).type.task === 'classes' ? undefined : files.sums(name, version);
  return { sums: kept && decodeKeptSums(kept, bound.basis, configuration) };
}
