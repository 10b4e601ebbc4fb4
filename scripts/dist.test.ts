import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * The desktop's unpacked folder and its deb, as electron-builder makes them; in place of Electron's runtime, which is a download, a folder with a
 * program that has its fuses. AppImage, dmg and nsis take tools that are downloads as well: their configuration is checked against electron-builder's
 * schema (electron-builder.test.ts), and they have the same unpacked folder within. Slow, half a minute: what is installed is built and packed once.
 */

const project = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'regimen-dist-'));
const runtime = join(root, 'runtime');
const installed = join(root, 'installed');
const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;
const packed = join(root, 'linux-unpacked/resources');
// What electron-builder reads archives with.
const asar = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'))(
  '@electron/asar',
);

/** Where @electron/fuses finds them: a mark, the version of the list, its length, and a fuse each, off. */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('0'.repeat(9)),
]);

beforeAll(async () => {
  mkdirSync(join(runtime, 'resources'), { recursive: true });
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'empty/main.js'), '');
  await asar.createPackage(join(root, 'empty'), join(runtime, 'resources/default_app.asar'));
  writeFileSync(join(runtime, 'electron'), FUSES);
  chmodSync(join(runtime, 'electron'), 0o755);
  // Better compression takes longer than all the rest.
  const quick = ['-c.deb.compression=gz', `-c.electronDist=${runtime}`, `-c.directories.output=${root}`];
  for (const args of [
    ['scripts/builds/build.ts', 'desktop', 'hosts'],
    ['node_modules/electron-builder/cli.js', '--linux', 'dir', ...(hasDpkg ? ['deb'] : []), ...quick],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, CUSTOM_FPM_PATH: join(project, 'scripts/builds/deb.mjs') },
    });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
  }
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the unpacked folder', () => {
  test('has the native module of its platform alone, and of libraries only those with files of their own', () => {
    const files: string[] = asar.listPackage(join(packed, 'app.asar'));
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([
      expect.stringMatching(/^\/node_modules\/@napi-rs\/nice-linux-x64-\w+\/nice\.linux-x64-\w+\.node$/),
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ]);
    const libraries = files.flatMap(
      (file) => /^\/node_modules\/([^/@][^/]*|@[^/]+\/[^/]+)$/.exec(file)?.[1] ?? [],
    );
    expect(libraries.filter((name) => !name.startsWith('@napi-rs/'))).toEqual(['better-sqlite3', 'piscina']);
    expect(files.filter((file) => /\.(map|test\.\w+|d\.ts)$/.test(file))).toEqual([]);
    const main = String(asar.extractFile(join(packed, 'app.asar'), 'out/main/index.js'));
    expect(main).toContain('kysely');
    expect(main).not.toMatch(/@fastify|fastify\.register/);
  });

  test('has what threads run beside the archive, and its page within', () => {
    for (const file of ['out/main/task.js', 'out/main/analysis-task.js', 'out/main/market-task.js']) {
      expect([file, existsSync(join(packed, 'app.asar.unpacked', file))]).toEqual([file, true]);
    }
    const files: string[] = asar.listPackage(join(packed, 'app.asar'));
    expect(files).toContain('/out/renderer/index.html');
    expect(files).toContain('/out/main/index.js');
  });

  test('has its license, and those of what it brings', () => {
    expect(readFileSync(join(packed, 'LICENSE'), 'utf8')).toMatch(/^MIT License/);
    const notices = readFileSync(join(packed, 'NOTICES.txt'), 'utf8');
    for (const name of ['react', 'kysely', 'piscina', 'fastify'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(readFileSync(join(packed, 'command-line/LICENSE.node.txt'), 'utf8')).toContain('Node.js');
  });
});

describe.runIf(hasDpkg && process.platform === 'linux' && process.arch === 'x64')('the deb', () => {
  beforeAll(() => {
    const [deb] = readdirSync(root).filter((name) => name.endsWith('.deb'));
    expect(spawnSync('dpkg-deb', ['-x', join(root, deb!), installed]).status).toBe(0);
    field = (name) =>
      spawnSync('dpkg-deb', ['-f', join(root, deb!), name], { encoding: 'utf8' }).stdout.trim();
  });
  let field: (name: string) => string;
  const read = (path: string) => readFileSync(join(installed, path), 'utf8');
  const commandLine = join(installed, 'opt/Regimen/resources/command-line');
  /** As /usr/bin/regimen does, whose path is that of an installed package. */
  const regimen = (...args: readonly string[]) =>
    spawnSync(join(commandLine, 'regimen'), args, {
      encoding: 'utf8',
      env: { HOME: join(root, 'home'), PATH: '/usr/bin:/bin' },
    });

  test('says what it is, who made it, and what it needs', () => {
    expect(field('Package')).toBe('regimen');
    expect(field('Version')).toBe(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version);
    expect(field('Architecture')).toBe('amd64');
    expect(field('Maintainer')).toMatch(/^The Regimen authors </);
    expect(field('Depends')).toContain('libgtk-3-0');
    expect(field('Description')).toMatch(/^Training grids of forex models, .+\n .+/);
    expect(Number(field('Installed-Size'))).toBeGreaterThan(100_000);
  });

  test('opens grids and links, and has its icons in each size', () => {
    const entry = read('usr/share/applications/regimen-desktop.desktop');
    expect(entry).toMatch(/^Exec=\/opt\/Regimen\/regimen-desktop %U$/m);
    expect(entry).toMatch(/^MimeType=.*application\/yaml;.*x-scheme-handler\/regimen;$/m);
    expect(entry).toMatch(/^Icon=regimen-desktop$/m);
    expect(entry).toMatch(/^StartupWMClass=regimen-desktop$/m);
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const icon = join(installed, `usr/share/icons/hicolor/${size}x${size}/apps/regimen-desktop.png`);
      // The width, in a PNG's first chunk.
      expect(readFileSync(icon).readUInt32BE(16)).toBe(size);
    }
    expect(existsSync(join(installed, 'usr/share/mime'))).toBe(false);
  });

  test('brings a command line that needs nothing of the machine, nor of the project', () => {
    expect(read('usr/bin/regimen')).toContain('exec /opt/Regimen/resources/command-line/regimen "$@"');
    const help = regimen('--help');
    expect(help).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('Usage: regimen') });
    expect(help.stdout).toMatch(/^ {2}serve \[options\]/m);
    const listed = regimen('champions', '--json');
    expect([listed.status, listed.stderr]).toEqual([0, '']);
    // Of every library one copy, and of its natives this platform's.
    const libraries = readdirSync(join(commandLine, 'node_modules'));
    expect(libraries.sort()).toEqual(['better-sqlite3', 'piscina', 'regimen']);
    expect(readdirSync(join(commandLine, 'node_modules/better-sqlite3/prebuilds'))).toEqual([
      'linux-x64.node',
    ]);
  });

  test('brings a server with its page, and a unit that starts it', async () => {
    expect(read('usr/lib/systemd/user/regimen.service')).toMatch(/^ExecStart=.* regimen serve /m);
    const server = spawn(join(commandLine, 'regimen'), ['serve', '--port', '0'], {
      env: { HOME: join(root, 'home'), PATH: '/usr/bin:/bin' },
    });
    try {
      const [line] = await once(createInterface(server.stdout), 'line');
      const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line)!;
      const page = await fetch(origin);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
    } finally {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  });
});
