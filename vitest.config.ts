import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { builtForTests } from './scripts/built-for-tests.ts';
import { LongestFirst } from './scripts/longest-first.ts';

const seeded = join(import.meta.dirname, 'scripts/seeded-properties.ts');

export default defineConfig({
  plugins: [
    {
      name: 'seeded-properties',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'fast-check' && importer !== undefined && importer !== seeded ? seeded : undefined,
    },
    builtForTests(),
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
    // More than there are cores: many tests wait for a disk, or for processes of theirs.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: LongestFirst },
    // Property and process tests share two cores with everything else on the machine.
    // A shared machine may stall for seconds; what then passes is reported.
    retry: process.env.CI === undefined ? 0 : 1,
    // What processes run that tests start: compiled once, each takes less than half of the time to begin.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled-sources') },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
