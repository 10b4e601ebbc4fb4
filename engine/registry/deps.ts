import type { VersionFiles } from '../artifacts/version-files.ts';
import type { Config } from '../config/schema.ts';
import type { Actor, HostKind } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import type { Trainer } from '../workers/trainer.ts';

/** Steps of what is written to a registry, in their order, each as it is done. */
export const REGISTRY_STEPS = [
  'version file written',
  'version files in place',
  'version registered',
  'alias moved',
  'production named',
] as const;
export type RegistryStep = (typeof REGISTRY_STEPS)[number];

export interface RegistryDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly files: VersionFiles;
  readonly config: () => Config;
  readonly trainer: () => Trainer;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** What the process is that somebody does it in. */
  readonly hostKind: HostKind;
  /** Who does it, as the journal says. */
  readonly by: Actor;
  /** Told of each step as it is done, so that tests can end the process in between. */
  readonly onStep?: ((step: RegistryStep) => void) | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}
