import { spawn } from 'node:child_process';
import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { sliceCandles } from '../../engine/market/candles.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import { useWorkspaces } from './workspaces.ts';

const REGIMEN = fileURLToPath(new URL('../../main/cli/regimen.ts', import.meta.url));
const workspaces = useWorkspaces();
const BARS = randomCandles(400, 'H1', 3);
const SERIES = { symbol: 'EURUSD', timeframe: 'H1' };

const KILLS = {
  'before the commit': `import Database from '${import.meta.resolve('better-sqlite3')}';
    const { prepare } = Database.prototype;
    Database.prototype.prepare = function (text) {
      if (/insert into .?series_changes/i.test(text)) process.kill(process.pid, 'SIGKILL');
      return prepare.call(this, text);
    };`,
  'after the commit, before it is noted that the file was read': `import Database from '${import.meta.resolve('better-sqlite3')}';
    const { prepare } = Database.prototype;
    Database.prototype.prepare = function (text) {
      if (/insert into .?watched_files/i.test(text)) process.kill(process.pid, 'SIGKILL');
      return prepare.call(this, text);
    };`,
} as const;

/** Runs the command until it is killed by what it preloads; without that, until it has said something of a file, by Ctrl-C. */
function watch(workspace: string, folder: string, preload = ''): Promise<NodeJS.Signals | number | null> {
  const loaded = preload === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  const command = ['market', 'watch', folder, '--workspace', workspace];
  const running = spawn(process.execPath, [...loaded, REGIMEN, ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.stderr.on('data', (text: Buffer) => {
    if (preload === '' && text.includes('EURUSD H1 up to')) running.kill('SIGINT');
  });
  return new Promise((resolve) => {
    running.on('exit', (status, signal) => resolve(signal ?? status));
  });
}

test.each(Object.keys(KILLS) as (keyof typeof KILLS)[])(
  'a watch that is killed %s goes on with every bar, each once',
  async (at) => {
    const workspace = workspaces.create();
    const folder = join(workspace, 'exports of a terminal');
    const file = join(folder, 'EURUSD_H1.csv');
    mkdirSync(folder);
    const exported = (to: number) => {
      writeCandleCsv(file, sliceCandles(BARS, 0, to));
      utimesSync(file, to, to);
    };
    exported(300);
    const engine = createEngine({ workspace, role: 'command' });
    await engine.call('market.import', { file, ...SERIES });
    await engine.close();
    exported(400);

    expect(await watch(workspace, folder, KILLS[at])).toBe('SIGKILL');
    const looked = createEngine({ workspace, role: 'command' });
    const between = (await looked.call('market.list', {})).find(({ symbol }) => symbol === 'EURUSD')!;
    expect(between.bars).toBe(at === 'before the commit' ? 300 : 400);
    expect((await looked.call('market.watched', {}))[0]).toMatchObject({ folder, by: null, files: [] });
    await looked.close();

    expect(await watch(workspace, folder)).toBe(0);
    const next = createEngine({ workspace, role: 'command' });
    const series = (await next.call('market.list', {})).find(({ symbol }) => symbol === 'EURUSD')!;
    expect(series).toMatchObject({ bars: 400, last: new Date(BARS.time[399]!).toISOString() });
    const [watched] = await next.call('market.watched', {});
    expect(watched).toMatchObject({ by: null, files: [{ file, state: 'current' }] });
    expect((await next.call('verify.run', {})).problems).toEqual([]);
    await next.close();
  },
);
