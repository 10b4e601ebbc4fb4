import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const seeded = join(import.meta.dirname, 'scripts/seeded-properties.ts');

export default defineConfig({
  plugins: [
    {
      name: 'seeded-properties',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'fast-check' && importer !== undefined && importer !== seeded ? seeded : undefined,
    },
  ],
  test: {
    include: [
      'engine/**/*.test.ts',
      'main/**/*.test.ts',
      'bench/**/*.test.ts',
      'e2e/crash/*.test.ts',
      'scripts/**/*.test.ts',
      'renderer/**/*.test.ts',
      'renderer/**/*.test.tsx',
    ],
    // One core is left free otherwise: half of a small machine.
    maxWorkers: availableParallelism(),
    // Property and process tests share two cores with everything else on the machine.
    // A shared machine may stall for seconds; what then passes is reported.
    retry: process.env.CI === undefined ? 0 : 1,
    // Processes that tests start run the sources: compiled once, each takes less than half of the time to begin.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled-sources') },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
