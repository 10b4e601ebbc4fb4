import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run test:crash`: more kills and flipped bits than `npm test` has time for, where all kinds of faults are (`*.test.ts`). */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.spec.ts'],
    // A shared machine may stall for seconds; what then passes is reported.
    retry: process.env.CI === undefined ? 0 : 1,
    // As in the tests of `npm test`.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/compiled-sources') },
    testTimeout: 900_000,
    hookTimeout: 180_000,
    // Each process under test has two threads already.
    fileParallelism: false,
  },
});
