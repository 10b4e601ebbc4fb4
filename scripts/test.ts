import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: checks, then vitest, then the specs in Chromium, each only after the one before succeeded; closes with
 * the count over all runners. Exits with 1 on the first failure.
 */

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const folder = mkdtempSync(join(tmpdir(), 'regimen-test-'));
const total: Count = { passed: 0, failed: 0, skipped: 0 };

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
  const { numPassedTests, numFailedTests, numPendingTests } = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  }>(report);
  add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests });
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
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = ok ? 0 : 1;
