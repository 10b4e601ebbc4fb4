import { sha256Of } from '../artifacts/version-files.ts';
import type { Basis } from '../binding/basis.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { VersionRow } from '../store/versions.ts';
import type { ModelSubject } from '../validation/spec.ts';
import type { Refit } from './refit.ts';

/** What a version is, as the file beside its model says: enough to train, follow and judge it again. */
export interface Manifest {
  readonly format: 'regimen-version';
  readonly formatVersion: 1;
  readonly name: string;
  readonly version: string;
  readonly configuration: Configuration;
  readonly configHash: string;
  readonly strategy: StrategyDto;
  /** The regime that it trades alone in; null: all. */
  readonly regime: string | null;
  /** UUID of the run, and name of the champion, that it was made from. */
  readonly run: string | null;
  readonly champion: string | null;
  /** The version that it is an update of, else the one that was in production when it was made. */
  readonly parent: string | null;
  readonly createdAt: string;
  /** Its training window, ISO 8601 UTC, and the bars that it learned from; `expanding`: it began with the data. */
  readonly trained: {
    readonly from: string;
    readonly to: string;
    readonly bars: number;
    readonly expanding: boolean;
  };
  readonly trainingKey: string;
  /** What it rests on: candles by digest, costs, rules, as-of date. */
  readonly basis: Basis;
  /** Of the run's strategy on its selection window, which it was chosen on. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly model: { readonly bytes: number; readonly sha256: string };
  /** Of a version that goes on from its parent. */
  readonly update?: VersionUpdate;
}

/** What an update added to its parent, and dropped. Times are ISO 8601 UTC. */
export interface VersionUpdate {
  /** By sums, tree by tree, or by a fit on the same window where a model has neither. */
  readonly kind: 'sums' | 'trees' | 'refit';
  /** How many updates lie between the last fit and it, itself included. */
  readonly number: number;
  /** Bars that came since its parent. */
  readonly bars: { readonly from: string; readonly to: string; readonly count: number };
  /** Where they were added to its parent's sums: rows of all members' sums. */
  readonly rows?: { readonly added: number; readonly dropped: number };
  /** Of all members. */
  readonly trees?: { readonly added: number; readonly dropped: number };
  /** The training windows of the last fit and of the updates before, oldest first, where members are what all of them made. */
  readonly earlier?: readonly { readonly from: string; readonly to: string }[];
}

export interface ManifestInput {
  readonly name: string;
  readonly version: string;
  readonly subject: ModelSubject;
  readonly parent: string | null;
  readonly figures: Manifest['figures'];
  readonly expanding: boolean;
  readonly refit: Refit;
  readonly update?: VersionUpdate | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly createdAt: number;
}

export function manifestOf(input: ManifestInput): Manifest {
  const { name, version, subject, parent, figures, expanding, createdAt } = input;
  const { bound, trainingKey, result } = input.refit;
  const { configuration, strategy, regime, runId: run, champion } = subject;
  const { training } = bound.windows;
  return {
    format: 'regimen-version',
    formatVersion: 1,
    name,
    version,
    configuration,
    configHash: bound.configHash,
    strategy,
    regime,
    run,
    champion,
    parent,
    createdAt: iso(createdAt),
    trained: { from: iso(training.from), to: iso(training.to), bars: result.trainRows, expanding },
    trainingKey,
    basis: bound.basis,
    figures,
    model: { bytes: result.artifact.length, sha256: sha256Of(result.artifact) },
    ...(input.update && { update: input.update }),
  };
}

/** @throws EngineError `artifact-damaged` */
export function readManifest({ manifest, name, version }: VersionRow): Manifest {
  return storedJson<Manifest>(manifest, `the manifest of ${name}, version ${version},`);
}

const iso = (ms: number) => new Date(ms).toISOString();
