import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import { useWorkspaces } from './workspaces.ts';

const REGIMEN = fileURLToPath(new URL('../../main/cli/regimen.ts', import.meta.url));
const workspaces = useWorkspaces();

/** Runs a command that is killed instead of its `count`-th deletion of a candle file (0: instead of ending its transaction). */
function killed(workspace: string, at: 'before the commit' | 'after the commit', ...command: string[]): void {
  const preload =
    at === 'after the commit'
      ? `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
         const { rmSync } = fs;
         fs.rmSync = (path, ...rest) => (String(path).endsWith('.candles') ? process.kill(process.pid, 'SIGKILL') : rmSync(path, ...rest));
         syncBuiltinESMExports();`
      : `import Database from '${import.meta.resolve('better-sqlite3')}';
         const { prepare } = Database.prototype;
         Database.prototype.prepare = function (text) {
           if (/delete from .series_changes/i.test(text)) process.kill(process.pid, 'SIGKILL');
           return prepare.call(this, text);
         };`;
  const { signal } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(preload)}`,
      REGIMEN,
      ...command,
      '--workspace',
      workspace,
    ],
    { stdio: 'ignore' },
  );
  expect(signal).toBe('SIGKILL');
}

test.each(['before the commit', 'after the commit'] as const)(
  'an undo that is killed %s is done or not done, whole, and can be done then',
  async (at) => {
    const workspace = workspaces.create();
    const folder = join(workspace, 'candles');
    const engine = createEngine({ workspace, role: 'command' });
    const file = join(workspace, 'EURUSD_H1.csv');
    const series = { symbol: 'EURUSD', timeframe: 'H1' };
    const importBars = async (seed: number) => {
      writeCandleCsv(file, randomCandles(300, 'H1', seed));
      await engine.call('market.import', { file, ...series, replace: true });
      return (await engine.call('market.list', {})).find(({ symbol }) => symbol === 'EURUSD')!;
    };
    const first = await importBars(1);
    const bytes = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
    const second = await importBars(2);
    await engine.close();

    killed(workspace, at, 'market', 'undo', 'EURUSD', 'H1');

    const next = createEngine({ workspace, role: 'command' });
    const found = async () => (await next.call('market.list', {})).find(({ symbol }) => symbol === 'EURUSD');
    expect(await found()).toEqual(at === 'before the commit' ? second : first);
    expect((await next.call('verify.run', {})).problems).toEqual([]);
    if (at === 'before the commit') await next.call('market.undo', series);
    expect(await found()).toEqual(first);
    for (const [name, before] of bytes) expect(readFileSync(join(folder, name))).toEqual(before);
    expect((await next.call('verify.run', {})).problems).toEqual([]);
    await next.close();
  },
);
