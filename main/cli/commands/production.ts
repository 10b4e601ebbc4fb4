import { Option } from 'commander';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { journalText, namesText, nameText, tenuresText, versionText } from '../render/registry.ts';
import type { CliCommand, CommandInput, Positional } from './command.ts';

const option = (flags: string, text: string) => new Option(flags, text);

const PLACE: readonly Positional[] = [
  { name: 'symbol', description: 'such as EURUSD' },
  { name: 'timeframe', description: 'such as H1' },
];
const REGIME = () => option('--regime <regime>', 'the regime that it trades alone in (all)');
const VERSION = (text: string) => option('--version <version>', text);
const REASON = () => option('--reason <text>', 'why: it stands in the journal');

/** Of what is typed, what a method takes. */
function given<T extends object>(input: CommandInput, names: readonly string[]): T {
  return Object.fromEntries(
    names.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  ) as T;
}

const list: CliCommand = {
  path: ['production', 'list'],
  summary: 'names, who is in charge of each, and since when',
  positionals: [],
  options: [],
  async runReading(engine, _input, output) {
    const names = await engine.call('production.list', {});
    output.result(names, () => namesText(names));
    return EXIT_SUCCESS;
  },
};

const show: CliCommand = {
  path: ['production', 'show'],
  summary: 'a name with its versions; with --version one of them in full',
  positionals: PLACE,
  options: [REGIME(), VERSION('the version that is shown in full')],
  async runReading(engine, input, output) {
    const name = await engine.call(
      'production.show',
      given<RawInput<'production.show'>>(input, ['symbol', 'timeframe', 'regime']),
    );
    const version = input.version === undefined ? undefined : String(input.version);
    output.result(name, () => nameText(name, version));
    return EXIT_SUCCESS;
  },
};

const journal: CliCommand = {
  path: ['production', 'journal'],
  summary: 'what was done to a name, or to all; with --at what was in production on a day',
  positionals: PLACE.map((positional) => ({ ...positional, optional: true })),
  options: [
    REGIME(),
    option('--at <time>', 'a day (2026-05-03, UTC) or a time: what was in production then'),
    option('--csv <file>', 'write the journal as CSV'),
    option('--overwrite', 'replace that file where it is there'),
  ],
  async runReading(engine, input, output) {
    const asked = given<RawInput<'production.journal'>>(input, [
      'symbol',
      'timeframe',
      'regime',
      'at',
      'csv',
      'overwrite',
    ]);
    const found = await engine.call('production.journal', asked);
    if (found.file !== null) output.log(`The journal is written to ${found.file}.`);
    output.result(found, () =>
      input.at === undefined ? journalText(found.entries) : tenuresText(String(input.at), found.inProduction),
    );
    return EXIT_SUCCESS;
  },
};

const register: CliCommand = {
  path: ['production', 'register'],
  summary: 'make a version of a champion or a run: a refit on the newest bars, the candidate of its name',
  positionals: [
    {
      name: 'source',
      description: 'SYMBOL/TIMEFRAME/REGIME[/RANK] of a champion, or number or UUID of a run',
    },
  ],
  options: [
    option('--name <name>', 'the place it is for, "SYMBOL TIMEFRAME REGIME", where it is not its own'),
    REASON(),
    option('--parallel <n>', 'worker threads, 1 to 256 (queue.threads)'),
  ],
  async run(engine, input, output) {
    const source = String(input.source);
    const made = await engine.call('production.register', {
      ...(source.includes('/') ? { champion: source } : { run: source }),
      ...given<RawInput<'production.register'>>(input, ['name', 'reason']),
    });
    output.result(made, () => versionText(made));
    return EXIT_SUCCESS;
  },
};

const rollback: CliCommand = {
  path: ['production', 'rollback'],
  summary: 'back to the version that was in charge before, or to any',
  positionals: PLACE,
  options: [REGIME(), VERSION('the version to go back to (the one before)'), REASON()],
  async run(engine, input, output) {
    const names = ['symbol', 'timeframe', 'regime', 'version', 'reason'];
    const name = await engine.call(
      'production.rollback',
      given<RawInput<'production.rollback'>>(input, names),
    );
    output.result(name, () => nameText(name));
    return EXIT_SUCCESS;
  },
};

const retire: CliCommand = {
  path: ['production', 'retire'],
  summary: 'leave nobody in charge of a name',
  positionals: PLACE,
  options: [REGIME(), REASON()],
  async run(engine, input, output) {
    const names = ['symbol', 'timeframe', 'regime', 'reason'];
    const name = await engine.call('production.retire', given<RawInput<'production.retire'>>(input, names));
    output.result(name, () => nameText(name));
    return EXIT_SUCCESS;
  },
};

const alias: CliCommand = {
  path: ['production', 'alias'],
  summary: 'point an alias of your own to a version; without --version take it away',
  positionals: [...PLACE, { name: 'alias', description: 'such as challenger' }],
  options: [REGIME(), VERSION('the version that it points to')],
  async run(engine, input, output) {
    const name = await engine.call('production.alias', {
      ...given<RawInput<'production.alias'>>(input, ['symbol', 'timeframe', 'regime', 'alias']),
      version: input.version === undefined ? null : String(input.version),
    });
    output.result(name, () => nameText(name));
    return EXIT_SUCCESS;
  },
};

export const productionCommands: readonly CliCommand[] = [
  register,
  list,
  show,
  rollback,
  retire,
  alias,
  journal,
];
