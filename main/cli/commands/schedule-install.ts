import { resolve } from 'node:path';
import { Option } from 'commander';
import { DEFAULT_SCHEDULE } from '../../../engine/contract/api/schedules.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { activation, INSTALL_KINDS } from '../install/files.ts';
import { filesFor, folderOf, kindHere, writeFiles } from '../install.ts';
import type { CliCommand } from './command.ts';

const KIND_TEXT = {
  systemd: 'a systemd service and timer of this user',
  windows: 'a task of the Windows Task Scheduler, as XML',
  crontab: 'a line for a crontab',
  github: 'a workflow of GitHub Actions',
} as const;

/** For machines on which no window or server is open at a schedule's times. */
export const installCommand: CliCommand = {
  path: ['schedule', 'install'],
  summary: "write the files that have this machine's own timer do what a schedule has due",
  positionals: [{ name: 'name', description: `the schedule (${DEFAULT_SCHEDULE})`, optional: true }],
  options: [
    ...INSTALL_KINDS.map((kind) => new Option(`--${kind}`, KIND_TEXT[kind])),
    new Option('--out <folder>', 'where they are written (where they belong, else here)'),
    new Option('--force', 'replace files that something else wrote, or that are of another workspace'),
  ],
  async runReading(engine, input, output) {
    const wanted = INSTALL_KINDS.filter((kind) => input[kind] === true);
    if (wanted.length > 1) {
      throw new EngineError('invalid-input', `One kind at a time: found --${wanted.join(' and --')}.`);
    }
    const kind = wanted[0] ?? kindHere();
    const schedule = await engine.call(
      'schedule.show',
      input.name === undefined ? {} : { name: String(input.name) },
    );
    const { workspace } = await engine.call('storage.summary', {});
    const folder = input.out === undefined ? folderOf(kind) : resolve(String(input.out));
    const place = { workspace: resolve(workspace), force: input.force === true };
    const files = writeFiles(folder, filesFor(kind, { ...schedule, workspace: place.workspace }), place);
    const next = activation(kind, schedule.name, files);
    output.result({ kind, files, activate: next, enabled: schedule.enabled }, () =>
      [
        `Written: ${KIND_TEXT[kind]}, for schedule ${schedule.name} (${schedule.sentence}).`,
        ...files.map((file) => `  ${file}`),
        'To activate:',
        ...next.split('\n').map((line) => `  ${line}`),
      ].join('\n'),
    );
    if (!schedule.enabled) {
      output.log(
        `Schedule ${schedule.name} is off, and nothing will be due: \`schedule on ${schedule.name}\` switches it on.`,
        'warn',
      );
    }
    return EXIT_SUCCESS;
  },
};
