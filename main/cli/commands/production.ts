import { Option } from 'commander';
import type { ReadingEngine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { GateReportDto, TrainedNameDto } from '../../../engine/contract/dto/index.ts';
import { EXIT_SUCCESS, EXIT_TRAINING_FAILED, EXIT_VALIDATION_FAILED } from '../../host/exit-status.ts';
import { followed } from '../follow-jobs.ts';
import { methodOptions } from '../method-options.ts';
import type { Output } from '../output.ts';
import { comparisonText, gateText, trainedText } from '../render/gate.ts';
import { modelExportText } from '../render/model-export.ts';
import { journalText, namesText, nameText, tenuresText, versionText } from '../render/registry.ts';
import type { CliCommand, CommandInput, Positional } from './command.ts';
import { whereTrained } from './where-trained.ts';

const option = (flags: string, text: string) => new Option(flags, text);

const PLACE: readonly Positional[] = [
  { name: 'symbol', description: 'such as EURUSD' },
  { name: 'timeframe', description: 'such as H1' },
];
const REGIME = () => option('--regime <regime>', 'the regime that it trades alone in (all)');
const VERSION = (text: string) => option('--version <version>', text);
const REASON = () => option('--reason <text>', 'why: it stands in the journal');

/** Of what is typed, what a method takes. */
export function given<T extends object>(input: CommandInput, names: readonly string[]): T {
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

const exportVersion: CliCommand = {
  path: ['production', 'export'],
  summary: 'write the model of a version for use elsewhere',
  positionals: PLACE,
  options: methodOptions('production.export', ['symbol', 'timeframe']),
  async runReading(engine, input, output) {
    const written = await engine.call('production.export', input as RawInput<'production.export'>);
    output.result(written, () => modelExportText(written));
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
    ...whereTrained(),
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

const GATE = () => [
  option('--preset <preset>', 'list of criteria: quick, promotion, two_errors, ranks'),
  option('--min-accuracy <x>', 'accuracy that is asked, in place of that of the list'),
  option('--min-precision <x>', 'precision that is asked'),
  option('--min-recall <x>', 'recall that is asked'),
  option('--min-f1 <x>', 'F1 that is asked'),
  option(
    '--min-verdict <verdict>',
    'verdict that is asked at least: none, suggestive, strong (registry.min_verdict)',
  ),
  option(
    '--skip-validation',
    'ask for no test windows, thresholds and verdict; it stands in the journal for ever',
  ),
  option('--force', 'do not compare with what is in production; it stands in the journal for ever'),
  option('--report <file>', 'write what the gate said to this file, .html or .json'),
  option('--overwrite', 'replace that file where it is there'),
  ...whereTrained(),
];

const GATE_NAMES = [
  'symbol',
  'timeframe',
  'regime',
  'version',
  'preset',
  'minAccuracy',
  'minPrecision',
  'minRecall',
  'minF1',
  'minVerdict',
  'skipValidation',
  'force',
];

/** Writes what the gate said, where a file is asked for. */
async function writeReport(
  engine: ReadingEngine,
  { version, imported }: GateReportDto,
  input: CommandInput,
  output: Output,
): Promise<void> {
  if (input.report === undefined) return;
  const written = await engine.call('production.report', {
    ...given<RawInput<'production.report'>>(input, ['symbol', 'timeframe', 'regime', 'overwrite']),
    ...(imported === undefined ? { version: version! } : { model: imported.sha256 }),
    out: String(input.report),
  });
  output.log(`The report is written to ${written.file}.`);
}

const validate: CliCommand = {
  path: ['production', 'validate'],
  summary:
    'ask the gate of a version, or of a model from elsewhere: test windows, thresholds, verdict, comparison',
  positionals: PLACE,
  options: [
    REGIME(),
    VERSION('the version that is asked (the candidate, else production)'),
    option('--model <file>', 'a model that XGBoost saved as JSON, in place of a version (see model import)'),
    option('--run <run>', 'of that model: the run whose features, horizon and strategy it has'),
    option(
      '--trained-until <day>',
      'of that model: the day of the last bar that it learned from (2025-06-30); it is judged on later ones',
    ),
    ...GATE(),
  ],
  async run(engine, input, output) {
    const names = [...GATE_NAMES, 'model', 'run', 'trainedUntil'];
    const asked = given<RawInput<'production.validate'>>(input, names);
    const report = await followed(engine, output, () => engine.call('production.validate', asked));
    await writeReport(engine, report, input, output);
    output.result(report, () => gateText(report));
    return report.passed ? EXIT_SUCCESS : EXIT_VALIDATION_FAILED;
  },
};

const promote: CliCommand = {
  path: ['production', 'promote'],
  summary: 'put a version in charge, once it passes the gate',
  positionals: PLACE,
  options: [REGIME(), VERSION('the version that is put in charge (the candidate)'), ...GATE(), REASON()],
  async run(engine, input, output) {
    const asked = given<RawInput<'production.promote'>>(input, [...GATE_NAMES, 'reason']);
    const result = await followed(engine, output, () => engine.call('production.promote', asked));
    await writeReport(engine, result.report, input, output);
    output.result(result, () => `${gateText(result.report)}\n\n${nameText(result.name)}`);
    return result.promoted ? EXIT_SUCCESS : EXIT_VALIDATION_FAILED;
  },
};

/** What is trained, and what the gate asks of it. */
export const MODEL_OPTIONS = () => [
  option('--model-type <type>', 'model type: xgb, rf, lgb, ridge … (xgb: 100 trees, depth 6, rate 0.1)'),
  option('--target <target>', 'what it learns: direction, return, barrier, outcome (direction)'),
  option('--horizon <n>', 'bars ahead (6)'),
  option(
    '--optimize',
    'search hyper-parameters first; what is best is kept in models/NAME/best_hyperparameters.json',
  ),
  option('--trials <n>', 'trials of the search (20)'),
  option('--period <period>', 'history: 1y, 2y, 3y, 5y, 10y, all (5y), as far as it is there'),
  option(
    '--mode <mode>',
    'validation beside the windows of the gate: quick (none), full, sequential (quick)',
  ),
  option('--dry-run', 'train, validate and compare, but promote nothing'),
  option('--output-json <file>', 'JSON file to write what it came to to'),
  ...GATE().filter(({ long }) => long !== '--report'),
  REASON(),
];

/** As the method takes them. */
export const MODEL_WORDS: readonly string[] = [
  ...GATE_NAMES.filter((name) => !['symbol', 'timeframe', 'regime', 'version'].includes(name)),
  ...['modelType', 'target', 'horizon', 'optimize', 'trials', 'period', 'mode', 'dryRun', 'reason'],
];

/** The exit status of what came of a training. */
export function trainedStatus(results: readonly TrainedNameDto[]): number {
  const has = (status: TrainedNameDto['status']) => results.some((one) => one.status === status);
  if (has('failed')) return EXIT_TRAINING_FAILED;
  return has('refused') ? EXIT_VALIDATION_FAILED : EXIT_SUCCESS;
}

const train: CliCommand = {
  path: ['production', 'train'],
  summary: 'train, validate, compare and promote in one; without a market every name in production',
  positionals: PLACE.map((positional) => ({ ...positional, optional: true })),
  options: [REGIME(), ...MODEL_OPTIONS()],
  async run(engine, input, output) {
    const asked = given<RawInput<'production.train'>>(input, [
      ...['symbol', 'timeframe', 'regime', ...MODEL_WORDS, 'outputJson', 'overwrite'],
    ]);
    const { results, file } = await followed(engine, output, () => engine.call('production.train', asked));
    if (file !== null) output.log(`What it came to is written to ${file}.`);
    output.result(results, () => trainedText(results));
    return trainedStatus(results);
  },
};

const compare: CliCommand = {
  path: ['production', 'compare'],
  summary: 'two versions side by side, in the test windows that both have',
  positionals: PLACE,
  options: [
    REGIME(),
    VERSION('the version that is compared (the candidate, else the newest)'),
    option('--against <version>', 'the version that it is compared with (production, else the one before)'),
  ],
  async runReading(engine, input, output) {
    const names = ['symbol', 'timeframe', 'regime', 'version', 'against'];
    const compared = await engine.call(
      'production.compare',
      given<RawInput<'production.compare'>>(input, names),
    );
    output.result(compared, () => comparisonText(compared));
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
  train,
  register,
  list,
  show,
  validate,
  promote,
  compare,
  rollback,
  retire,
  alias,
  exportVersion,
  journal,
];
