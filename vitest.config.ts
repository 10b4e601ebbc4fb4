import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'engine/**/*.test.ts',
      'main/**/*.test.ts',
      'bench/**/*.test.ts',
      'e2e/crash/*.test.ts',
      'scripts/**/*.test.ts',
      'renderer/**/*.test.ts',
    ],
    // Property and process tests share two cores with everything else on the machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
