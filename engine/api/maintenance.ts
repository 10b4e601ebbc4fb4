import { resolve } from 'node:path';
import { createBackup } from '../backup/create.ts';
import { discardAbandoned } from '../backup/switch.ts';
import type { Verification } from '../backup/verification.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { BackupDto } from '../contract/dto/index.ts';
import type { Feed } from '../log/feed.ts';
import { cleanup } from '../maintenance/cleanup.ts';
import { shrink, shrinkingDue } from '../maintenance/shrink.ts';
import type { SweepDeps } from '../maintenance/sweep.ts';
import type { ClaimOutput } from './claim-output.ts';

type MaintenanceMethod =
  | 'cleanup.run'
  | 'verify.run'
  | 'verify.last'
  | 'verify.record'
  | 'backup.create'
  | 'backup.restore';

export interface MaintenanceDeps {
  readonly workspace: string;
  readonly folders: SweepDeps;
  readonly verification: Verification;
  readonly config: () => Config;
  readonly claimOutput: ClaimOutput;
  readonly feed: Pick<Feed, 'info'>;
  /** @throws EngineError `conflict` while it is not decided whether lost results are brought back */
  readonly assertDecided: () => void;
  /** Closes the workspace, puts the backup in its place and opens it again. */
  readonly restore: (file: string) => Promise<BackupDto>;
}

export function maintenanceHandlers(deps: MaintenanceDeps): Pick<Handlers, MaintenanceMethod> {
  const { workspace, folders, verification, config, claimOutput, restore, feed } = deps;
  return {
    async 'cleanup.run'(input) {
      deps.assertDecided();
      if (!input.dryRun) discardAbandoned(workspace);
      const all = { ...folders, config: config() };
      const cleaned = cleanup(all, input);
      const { runs, freedBytes } = input.dryRun ? shrinkingDue(all) : await shrink({ ...all, feed });
      return { ...cleaned, shrunk: runs, freedBytes: cleaned.freedBytes + freedBytes };
    },
    'verify.run': ({ file }) => verification.run(file === undefined ? undefined : resolve(file)),
    'verify.last': () => verification.last(),
    'verify.record': () => verification.record(),
    'backup.create': ({ file, overwrite }) =>
      createBackup(
        {
          store: folders.store,
          workspace,
          artifactFolder: folders.artifacts.path,
          candleFolder: folders.candleFolder,
          now: folders.now,
        },
        claimOutput(file, overwrite),
      ),
    'backup.restore': ({ file }) => restore(resolve(file)),
  };
}
