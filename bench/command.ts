import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REGIMEN = fileURLToPath(new URL('../main/launch/regimen.mjs', import.meta.url));
const REPORT_PEAK = new URL('./report-peak.mjs', import.meta.url).href;

export interface MeasuredCommand {
  /** Whole process, from its start to its end. */
  readonly seconds: number;
  /** Of the processor, in user and kernel, all threads together. */
  readonly processorSeconds: number;
  /** Most memory the process ever held, with all its threads. */
  readonly peakMb: number;
  readonly json: unknown;
}

/** Runs `regimen …` as a process of its own. Throws what it said when it fails. */
export function measureCommand(workspace: string, argv: readonly string[]): MeasuredCommand {
  const peakFile = join(workspace, '..', 'peak.json');
  const start = performance.now();
  const ran = spawnSync(
    process.execPath,
    ['--import', REPORT_PEAK, REGIMEN, ...argv, '--workspace', workspace, '--json'],
    { encoding: 'utf8', env: { ...process.env, BENCH_PEAK_FILE: peakFile }, maxBuffer: 64 * 1024 * 1024 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (ran.status !== 0) throw new Error(`regimen ${argv.join(' ')} failed: ${ran.stderr}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(
    readFileSync(peakFile, 'utf8'),
  ) as NodeJS.ResourceUsage;
  const processorSeconds = (userCPUTime + systemCPUTime) / 1e6;
  return { seconds, processorSeconds, peakMb: maxRSS / 1024, json: JSON.parse(ran.stdout) };
}

/** Calls `work` with a new folder, and removes it whatever happens. */
export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
