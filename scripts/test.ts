import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { hasPeers } from '../engine/testing/peers.ts';

/**
 * `npm test`: checks, then vitest, then the specs in Chromium, each only after the one before succeeded; closes with
 * what was skipped, what passed only when tried again (with CI set, each test has two tries) and the count over all
 * runners. Exits with 1 on the first failure.
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
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  }>(report);
  add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests });
  for (const { name, assertionResults } of testResults) {
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
if (skipped.length > 0) {
  console.log(['', 'Skipped unit tests:', ...skipped].join('\n'));
  if (!hasPeers()) console.log('The test peers are not there: npm run peers installs them.');
}
if (flaky.length > 0) console.log(['', 'Passed only when tried again:', ...flaky].join('\n'));
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = ok ? 0 : 1;
