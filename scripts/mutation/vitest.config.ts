import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The shortest file first: the first test that notices a break ends the search, and most notice it without a database. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

/** The tests of the rooms that stryker.config.mjs breaks: of functions and files, none that starts threads or processes. */
export default defineConfig({
  test: {
    include: [
      'engine/{inference,backtest,selection,checkpoint}/**/*.test.ts',
      'engine/queue/{states,door,restored}.test.ts',
    ],
    sequence: { sequencer: ShortestFirst },
    setupFiles: ['scripts/mutation/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
