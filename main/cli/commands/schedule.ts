import { Option } from 'commander';
import type { ReadingEngine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { DEFAULT_SCHEDULE } from '../../../engine/contract/api/schedules.ts';
import type { ScheduleDto, TrainedNameDto } from '../../../engine/contract/dto/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { followed } from '../follow-jobs.ts';
import { trainedText } from '../render/gate.ts';
import { nextText, schedulesText, scheduleText } from '../render/schedule.ts';
import type { CliCommand, CommandInput, Positional } from './command.ts';
import { given, MODEL_OPTIONS, MODEL_WORDS, trainedStatus } from './production.ts';
import { installCommand } from './schedule-install.ts';
import { whereTrained } from './where-trained.ts';

const option = (flags: string, text: string) => new Option(flags, text);

const NAME: readonly Positional[] = [
  { name: 'name', description: `the schedule (${DEFAULT_SCHEDULE})`, optional: true },
];
const nameOf = ({ name }: CommandInput) => (name === undefined ? {} : { name: String(name) });

const list: CliCommand = {
  path: ['schedule', 'list'],
  summary: 'schedules: when production trainings begin by themselves',
  positionals: [],
  options: [],
  async runReading(engine, _input, output) {
    const schedules = await engine.call('schedule.list', {});
    output.result(schedules, () => schedulesText(schedules));
    return EXIT_SUCCESS;
  },
};

const show: CliCommand = {
  path: ['schedule', 'show'],
  summary: 'a schedule: whether it is on, when it comes, what it trains, what came of the last ones',
  positionals: NAME,
  options: [],
  async runReading(engine, input, output) {
    const schedule = await engine.call('schedule.show', nameOf(input));
    output.result(schedule, () => scheduleText(schedule));
    return EXIT_SUCCESS;
  },
};

const next: CliCommand = {
  path: ['schedule', 'next'],
  summary: 'the next times of a schedule, or of a cron expression that is tried',
  positionals: NAME,
  options: [
    option('--cron <fields>', 'five fields to try, as in a crontab: "0 2 * * 0"'),
    option('--zone <zone>', 'IANA time zone of these (UTC)'),
    option('--count <n>', 'how many times (5)'),
  ],
  async runReading(engine, input, output) {
    const count = given<{ count?: string }>(input, ['count']);
    const found = await timesOf(engine, input, count);
    output.result(found.next, () => `${found.sentence}\n${nextText(found.next, found.zone)}`);
    return EXIT_SUCCESS;
  },
};

async function timesOf(engine: ReadingEngine, input: CommandInput, count: { count?: string }) {
  if (input.cron === undefined && input.zone === undefined) {
    return await engine.call('schedule.show', { ...nameOf(input), ...count } as RawInput<'schedule.show'>);
  }
  const known = await engine.call('schedule.show', nameOf(input));
  const tried = { cron: String(input.cron ?? known.cron), zone: String(input.zone ?? known.zone) };
  const found = await engine.call('schedule.next', { ...tried, ...count } as RawInput<'schedule.next'>);
  return { ...found, zone: tried.zone };
}

/** Of one run, rather than of all of a schedule. */
const OTHERS = new Set(['--output-json', '--overwrite', '--parallel', '--redis']);

const set: CliCommand = {
  path: ['schedule', 'set'],
  summary:
    'make a schedule or change what is named of it; without --symbol it trains every name in production',
  positionals: NAME,
  options: [
    option('--cron <fields>', 'when: minute, hour, day of the month, month, day of the week ("0 2 * * 0")'),
    option('--zone <zone>', 'IANA time zone, such as Europe/Berlin (UTC)'),
    option('--on', 'switch it on'),
    option('--off', 'switch it off'),
    option('--symbol <symbol>', 'train one name: its symbol'),
    option('--timeframe <timeframe>', 'and its timeframe'),
    option('--regime <regime>', 'and the regime that it trades alone in (all)'),
    option('--all', 'train every name in production, each as it is'),
    ...MODEL_OPTIONS().filter(({ long }) => !OTHERS.has(long ?? '')),
  ],
  async run(engine, input, output) {
    if (input.on === true && input.off === true) {
      throw new EngineError('invalid-input', 'A schedule is switched on or off: give --on or --off.');
    }
    const known = await engine.call('schedule.list', {});
    const name = nameOf(input).name ?? DEFAULT_SCHEDULE;
    const before = known.find((one) => one.name === name);
    const asked = given<Record<string, unknown>>(input, ['symbol', 'timeframe', 'regime', ...MODEL_WORDS]);
    const isOther = input.all === true || Object.keys(asked).length > 0;
    const schedule = await engine.call('schedule.set', {
      name,
      ...given<{ cron?: string; zone?: string }>(input, ['cron', 'zone']),
      ...(input.on === true && { enabled: true }),
      ...(input.off === true && { enabled: false }),
      ...(isOther && { training: { ...(input.all === true ? {} : trainingOf(before)), ...asked } }),
    });
    output.result(schedule, () => scheduleText(schedule));
    return EXIT_SUCCESS;
  },
};

const trainingOf = (schedule: ScheduleDto | undefined) => schedule?.asked ?? {};

const switched = (word: 'on' | 'off'): CliCommand => ({
  path: ['schedule', word],
  summary: word === 'on' ? 'switch a schedule on: its times count from now on' : 'switch a schedule off',
  positionals: NAME,
  options: [],
  async run(engine, input, output) {
    await engine.call('schedule.show', nameOf(input));
    const schedule = await engine.call('schedule.set', { ...nameOf(input), enabled: word === 'on' });
    output.result(schedule, () => scheduleText(schedule));
    if (word === 'on') {
      output.log(
        'It begins in the window or server that is open then. For a machine on which none is: `schedule install`.',
      );
    }
    return EXIT_SUCCESS;
  },
});

const remove: CliCommand = {
  path: ['schedule', 'remove'],
  summary: 'take a schedule away; what it trained stays',
  positionals: [{ name: 'name', description: 'the schedule' }],
  options: [],
  async run(engine, input, output) {
    const left = await engine.call('schedule.remove', nameOf(input));
    output.result(left, () => schedulesText(left));
    return EXIT_SUCCESS;
  },
};

const run: CliCommand = {
  path: ['schedule', 'run'],
  summary: "run a schedule's training now, whether it is on or not; with --due only if its time has come",
  positionals: NAME,
  options: [
    option(
      '--due',
      'only if it is on and a time of it has come since it ran last, or what it began was interrupted: for timers',
    ),
    option('--force', 'do not compare with what is in production; it stands in the journal for ever'),
    option('--optimize', 'search hyper-parameters first'),
    option('--trials <n>', 'search hyper-parameters first, in so many trials'),
    option(
      '--skip-validation',
      'ask for no test windows, thresholds and verdict; it stands in the journal for ever',
    ),
    option('--dry-run', 'train, validate and compare, but promote nothing'),
    option('--reason <text>', 'why: it stands in the journal'),
    ...whereTrained(),
  ],
  async run(engine, input, output) {
    const changes = given<RawInput<'schedule.run'>>(input, CHANGES);
    const { due } = input;
    if (due === true && Object.keys(changes).length > 0) {
      throw new EngineError('invalid-input', 'What is due runs as the schedule says: --due stands alone.');
    }
    const asked = { ...nameOf(input), ...changes, due: due === true };
    const { results } = await followed(engine, output, () => engine.call('schedule.run', asked));
    output.result(results, () => (results === null ? 'Nothing is due.' : trainedText(results)));
    return results === null ? EXIT_SUCCESS : trainedStatus(results satisfies readonly TrainedNameDto[]);
  },
};

const CHANGES = ['force', 'optimize', 'trials', 'skipValidation', 'dryRun', 'reason'];

export const scheduleCommands: readonly CliCommand[] = [
  list,
  show,
  next,
  set,
  switched('on'),
  switched('off'),
  run,
  remove,
  installCommand,
];
