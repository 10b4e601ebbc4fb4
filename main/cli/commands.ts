import { Option } from 'commander';
import type { Engine } from '../../engine/app.ts';
import { type ApiResults, apiInputs, type Method, type RawInput } from '../../engine/contract/api/index.ts';
import { type GridSpecInput, parseGridSpec } from '../../engine/contract/grid.ts';
import { DEMO_GRID } from './demo-grid.ts';
import { EXIT_SUCCESS, EXIT_TRAINING_FAILED } from './exit-status.ts';
import { followQueue } from './follow.ts';
import { readGridFile } from './grid-file.ts';
import { methodOptions } from './method-options.ts';
import type { Output } from './output.ts';
import { championsText } from './render/champions.ts';
import { integer } from './render/format.ts';
import { historyText } from './render/history.ts';
import { importText, inspectionText, seriesText } from './render/market.ts';
import { previewText, summaryText } from './render/queue.ts';
import { regimesText } from './render/regimes.ts';

type CommandInput = Readonly<Record<string, unknown>>;

export interface CliCommand {
  /** `['market', 'import']` is `regimen market import`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly positionals: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly Option[];
  /** Returns the exit status. */
  run(engine: Engine, input: CommandInput, output: Output): Promise<number>;
}

/** A command that is one Api method: its options are the method's input, its result is printed. */
function methodCommand<M extends Method>(
  path: string,
  method: M,
  summary: string,
  positionals: readonly (keyof RawInput<M> & string)[],
  text: (result: ApiResults[M]) => string,
): CliCommand {
  const shape: Readonly<Record<string, { description?: string }>> = apiInputs[method].shape;
  return {
    path: path.split(' '),
    summary,
    positionals: positionals.map((name) => ({ name, description: shape[name].description ?? '' })),
    options: methodOptions(method, positionals),
    async run(engine, input, output) {
      const result = await engine.call(method, input as RawInput<M>);
      output.result(result, () => text(result));
      return EXIT_SUCCESS;
    },
  };
}

const GRID_POSITIONAL = { name: 'grid', description: 'GRID.yaml: the axes of the grid' };
const retrainOption = () => new Option('--retrain', 'train again what is already trained');

async function train(engine: Engine, grid: GridSpecInput, retrain: boolean, output: Output): Promise<number> {
  const { queueId, preview } = await engine.call('queue.create', { grid, retrain });
  output.log(previewText(preview));
  const summary = await followQueue(engine, queueId, output);
  const { state: _state, name: _name, failures, ...json } = summary;
  output.result({ ...json, failures }, () => summaryText(summary));
  return summary.failed > 0 ? EXIT_TRAINING_FAILED : EXIT_SUCCESS;
}

export const COMMANDS: readonly CliCommand[] = [
  {
    path: ['demo'],
    summary: 'the main job on the built-in synthetic market',
    positionals: [],
    options: [retrainOption()],
    async run(engine, { retrain }, output) {
      output.log(
        'Making the synthetic demo market: three symbols, three years of H1 candles. No real prices.',
      );
      await engine.call('market.demo', {});
      return train(engine, DEMO_GRID, retrain === true, output);
    },
  },
  methodCommand('market import', 'market.import', 'import candles from a file', ['file'], importText),
  methodCommand(
    'market inspect',
    'market.inspect',
    'say what a file holds, store nothing',
    ['file'],
    inspectionText,
  ),
  methodCommand('market list', 'market.list', 'list the stored series with their quality', [], seriesText),
  {
    path: ['grid', 'preview'],
    summary: 'count the configurations of a grid, without training',
    positionals: [GRID_POSITIONAL],
    options: [retrainOption()],
    async run(engine, { grid: file, retrain }, output) {
      const grid = parseGridSpec(readGridFile(String(file)), String(file));
      const preview = await engine.call('grid.preview', { grid, retrain: retrain === true });
      output.result(preview, () => previewText(preview));
      return EXIT_SUCCESS;
    },
  },
  {
    path: ['train'],
    summary: 'train a grid and keep the champions',
    positionals: [GRID_POSITIONAL],
    options: [retrainOption()],
    async run(engine, { grid: file, retrain }, output) {
      const grid = parseGridSpec(readGridFile(String(file)), String(file));
      return train(engine, grid, retrain === true, output);
    },
  },
  methodCommand(
    'champions',
    'champions.list',
    'the best model and strategy of each regime',
    [],
    championsText,
  ),
  {
    path: ['history'],
    summary: 'trained runs, newest first',
    positionals: [],
    options: [
      ...methodOptions('history.search', []),
      new Option('--csv <file>', 'write all matching runs to this CSV file instead'),
    ],
    async run(engine, input, output) {
      if (input.csv === undefined) {
        const runs = await engine.call('history.search', input as RawInput<'history.search'>);
        output.result(runs, () => historyText(runs));
        return EXIT_SUCCESS;
      }
      const { limit: _limit, offset: _offset, ...filter } = input;
      const written = await engine.call('history.export', filter as RawInput<'history.export'>);
      output.result(written, () => `${integer(written.runs)} runs written to ${written.file}.`);
      return EXIT_SUCCESS;
    },
  },
  methodCommand('regimes list', 'regimes.list', 'the regimes and their rules', [], regimesText),
];
