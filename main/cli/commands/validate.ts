import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { followQueue, startNew } from '../follow.ts';
import type { Output } from '../output.ts';
import { jobLine } from '../render/jobs.ts';
import { validationsText, validationText } from '../render/validation.ts';
import { validationJson, validationRowJson } from '../render/validation-json.ts';
import { planText } from '../render/validation-plan.ts';
import type { CliCommand, CommandInput, Positional } from './command.ts';
import { readGrid } from './training.ts';
import { inTurn } from './validate-in-turn.ts';
import { assertGridMode, type ValidateMode, validationInput } from './validate-input.ts';
import { whereTrained } from './where-trained.ts';

type Asked = Omit<RawInput<'validation.preview'>, 'scheme'>;

/** Says what a validation is for and what it will compute, makes a job of it, and follows it to its end. */
async function validate(
  engine: Engine,
  mode: ValidateMode,
  asked: Asked,
  { yes, input: mayAsk }: CommandInput,
  output: Output,
): Promise<number> {
  const wanted = { ...asked, scheme: mode, yes: yes === true };
  const { queueId, preview } = await engine.call('validation.create', wanted);
  output.log(planText(preview));
  const summary = await followQueue(engine, () => startNew(engine, queueId), output);
  return inTurn(engine, summary, { next: preview.next, mayAsk: mayAsk !== false }, output);
}

const MARKET: readonly Positional[] = [
  { name: 'symbol', description: 'such as EURUSD', optional: true },
  { name: 'timeframe', description: 'such as H1', optional: true },
];

const option = (flags: string, text: string) => new Option(flags, text);

const FOLD_OPTIONS = () => [
  option('--test-period-days <n>', 'calendar days of each test window (quick 60, full 21, own 60)'),
  option('--folds <n>', 'only the newest so many rolling folds'),
];
const WINDOW_OPTIONS = () => [
  option(
    '--min-train-days <n>',
    'calendar days of training: of each fold, of an expanding window of the first (quick 180, full 120)',
  ),
  option('--expanding', 'training begins with the data and grows (full)'),
  option('--fixed', 'training moves along (quick)'),
];
const SUBJECT_OPTIONS = () => [
  option('--run <run>', 'number or UUID of a run: its configuration with its best strategy'),
  option(
    '--champion <champion>',
    'SYMBOL/TIMEFRAME/REGIME[/RANK]: its configuration and strategy, alone in its regime',
  ),
  option(
    '--grid <file>',
    'GRID.yaml: all of it trained, and champions chosen anew, in each fold (own alone)',
  ),
  option('--model-type <type>', 'model type on the market (xgboost)'),
  option('--parameters <list>', 'its hyper-parameters, where not the defaults: NAME=VALUE, parted by commas'),
  option('--symbols <list>', 'further symbols, parted by commas, in the same job'),
];
const SUMMARY: Readonly<Record<ValidateMode, string>> = {
  quick: 'a first check on the newest bars: can reject, hardly confirm',
  full: 'the whole history in short steps: what evidence is made of',
  sequential: 'quick, its criteria, then full if they are met or you say so',
  own: 'a run, a champion or a whole grid with its rules, on the windows that it is used with',
};

function modeCommand(mode: ValidateMode): CliCommand {
  const options = [...SUBJECT_OPTIONS(), ...FOLD_OPTIONS(), ...WINDOW_OPTIONS(), ...whereTrained()];
  if (mode === 'sequential') {
    options.push(
      option('--yes', 'go on with full without a question where all criteria are met'),
      option('--no-input', 'ask nothing: the job waits for `validate confirm`'),
    );
  }
  return {
    path: ['validate', mode],
    summary: SUMMARY[mode],
    positionals: MARKET,
    options,
    async run(engine, input, output) {
      if (input.grid !== undefined) assertGridMode(mode);
      const grid = input.grid === undefined ? undefined : await readGrid(engine, input.grid);
      const asked = validationInput(mode, input, grid);
      return validate(engine, mode, asked, input, output);
    },
  };
}

const champions: CliCommand = {
  path: ['validate', 'champions'],
  summary: 'all champions of the workspace, each on its own windows',
  positionals: [],
  options: [...FOLD_OPTIONS(), ...whereTrained()],
  run(engine, { testPeriodDays, folds }, output) {
    const asked = {
      subject: { champions: 'all' },
      ...(testPeriodDays === undefined ? {} : { testPeriodDays }),
      ...(folds === undefined ? {} : { folds }),
    } as Asked;
    return validate(engine, 'own', asked, {}, output);
  },
};

const list: CliCommand = {
  path: ['validate', 'list'],
  summary: 'what was validated, oldest first',
  positionals: [],
  options: [option('--job <n>', 'only those of this job')],
  async runReading(engine, { job }, output) {
    const input = job === undefined ? {} : { queueId: job };
    const validations = await engine.call('validation.list', input as RawInput<'validation.list'>);
    output.result(validations.map(validationRowJson), () => validationsText(validations));
    return EXIT_SUCCESS;
  },
};

const show: CliCommand = {
  path: ['validate', 'show'],
  summary: 'folds, figures, criteria and verdict of a validation',
  positionals: [{ name: 'id', description: 'number of the validation (see `validate list`)' }],
  options: [],
  async runReading(engine, { id }, output) {
    const validation = await engine.call('validation.get', { id } as RawInput<'validation.get'>);
    output.result(validationJson(validation), () => validationText(validation));
    return EXIT_SUCCESS;
  },
};

const cancel: CliCommand = {
  path: ['validate', 'cancel'],
  summary: 'end the job of a validation after the fold in work; what is computed stays',
  positionals: [{ name: 'queueId', description: 'number of the job (see `validate list`)' }],
  options: [],
  async run(engine, { queueId }, output) {
    const { id: jobId } = await engine.call('queue.cancel', { queueId } as RawInput<'queue.cancel'>);
    const job = await engine.call('jobs.get', { jobId });
    output.result(job, () => jobLine(job));
    return EXIT_SUCCESS;
  },
};

const confirm: CliCommand = {
  path: ['validate', 'confirm'],
  summary: 'answer a sequential job that waits: go on with full, or leave it at quick',
  positionals: [{ name: 'queueId', description: 'number of the job (see `validate list`)' }],
  options: [option('--no', 'leave it at quick')],
  async run(engine, { queueId, no }, output) {
    const goOn = no !== true;
    await engine.call('validation.confirm', { queueId, goOn } as RawInput<'validation.confirm'>);
    const id = { queueId } as RawInput<'queue.start'>;
    const summary = goOn
      ? await followQueue(engine, () => engine.call('queue.start', id), output)
      : await engine.call('queue.summary', { queueId } as RawInput<'queue.summary'>);
    return inTurn(engine, summary, { next: null, mayAsk: false }, output);
  },
};

export const validateCommands: readonly CliCommand[] = [
  ...(['quick', 'full', 'sequential', 'own'] as const).map(modeCommand),
  champions,
  list,
  show,
  confirm,
  cancel,
];
