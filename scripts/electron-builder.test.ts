import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, matchesGlob } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
// electron-builder's own check of a configuration, against its own schema.
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util');

const text = readFileSync(join(project, 'electron-builder.yml'), 'utf8');
const read = () => load(text) as Record<string, never>;

test('electron-builder accepts the configuration', async () => {
  await expect(validateConfiguration(read(), new DebugLogger(false))).resolves.toBeUndefined();
});

test('its check would notice a mistake', async () => {
  const mistyped = { ...read(), electronFuse: {} };
  await expect(validateConfiguration(mistyped, new DebugLogger(false))).rejects.toThrow('electronFuse');
});

test('every platform has its targets, every icon is there', () => {
  const { linux, mac, win } = read() as Record<
    'linux' | 'mac' | 'win',
    { target: string | string[]; icon: string }
  >;
  expect([linux.target, mac.target, win.target]).toEqual([['AppImage', 'deb'], 'dmg', 'nsis']);
  for (const { icon } of [linux, mac, win]) expect(existsSync(join(project, icon))).toBe(true);
});

test('fuses leave no other way into the program', () => {
  expect(read().electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  });
});

test.each([
  ['out/main/task.js', true],
  ['out/main/analysis-task.js', true],
  ['out/main/market-task.js', true],
  ['out/main/index.js', false],
  ['node_modules/better-sqlite3/prebuilds/linux-x64/better_sqlite3.node', true],
  ['node_modules/piscina/dist/worker.js', true],
  ['node_modules/zod/index.js', false],
])('%s is outside the archive: %s', (file, outside) => {
  const patterns = read().asarUnpack as unknown as string[];
  expect(patterns.some((pattern) => matchesGlob(file, pattern))).toBe(outside);
});

test('grids and links are opened with it, and no other file is called a grid', () => {
  const { fileAssociations, protocols, linux } = read() as Record<string, never>;
  expect(fileAssociations).toEqual([expect.not.objectContaining({ mimeType: expect.anything() })]);
  expect(protocols).toEqual([{ name: 'Regimen', schemes: ['regimen'] }]);
  expect(linux).toMatchObject({ executableName: 'regimen-desktop', syncDesktopName: true });
  const { desktopName } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  expect(desktopName).toBe('regimen-desktop.desktop');
});

test('tests and sources stay out of the package', () => {
  const files = read().files as unknown as string[];
  const included = files.filter((pattern) => !pattern.startsWith('!'));
  expect(included).toEqual(['out/main/**', 'out/preload/**', 'out/renderer/**', 'package.json']);
});
