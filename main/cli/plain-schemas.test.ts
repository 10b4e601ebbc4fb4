import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const REGIMEN = fileURLToPath(new URL('./regimen.ts', import.meta.url));

/** Has a process say each time that a function is made of a text. */
const TELLING = `data:text/javascript,${encodeURIComponent(`
  globalThis.Function = new Proxy(Function, {
    construct(target, given) {
      process.stderr.write('a function of a text\\n');
      return Reflect.construct(target, given);
    },
  });
`)}`;

test('a command makes no function of a text, for schemas that it asks once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plain-schemas-'));
  try {
    const command = ['champions', '--workspace', join(folder, 'workspace'), '--json'];
    const ran = spawnSync(process.execPath, ['--import', TELLING, REGIMEN, ...command], { encoding: 'utf8' });
    expect(ran.stdout.trim()).toBe('[]');
    expect(ran.stderr).not.toContain('a function of a text');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
