import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { hasPeers } from '../engine/testing/peers.ts';

/**
 * `npm test`: checks, then vitest, then the specs in Chromium, each only after the one before succeeded; closes with
 * the files that took longest, what was skipped, what passed only when tried again (with CI set, each test has two tries)
 * and the count over all runners. Exits with 1 on the first failure.
 */

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const folder = mkdtempSync(join(tmpdir(), 'regimen-test-'));
const total: Count = { passed: 0, failed: 0, skipped: 0 };
/** Unit tests that were skipped, by file. The specs' own list says theirs. */
const skipped: string[] = [];
/** Unit tests that failed once and then passed, with the failure: to be looked into. */
const flaky: string[] = [];

/** Files of unit tests, and how long each took. */
const files: { readonly name: string; readonly seconds: number }[] = [];
const LONGEST = 25;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

function readReport<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function add({ passed, failed, skipped }: Count): void {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

function vitest(): boolean {
  const report = join(folder, 'vitest.json');
  const ok = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: {
      name: string;
      startTime: number;
      endTime: number;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  }>(report);
  add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests });
  for (const { name, startTime, endTime, assertionResults } of testResults) {
    files.push({ name: relative(process.cwd(), name), seconds: (endTime - startTime) / 1000 });
    for (const { status, fullName, failureMessages } of assertionResults) {
      const test = `${relative(process.cwd(), name)}: ${fullName}`;
      if (status === 'skipped' || status === 'pending') skipped.push(test);
      if (status === 'passed' && failureMessages.length > 0) flaky.push(test, ...failureMessages);
    }
  }
  return ok;
}

function specs(): boolean {
  const report = join(folder, 'specs.json');
  const ok =
    run('node', ['scripts/find-chromium.ts']) &&
    run('npm', ['run', '-s', 'build']) &&
    run('playwright', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
  try {
    const { stats } = readReport<{
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    }>(report);
    add({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped });
  } catch {
    // The specs were not reached; what went wrong stands above.
    add({ passed: 0, failed: 1, skipped: 0 });
  }
  return ok;
}

const ok = run('npm', ['run', '-s', 'check']) && vitest() && specs();
rmSync(folder, { recursive: true, force: true });
/** Where to look first when the whole takes too long. */
function longest(): string[] {
  const total = files.reduce((sum, { seconds }) => sum + seconds, 0);
  return files
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, LONGEST)
    .map(({ name, seconds }) => `${seconds.toFixed(0).padStart(5)} s  ${name}`)
    .concat(`${total.toFixed(0).padStart(5)} s  all ${files.length} files, one after the other`);
}
if (files.length > 0) console.log(['', 'Unit tests that took longest:', ...longest()].join('\n'));
if (skipped.length > 0) {
  console.log(['', 'Skipped unit tests:', ...skipped].join('\n'));
  if (!hasPeers()) console.log('The test peers are not there: npm run peers installs them.');
}
if (flaky.length > 0) console.log(['', 'Passed only when tried again:', ...flaky].join('\n'));
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = ok ? 0 : 1;
