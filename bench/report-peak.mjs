import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a measured process: at its end it writes what the process used, all its threads included. Plain JavaScript: what strips types
 * would be loaded into each of its threads, and counted.
 */
const file = process.env.BENCH_PEAK_FILE;
if (file !== undefined && isMainThread) {
  process.on('exit', () => writeFileSync(file, JSON.stringify(process.resourceUsage())));
}
