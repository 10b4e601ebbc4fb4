import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * The desktop's unpacked folder, as electron-builder makes it; in place of Electron's runtime, which is a download, a folder with a program that has
 * its fuses. Slow: the desktop is built and packed once.
 */

const project = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'regimen-dist-'));
const runtime = join(root, 'runtime');
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
  const builder = join(project, 'node_modules/.bin/electron-builder');
  for (const [program, ...args] of [
    [process.execPath, 'scripts/builds/build.ts', 'desktop'],
    [builder, '--linux', 'dir', '--x64', `-c.electronDist=${runtime}`, `-c.directories.output=${root}`],
  ] as const) {
    const { status, stderr } = spawnSync(program, args, { cwd: project, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
  }
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('has the native module of its platform alone, and nothing that only the server imports', () => {
  const files: string[] = asar.listPackage(join(packed, 'app.asar'));
  expect(files.filter((file) => /better-sqlite3.*\.node$/.test(file))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]);
  expect(files.filter((file) => /node_modules\/(@scalar|@fastify|fastify)\//.test(file))).toEqual([]);
  // What it does import is there.
  for (const name of ['kysely', 'pino', 'zod', 'piscina', 'js-yaml', 'croner']) {
    expect(files).toContain(`/node_modules/${name}/package.json`);
  }
  expect(files.filter((file) => file.endsWith('.map') || file.includes('.test.'))).toEqual([]);
});

test('has what threads run beside the archive, and its page within', () => {
  for (const file of ['out/main/task.js', 'out/main/analysis-task.js', 'out/main/market-task.js']) {
    expect([file, existsSync(join(packed, 'app.asar.unpacked', file))]).toEqual([file, true]);
  }
  const files: string[] = asar.listPackage(join(packed, 'app.asar'));
  expect(files).toContain('/out/renderer/index.html');
  expect(files).toContain('/out/main/index.js');
});
