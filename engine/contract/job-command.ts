import type { JobRequest, ProductionRequest, WalkForwardRequest } from './job-request.ts';
import { quoted } from './shell-word.ts';

/** A request as words behind `regimen`, and the file that they name, where they name one. */
export interface JobCommand {
  readonly words: readonly string[];
  /** `GRID`: the grid of the request; `SEARCH`: its search; `JOB`: the request itself. */
  readonly file: { readonly name: string; readonly holds: 'GRID' | 'SEARCH' | 'JOB' } | null;
}

/** A file name for what has a name: `My grid` -> `my-grid.GRID.yaml`. */
export function yamlFileName(holds: 'GRID' | 'SEARCH' | 'JOB', name = ''): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? `${holds}.yaml` : `${slug}.${holds}.yaml`;
}

/** The command that asks for the same job; no path and no secret of this machine is in it. */
export function jobCommand(request: JobRequest): JobCommand {
  switch (request.kind) {
    case 'grid': {
      const file = { name: yamlFileName('GRID', request.grid.name), holds: 'GRID' as const };
      const flags = [
        ...(request.retrain ? ['--retrain'] : []),
        ...(request.skip_impossible ? ['--skip-impossible'] : []),
      ];
      return { words: ['train', file.name, ...flags], file };
    }
    case 'search': {
      const file = { name: yamlFileName('SEARCH', request.search.name), holds: 'SEARCH' as const };
      return { words: ['search', file.name, '--best', 'best_hyperparameters.json'], file };
    }
    case 'walk_forward':
      return walkForwardCommand(request);
    case 'production':
      return { words: productionWords(request), file: null };
    case 'survival':
      return {
        words: [
          ...['survival', 'train', '--model-type', request.model_type],
          ...['--min-composite-score', String(request.min_composite_score)],
          ...['--trials', String(request.n_trials), '--patience', String(request.patience)],
          ...['--seed', String(request.seed)],
        ],
        file: null,
      };
  }
}

/** Options in the order of the pairs, without those that nothing is said of. */
const options = (...pairs: readonly (readonly [string, string | number | undefined])[]) =>
  pairs.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));

function walkForwardCommand(request: WalkForwardRequest): JobCommand {
  const { training_mode: mode, symbol, symbols, timeframe, hyperparameters = {} } = request;
  const [first, ...more] = symbols ?? (symbol === undefined ? [] : [symbol]);
  const parameters = Object.entries(hyperparameters).map(([name, value]) => `${name}=${value}`);
  const file =
    request.grid === undefined
      ? null
      : { name: yamlFileName('GRID', request.grid.name), holds: 'GRID' as const };
  const isList = Array.isArray(request.champions);
  // Some champions, and a name, are not to be said in options; a file of the request says all.
  if (isList || request.name !== undefined) {
    const job = { name: yamlFileName('JOB', request.name), holds: 'JOB' as const };
    return { words: ['jobs', 'submit', job.name], file: job };
  }
  const expanding = request.use_expanding_window;
  return {
    words: [
      'validate',
      request.champions === undefined ? mode : 'champions',
      ...(first === undefined ? [] : [first, ...(timeframe === undefined ? [] : [timeframe])]),
      ...options(
        ['--run', request.run],
        ['--champion', request.champion],
        ['--grid', file?.name],
        ['--symbols', more.length === 0 ? undefined : more.join(',')],
        ['--model-type', request.model_type],
        ['--parameters', parameters.length === 0 ? undefined : parameters.join(',')],
        ['--test-period-days', request.test_period_days],
        ['--min-train-days', request.min_train_days],
      ),
      ...(expanding === undefined ? [] : [expanding ? '--expanding' : '--fixed']),
      ...options(['--folds', request.folds]),
      ...(mode === 'sequential' && request.yes ? ['--yes'] : []),
    ],
    file,
  };
}

function productionWords(request: ProductionRequest): string[] {
  const { symbol, timeframe, regime } = request;
  const flag = (on: boolean, name: string) => (on ? [name] : []);
  return [
    ...['production', 'train'],
    ...(symbol === undefined ? [] : [symbol, ...(timeframe === undefined ? [] : [timeframe])]),
    ...(symbol === undefined
      ? []
      : options(
          ['--regime', regime === 'all' ? undefined : regime],
          ['--model-type', request.model_type],
          ['--target', request.target],
          ['--horizon', request.horizon],
          ['--period', request.period],
        )),
    ...(request.hyperparameter_search ? ['--optimize', '--trials', String(request.n_trials)] : []),
    ...options(['--mode', request.training_mode === 'quick' ? undefined : request.training_mode]),
    ...flag(request.dry_run, '--dry-run'),
    ...options(
      ['--preset', request.preset],
      ['--min-accuracy', request.min_accuracy],
      ['--min-precision', request.min_precision],
      ['--min-recall', request.min_recall],
      ['--min-f1', request.min_f1],
      ['--min-verdict', request.min_verdict],
    ),
    ...flag(request.skip_validation, '--skip-validation'),
    ...flag(request.force, '--force'),
    ...options(['--reason', request.reason]),
  ];
}

/** What a shell is given to write a text to a file; the end mark is none of its lines. */
export function hereDocument(command: string, text: string): string {
  const lines = new Set(text.split('\n'));
  let mark = 'YAML';
  while (lines.has(mark)) mark += '_';
  return `${command} <<'${mark}'\n${text.trimEnd()}\n${mark}\n`;
}

/** How a command begins in the project's folder. */
export const COMMAND_START = ['npm', 'run', '-s', 'regimen', '--'] as const;

/** As it is typed: what it needs is written to a file first. `text`: what that file holds. */
export function commandText({ words, file }: JobCommand, text: string): string {
  const line = [...COMMAND_START, ...words].map(quoted).join(' ');
  return file === null ? `${line}\n` : `${hereDocument(`cat > ${quoted(file.name)}`, text)}${line}\n`;
}
