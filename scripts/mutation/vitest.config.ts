import { defineConfig } from 'vitest/config';

/** The tests of the rooms that stryker.config.mjs breaks: of functions and files, none that starts threads or processes. */
export default defineConfig({
  test: {
    include: [
      'engine/{inference,backtest,selection,checkpoint}/**/*.test.ts',
      'engine/queue/{states,door,restored}.test.ts',
    ],
    setupFiles: ['scripts/mutation/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
