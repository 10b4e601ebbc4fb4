import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of unit tests that took longest, the longest first, as `npm test` lists them at its end. Those that begin last keep one core busy
 * while the others have nothing left to do, and a clone knows nothing of earlier runs.
 */
export const LONGEST: readonly string[] = [
  'e2e/crash/flips.test.ts',
  'engine/app.tracking.test.ts',
  'main/server/jobs/process.test.ts',
  'main/cli/production-train.test.ts',
  'e2e/crash/train.test.ts',
  'e2e/crash/folders.test.ts',
  'engine/queue/survival-score.test.ts',
  'engine/app.calibration.test.ts',
  'e2e/crash/signals.test.ts',
  'e2e/crash/workers.test.ts',
  'engine/queue/life.test.ts',
  'scripts/builds/launch.test.ts',
  'engine/interchange/xgboost-json/xgboost-peer.test.ts',
  'engine/api/market.test.ts',
  'engine/queue/rescore.test.ts',
  'engine/pipeline/no-look-ahead.test.ts',
  'e2e/crash/damage.test.ts',
  'engine/app.remote.test.ts',
  'engine/store/errors.test.ts',
  'e2e/crash/search.test.ts',
  'engine/testing/first-release.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const at = LONGEST.indexOf(relative(project.config.root, moduleId));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
