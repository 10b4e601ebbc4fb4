import { defineConfig } from 'vitest/config';

/** The long series of kills, `npm run test:crash`; all other faults (`*.test.ts`) belong to `npm test`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.spec.ts'],
    // A shared machine may stall for seconds; what then passes is reported.
    retry: process.env.CI === undefined ? 0 : 1,
    testTimeout: 900_000,
    hookTimeout: 180_000,
    // Each process under test has two threads already.
    fileParallelism: false,
  },
});
