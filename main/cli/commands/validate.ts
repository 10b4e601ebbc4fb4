import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { QueueSummaryDto, ValidationDto } from '../../../engine/contract/dto/index.ts';
import type { ValidationScheme } from '../../../engine/contract/validation.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { confirm } from '../confirm.ts';
import { followQueue } from '../follow.ts';
import type { Output } from '../output.ts';
import { criteriaText } from '../render/criteria.ts';
import { count } from '../render/format.ts';
import { jobLine } from '../render/jobs.ts';
import { validationsText, validationText } from '../render/validation.ts';
import { validationJson, validationRowJson } from '../render/validation-json.ts';
import { planText } from '../render/validation-plan.ts';
import type { CliCommand, CommandInput, Positional } from './command.ts';
import { readGrid } from './training.ts';
import { assertGridMode, type ValidateMode, validationInput } from './validate-input.ts';
import { printValidations, statusOfValidation } from './validation-end.ts';

type Asked = Omit<RawInput<'validation.preview'>, 'scheme'>;

/** A job of folds that has ended, in whatever state. */
interface Ended {
  readonly summary: QueueSummaryDto;
  readonly validations: readonly ValidationDto[];
}

/** Says what a validation is for and what it will compute, makes a job of it, and follows it to its end. */
async function validate(
  engine: Engine,
  scheme: ValidationScheme,
  asked: Asked,
  output: Output,
): Promise<Ended> {
  const { queueId, preview } = await engine.call('validation.create', { ...asked, scheme });
  output.log(planText(preview));
  const begin = async () => {
    try {
      return await engine.call('queue.start', { queueId });
    } catch (error) {
      // The next one makes a job of its own: one that could not even start would only lie about.
      await engine.call('queue.remove', { queueId });
      throw error;
    }
  };
  const summary = await followQueue(engine, begin, output);
  return { summary, validations: await engine.call('validation.list', { queueId }) };
}

async function validateOnce(
  engine: Engine,
  scheme: ValidationScheme,
  asked: Asked,
  output: Output,
): Promise<number> {
  const { summary, validations } = await validate(engine, scheme, asked, output);
  printValidations(validations, output);
  return statusOfValidation(engine, summary, validations, output);
}

/** Quick, its criteria, the question whether to go on, then full: one result, that of the last. */
async function validateInTurn(
  engine: Engine,
  asked: Asked,
  input: CommandInput,
  output: Output,
): Promise<number> {
  const quick = await validate(engine, 'quick', asked, output);
  const whole = quick.summary.state === 'completed';
  const missed = quick.validations.filter(({ met }) => met !== true);
  if (whole && (await goesOn(quick.validations, missed.length, input, output))) {
    return validateOnce(engine, 'full', asked, output);
  }
  printValidations(quick.validations, output);
  return statusOfValidation(engine, quick.summary, quick.validations, output);
}

/** What quick is laid out by is not what full is: only what is asked of both goes on to it. */
async function goesOn(
  validations: readonly ValidationDto[],
  missed: number,
  { yes, input: mayAsk }: CommandInput,
  output: Output,
): Promise<boolean> {
  for (const validation of validations) {
    output.log(`${validation.champion ?? `${validation.symbol} ${validation.timeframe}`}, quick:`);
    output.log(criteriaText(validation.criteria));
  }
  if (missed === 0 && yes === true) {
    output.log('All criteria of quick are met: going on with full.');
    return true;
  }
  const question =
    missed === 0
      ? 'All criteria of quick are met. Go on with full?'
      : `Criteria of ${missed === 1 && validations.length === 1 ? 'quick' : `${count(missed, 'quick validation')}`} are missed. Go on with full all the same?`;
  const answer = mayAsk === false ? null : await confirm(question, missed === 0);
  if (answer === null) {
    output.log(
      missed === 0
        ? 'All criteria of quick are met; full was not asked for: --yes goes on with it.'
        : 'Criteria of quick are missed, and nobody is here to say whether to go on all the same: full was not begun.',
    );
  }
  return answer === true;
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
const PARALLEL = () =>
  option(
    '--parallel <n>',
    'worker threads, 1 to 256, that folds of all symbols are computed on (queue.threads)',
  );

const SUMMARY: Readonly<Record<ValidateMode, string>> = {
  quick: 'a first check on the newest bars: can reject, hardly confirm',
  full: 'the whole history in short steps: what evidence is made of',
  sequential: 'quick, its criteria, then full if they are met or you say so',
  own: 'a run, a champion or a whole grid with its rules, on the windows that it is used with',
};

function modeCommand(mode: ValidateMode): CliCommand {
  const options = [...SUBJECT_OPTIONS(), ...FOLD_OPTIONS(), ...WINDOW_OPTIONS(), PARALLEL()];
  if (mode === 'sequential') {
    options.push(
      option('--yes', 'go on with full without a question where all criteria are met'),
      option('--no-input', 'ask nothing'),
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
      return mode === 'sequential'
        ? validateInTurn(engine, asked, input, output)
        : validateOnce(engine, mode, asked, output);
    },
  };
}

const champions: CliCommand = {
  path: ['validate', 'champions'],
  summary: 'all champions of the workspace, each on its own windows',
  positionals: [],
  options: [...FOLD_OPTIONS(), PARALLEL()],
  run(engine, { testPeriodDays, folds }, output) {
    const asked = {
      subject: { champions: 'all' },
      ...(testPeriodDays === undefined ? {} : { testPeriodDays }),
      ...(folds === undefined ? {} : { folds }),
    } as Asked;
    return validateOnce(engine, 'own', asked, output);
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

export const validateCommands: readonly CliCommand[] = [
  ...(['quick', 'full', 'sequential', 'own'] as const).map(modeCommand),
  champions,
  list,
  show,
  cancel,
];
