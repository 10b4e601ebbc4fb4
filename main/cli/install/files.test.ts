import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseCron } from '../../../engine/contract/cron.ts';
import { filesFor, writeFiles } from '../install.ts';
import {
  activation,
  calendarOf,
  crontabFile,
  githubFile,
  INSTALL_KINDS,
  systemdFiles,
  windowsFile,
} from './files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-install-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that some reader of text has its own idea of. */
const ODD = `/data/it's 100% "mine" & $HOME <x>\\`;
const WEEKLY = {
  name: 'weekly',
  cron: '0 2 * * 0',
  zone: 'UTC',
  sentence: 'Every Sunday at 02:00 (UTC)',
  workspace: ODD,
};
/** Where none but its own workspace's files are replaced. */
const own = { workspace: ODD, force: false };
const echo = { program: process.execPath, args: ['-p', 'JSON.stringify(process.argv.slice(1))', ODD] };

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('systemd', () => {
  it.each([
    ['0 2 * * 0', ['Sun *-*-* 02:00:00 UTC']],
    ['*/30 6 1,15 jan *', ['*-01-01,15 06:00,30:00 UTC']],
    ['5 0 13 * fri', ['*-*-13 00:05:00 UTC', 'Fri *-*-* 00:05:00 UTC']],
    ['* * * * *', ['*-*-* *:*:00 UTC']],
  ])('%s is a calendar of its own', (cron, expected) => {
    expect(calendarOf(parseCron(cron), 'UTC')).toEqual(expected);
  });

  it.skipIf(!hasSystemd)('reads each calendar, and service and timer as they are written', () => {
    for (const cron of ['0 2 * * 0', '*/30 6 1,15 jan *', '5 0 13 * fri', '0 1-4 * 2,3 mon-fri']) {
      for (const calendar of calendarOf(parseCron(cron), 'Europe/Berlin')) {
        expect(spawnSync('systemd-analyze', ['calendar', calendar], { encoding: 'utf8' })).toMatchObject({
          status: 0,
        });
      }
    }
    const paths = writeFiles(folder, systemdFiles(WEEKLY, echo), own);
    const said = spawnSync('systemd-analyze', ['verify', '--user', ...paths], { encoding: 'utf8' });
    expect(said.stderr).not.toMatch(/regimen-weekly/);
  });

  it.skipIf(!hasSystemd)('comes when the schedule does', () => {
    const [calendar] = calendarOf(parseCron('0 2 * * 0'), 'UTC');
    const said = spawnSync(
      'systemd-analyze',
      ['calendar', '--base-time=2026-11-25 12:00:00 UTC', '--iterations=2', calendar!],
      { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } },
    ).stdout;
    expect(said).toContain('Sun 2026-11-29 02:00:00 UTC');
    expect(said).toContain('Sun 2026-12-06 02:00:00 UTC');
  });

  it('doubles what is its own in a path', () => {
    const [service] = systemdFiles(WEEKLY, { program: '/n', args: [ODD] });
    expect(service!.text).toContain(`ExecStart=/n "/data/it's 100%% \\"mine\\" & $$HOME <x>\\\\"\n`);
  });
});

it('a line of a crontab has six fields, and a shell takes its words as they are', () => {
  const { text } = crontabFile({ ...WEEKLY, cron: '7 2 * * 0' }, echo);
  const [, line] = text.split('\n');
  const [, fields, command] = /^((?:\S+ ){5})(.*) >\/dev\/null$/.exec(line!)!;
  expect(fields).toBe('7 * * * * ');
  // What cron leaves of an escaped percent sign.
  const asCron = command!.replaceAll('\\%', '%');
  expect(/(?<!\\)%/.test(command!)).toBe(false);
  expect(JSON.parse(execFileSync('/bin/sh', ['-c', asCron], { encoding: 'utf8' }))).toEqual([ODD]);
  expect(text.endsWith('\n')).toBe(true);
});

it('a task of Windows has what its schema asks for, and arguments that are split as they were', () => {
  const { text, encoding } = windowsFile(WEEKLY, {
    program: 'C:\\Program Files\\node.exe',
    args: ['run', 'C:\\my "x" data\\'],
  });
  expect(encoding).toBe('utf16le');
  const dom = (path: string) => new RegExp(`<${path}>([^<]*)</${path}>`).exec(text)?.[1];
  expect(dom('Command')).toBe('C:\\Program Files\\node.exe');
  expect(dom('Arguments')).toBe('run &quot;C:\\my \\&quot;x\\&quot; data\\\\&quot;');
  expect([dom('Interval'), dom('StartWhenAvailable'), dom('MultipleInstancesPolicy')]).toEqual([
    'PT1H',
    'true',
    'IgnoreNew',
  ]);
  // Each element is closed, in order, and the sections are those of a task.
  const open: string[] = [];
  const sections: string[] = [];
  for (const [, close, name, self] of text.matchAll(/<(\/?)([A-Z]\w+)[^>]*?(\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else if (self !== '/') {
      if (open.length === 1) sections.push(name!);
      open.push(name!);
    }
  }
  expect(open).toEqual([]);
  expect(sections).toEqual(['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions']);
});

it('a workflow is YAML that runs what is due, in its zone, and by hand with options', () => {
  const { text } = githubFile({ ...WEEKLY, zone: 'Europe/Berlin', cron: '0 2 * * sun' });
  const workflow = parse(text);
  expect(workflow.on.schedule).toEqual([{ cron: '0 2 * * SUN', timezone: 'Europe/Berlin' }]);
  expect(Object.keys(workflow.on.workflow_dispatch.inputs)).toEqual([
    'force_retrain',
    'optimization_trials',
    'skip_validation',
  ]);
  const [due, now] = workflow.jobs.train.steps.slice(-2);
  expect(due.env.WORKSPACE).toBe(ODD);
  expect(due.run).toContain('schedule run weekly --due');
  expect(now.run).toContain('$FORCE $TRIALS $SKIP');
});

it('a file of something else is not replaced, one of its own is', () => {
  const files = filesFor('crontab', WEEKLY);
  const foreign = join(folder, 'regimen-weekly.crontab');
  writeFileSync(foreign, '0 1 * * * mine\n');
  expect(() => writeFiles(folder, files, own)).toThrow('not written by this command');
  expect(readFileSync(foreign, 'utf8')).toBe('0 1 * * * mine\n');
  expect(writeFiles(folder, files, { ...own, force: true })).toEqual([foreign]);
  expect(writeFiles(folder, files, own)).toEqual([foreign]);
  expect(readFileSync(foreign, 'utf8')).toContain('schedule run weekly --due --workspace ');
  const [windows] = writeFiles(folder, filesFor('windows', WEEKLY), own);
  expect(readFileSync(windows!).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
  expect(writeFiles(folder, filesFor('windows', WEEKLY), own)).toEqual([windows]);
  expect(existsSync(join(folder, 'regimen-weekly.xml'))).toBe(true);
});

it.each(INSTALL_KINDS)(
  '%s: a file of another workspace, with a schedule of the same name, is not replaced',
  (kind) => {
    const out = join(folder, `of-${kind}`);
    const other = { ...WEEKLY, workspace: '/data/other' };
    writeFiles(out, filesFor(kind, WEEKLY), own);
    const before = readdirSync(out).map((name) => readFileSync(join(out, name), 'latin1'));
    const place = { workspace: other.workspace, force: false };
    expect(() => writeFiles(out, filesFor(kind, other), place)).toThrow(`of the same name in ${ODD}`);
    expect(readdirSync(out).map((name) => readFileSync(join(out, name), 'latin1'))).toEqual(before);
    writeFiles(out, filesFor(kind, other), { ...place, force: true });
    expect(() => writeFiles(out, filesFor(kind, WEEKLY), own)).toThrow('of the same name in /data/other');
  },
);

it('a line of a crontab is put there once, however often', () => {
  const [path] = writeFiles(join(folder, 'twice'), filesFor('crontab', WEEKLY), own);
  const table = join(folder, 'table');
  writeFileSync(table, '5 5 * * * somebody else\n');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  // Stands for crontab(1): -l prints the table, - takes a new one.
  writeFileSync(
    join(bin, 'crontab'),
    `#!/bin/sh\nif [ "$1" = -l ]; then cat '${table}'; else cat > '${table}.new' && mv '${table}.new' '${table}'; fi\n`,
    { mode: 0o755 },
  );
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  for (let n = 0; n < 2; n++)
    execFileSync('/bin/sh', ['-c', activation('crontab', 'weekly', [path!])], { env });
  expect(readFileSync(table, 'utf8')).toBe(`5 5 * * * somebody else\n${readFileSync(path!, 'utf8')}`);
});
