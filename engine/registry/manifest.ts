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
}

export interface ManifestInput {
  readonly name: string;
  readonly version: string;
  readonly subject: ModelSubject;
  readonly parent: string | null;
  readonly figures: Manifest['figures'];
  readonly expanding: boolean;
  readonly refit: Refit;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly createdAt: number;
}

export function manifestOf(input: ManifestInput): Manifest {
  const { name, version, subject, parent, figures, expanding, createdAt } = input;
  const { bound, result } = input.refit;
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
    trainingKey: bound.trainingKey,
    basis: bound.basis,
    figures,
    model: { bytes: result.artifact.length, sha256: sha256Of(result.artifact) },
  };
}

/** @throws EngineError `artifact-damaged` */
export function readManifest({ manifest, name, version }: VersionRow): Manifest {
  return storedJson<Manifest>(manifest, `the manifest of ${name}, version ${version},`);
}

const iso = (ms: number) => new Date(ms).toISOString();
