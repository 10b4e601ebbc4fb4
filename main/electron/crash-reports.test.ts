import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expiredReports, keepCrashReports, removeExpired } from './crash-reports.ts';

const electron = vi.hoisted(() => ({ setPath: vi.fn(), start: vi.fn() }));
vi.mock('electron', () => ({
  app: { setPath: electron.setPath },
  crashReporter: { start: electron.start },
}));

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 15);

test('ten reports of the last thirty days stay', () => {
  const reports = Array.from({ length: 12 }, (_, day) => ({ path: `${day}`, writtenAt: NOW - day * DAY }));
  expect(expiredReports(reports, NOW).map(({ path }) => path)).toEqual(['10', '11']);
  expect(expiredReports(reports, NOW + 25 * DAY).map(({ path }) => path)).toEqual([
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
  ]);
});

test('an old report goes with what is noted beside it, and nothing else does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-crashes-'));
  mkdirSync(join(folder, 'completed'));
  const write = (name: string, at: number) => {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), at / 1000, at / 1000);
  };
  write('completed/old.dmp', NOW - 31 * DAY);
  write('completed/old.meta', NOW - 31 * DAY);
  write('completed/new.dmp', NOW - DAY);
  write('settings.dat', NOW - 400 * DAY);
  removeExpired(folder, NOW);
  expect(readdirSync(folder).sort()).toEqual(['completed', 'settings.dat']);
  expect(readdirSync(join(folder, 'completed'))).toEqual(['new.dmp']);
  rmSync(folder, { recursive: true });
});

test('reports lie in the folder of the window and are sent nowhere', () => {
  const state = mkdtempSync(join(tmpdir(), 'regimen-crashes-'));
  const folder = join(state, 'crashes');
  expect(keepCrashReports(state, NOW)).toBe(folder);
  expect(electron.setPath.mock.calls).toEqual([['crashDumps', folder]]);
  expect(electron.start.mock.calls).toEqual([[{ uploadToServer: false }]]);
  expect(electron.setPath.mock.invocationCallOrder[0]).toBeLessThan(
    electron.start.mock.invocationCallOrder[0]!,
  );
  rmSync(state, { recursive: true });
});
