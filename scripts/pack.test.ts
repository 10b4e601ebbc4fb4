import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hourlyCsv } from '../main/cli/testing/command-line.ts';
import { collectNotices } from './builds/notices.ts';

/** The package for npm, installed where nothing of the project is. Slow: it is built, packed and installed once. */

const project = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'regimen-pack-'));
const prefix = join(root, 'prefix');
const installed = join(prefix, 'lib/node_modules/regimen');
/** Nothing but Node: neither the project's tools nor its environment. */
const env = {
  HOME: join(root, 'home'),
  PATH: [join(prefix, 'bin'), dirname(process.execPath)].join(delimiter),
};
let server: ChildProcess | undefined;

beforeAll(() => {
  mkdirSync(env.HOME);
  const packed = spawnSync(process.execPath, [join(project, 'scripts/pack.ts'), '--to', root], {
    encoding: 'utf8',
  });
  expect(packed.stderr).toBe('');
  const [file] = readdirSync(root).filter((name) => name.endsWith('.tgz'));
  const args = [
    'install',
    '-g',
    '--prefix',
    prefix,
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    join(root, file!),
  ];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
}, 240_000);
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

const regimen = (...args: readonly string[]) =>
  spawnSync('regimen', args, { env, encoding: 'utf8', cwd: root });

test('brings two libraries, and what it has of others is named with its license', () => {
  const own = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(Object.keys(own.dependencies)).toEqual(['better-sqlite3', 'piscina']);
  const notices = collectNotices();
  expect(notices.filter(({ license }) => license === 'unknown')).toEqual([]);
  const named = readFileSync(join(installed, 'NOTICES.txt'), 'utf8');
  for (const { name, version } of notices) expect(named).toContain(`${name} ${version} (`);
  const names = new Set(notices.map(({ name }) => name));
  const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  // The page's, and those of libraries in turn.
  const others = [
    'react',
    '@mantine/core',
    '@tanstack/react-table',
    'scheduler',
    'ws',
    'fast-json-stringify',
  ];
  expect([...Object.keys(dependencies), ...others].filter((name) => !names.has(name))).toEqual([]);
  expect(names).not.toContain('vitest');
  expect(notices.filter(({ text }) => text !== null).length).toBeGreaterThan(0.8 * notices.length);
});

test('has a command line that trains, in a workspace of the home folder', () => {
  // Few strategies: it is the package that is tested.
  mkdirSync(join(env.HOME, 'regimen'));
  writeFileSync(
    join(env.HOME, 'regimen/config.yaml'),
    'inference_grid: { prediction_methods: [direct], ensemble_methods: [mean], confidence_thresholds: [0.4], lookback_windows: [50] }\nstorage: { min_free_mb: 0 }\n',
  );
  writeFileSync(join(root, 'hours.csv'), hourlyCsv(6000));
  writeFileSync(
    join(root, 'one.yaml'),
    'model_types: ridge\nsymbols: EURUSD\ntimeframes: H1\ndays_history: 20\nhorizons: 3\n',
  );
  for (const args of [
    ['market', 'import', 'hours.csv', '--symbol', 'EURUSD', '--timeframe', 'H1'],
    ['train', 'one.yaml', '--parallel', '1'],
  ]) {
    const { status, stderr } = regimen(...args);
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  }
  expect(readdirSync(join(env.HOME, 'regimen'))).toContain('regimen.db');
}, 60_000);

test('has a server, with its page', async () => {
  server = spawn('regimen', ['serve', '--port', '0'], { env, cwd: root });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    server!.on('exit', () => reject(new Error(said)));
    for (const stream of [server!.stdout!, server!.stderr!]) {
      stream.on('data', (data: Buffer) => {
        said += data.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (found !== null) resolve(found[0]);
      });
    }
  });
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<div id="root">');
}, 60_000);

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
test.skipIf(!analyze)('has a unit that systemd accepts', () => {
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--user', join(installed, 'regimen.service')], {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: root },
  });
  expect(stderr).toBe('');
});
