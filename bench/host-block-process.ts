import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../engine/app.ts';

/** Imports the file named on the command line in a host, twice, and prints the longest times its event loop stood still, ms. */

const SETTLING_MS = 20;
const file = process.argv[2]!;
const workspace = mkdtempSync(join(tmpdir(), 'regimen-block-'));
try {
  const engine = createEngine({ workspace, role: 'host' });
  const longest: number[] = [];
  for (let i = 0; i < 2; i++) {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    // The first delay is measured from a turn of the loop on, not from here.
    await delay(SETTLING_MS);
    await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    await delay(SETTLING_MS);
    delays.disable();
    longest.push(delays.max / 1e6);
  }
  await engine.close();
  process.stdout.write(JSON.stringify({ first: longest[0], again: longest[1] }));
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
