import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import type { GridSpec } from '../../../engine/contract/grid.ts';
import { readTimeframe } from '../../../engine/contract/timeframe.ts';
import type { ValidationScheme } from '../../../engine/contract/validation.ts';
import type { CommandInput } from './command.ts';

export type ValidateMode = ValidationScheme | 'sequential';

type Asked = RawInput<'validation.preview'>;
type Subject = Asked['subject'];

const refused = (message: string) => new EngineError('invalid-input', message);

/**
 * What a command line asks to validate, without the scheme; `grid` is what the file of `--grid` holds.
 * @throws EngineError `invalid-input` for what does not go together
 */
export function validationInput(
  mode: ValidateMode,
  input: CommandInput,
  grid?: GridSpec,
): Omit<Asked, 'scheme'> {
  if (input.expanding === true && input.fixed === true) {
    throw refused('--expanding and --fixed contradict each other: leave one out.');
  }
  const ofOwn = ['minTrainDays', 'expanding', 'fixed'].find((name) => input[name] !== undefined);
  if (mode === 'own' && ofOwn !== undefined) {
    throw refused(
      `${OPTION[ofOwn]} does not go with own, which keeps to the configuration's own windows: leave it out, or choose quick or full.`,
    );
  }
  const expandingWindow = input.expanding === true ? true : input.fixed === true ? false : undefined;
  return {
    subject: subjectOf(mode, input, grid),
    ...given('testPeriodDays', input.testPeriodDays),
    ...given('minTrainDays', input.minTrainDays),
    ...given('expandingWindow', expandingWindow),
    ...given('folds', input.folds),
  } as Omit<Asked, 'scheme'>;
}

const OPTION: Readonly<Record<string, string>> = {
  minTrainDays: '--min-train-days',
  expanding: '--expanding',
  fixed: '--fixed',
};

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

/** @throws as `validationInput`: before the file of the grid is read */
export function assertGridMode(mode: ValidateMode): void {
  if (mode === 'own') return;
  throw refused(
    `--grid goes with own alone: a grid is validated with the windows that it trains and selects with. Leave it out, or choose own instead of ${mode}.`,
  );
}

function subjectOf(mode: ValidateMode, input: CommandInput, grid: GridSpec | undefined): Subject {
  const { run, champion, modelType, parameters } = input;
  const markets = marketsOf(input);
  const ways = [
    markets === null ? '' : 'a market',
    run === undefined ? '' : '--run',
    champion === undefined ? '' : '--champion',
    input.grid === undefined ? '' : '--grid',
  ].filter((way) => way !== '');
  if (ways.length > 1) {
    throw refused(`Only one thing is validated, found ${ways.join(' and ')}: leave all but one out.`);
  }
  if (mode === 'own' && (ways.length === 0 || markets !== null)) {
    throw refused(
      'own validates the windows of a run or a champion, or a grid with its rules: name it with --run, --champion or --grid. For a market, choose quick or full.',
    );
  }
  if (ways.length === 0) {
    throw refused(
      'Say what to validate: SYMBOL TIMEFRAME, such as EURUSD H1, or --run RUN, or --champion SYMBOL/TIMEFRAME/REGIME.',
    );
  }
  if (markets === null && modelType !== undefined) {
    throw refused(`--model-type goes with a market: ${ways[0]} has a model type of its own.`);
  }
  if (markets === null && parameters !== undefined) {
    throw refused(`--parameters goes with a market: ${ways[0]} has hyper-parameters of its own.`);
  }
  if (grid !== undefined) return { grid } as Subject;
  if (run !== undefined) return { runId: String(run) };
  if (champion !== undefined) return { champion: String(champion) };
  const { symbols, timeframe } = markets!;
  const [symbol] = symbols;
  const model = {
    timeframe,
    ...given('modelType', modelType),
    ...given('hyperparameters', parametersOf(parameters)),
  };
  return (symbols.length === 1 ? { symbol: symbol!, ...model } : { symbols, ...model }) as Subject;
}

/** `alpha=0.5,positive=true` by name; what is no number and neither true nor false is a word. */
function parametersOf(text: unknown): Record<string, number | string | boolean> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    String(text)
      .split(',')
      .map((part) => {
        const at = part.indexOf('=');
        const [name, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
        if (at <= 0 || name === '' || value === '') {
          throw refused(`--parameters wants NAME=VALUE, parted by commas, found "${part.trim()}".`);
        }
        if (value === 'true' || value === 'false') return [name, value === 'true'];
        return [name, Number.isFinite(Number(value)) ? Number(value) : value];
      }),
  );
}

/** `EURUSD H1`, `EURUSD H1 --symbols GBPUSD,USDJPY` or `H1 --symbols EURUSD,GBPUSD`; null: no market is named. */
function marketsOf(input: CommandInput): { symbols: string[]; timeframe: string } | null {
  const more =
    input.symbols === undefined
      ? []
      : String(input.symbols)
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '');
  const { symbol, timeframe } = input as { symbol?: string; timeframe?: string };
  if (symbol === undefined) {
    if (input.symbols === undefined) return null;
    throw refused('--symbols wants a timeframe: validate quick H1 --symbols EURUSD,GBPUSD');
  }
  if (timeframe !== undefined) return { symbols: [symbol, ...more], timeframe };
  if (more.length > 0 && readTimeframe(symbol) !== undefined) return { symbols: more, timeframe: symbol };
  throw refused(`A market is a symbol and a timeframe, such as ${symbol} H1: the timeframe is missing.`);
}
