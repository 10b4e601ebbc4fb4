import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { QueueDto, QueueSummaryDto } from '../../../engine/contract/dto/index.ts';
import type { GridSpec, GridSpecInput } from '../../../engine/contract/grid.ts';
import { readGridFile } from '../../../engine/workspace/offline.ts';
import { EXIT_INTERRUPTED, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../../host/exit-status.ts';
import { followQueue } from '../follow.ts';
import type { Output } from '../output.ts';
import { previewText, summaryText } from '../render/queue.ts';
import type { CliCommand } from './command.ts';

export const GRID_POSITIONAL = { name: 'grid', description: 'GRID.yaml: the axes of the grid' };

const retrainOption = () => new Option('--retrain', 'train again what is already trained');

export function readGrid(engine: Engine, file: unknown): Promise<GridSpec> {
  return engine.call('grid.read', { text: readGridFile(String(file)), file: String(file) });
}

async function train(engine: Engine, grid: GridSpecInput, retrain: boolean, output: Output): Promise<number> {
  const { queueId, preview } = await engine.call('queue.create', { grid, retrain });
  output.log(previewText(preview));
  const begin = async () => {
    try {
      return await engine.call('queue.start', { queueId });
    } catch (error) {
      // The next `train` makes a queue of its own: one that could not even start would only lie about.
      await engine.call('queue.remove', { queueId });
      throw error;
    }
  };
  return followToEnd(engine, begin, output);
}

/** Starts a queue, waits for it, prints what it came to, and returns the exit status. */
export async function followToEnd(
  engine: Engine,
  begin: () => Promise<QueueDto>,
  output: Output,
): Promise<number> {
  const summary = await followQueue(engine, begin, output);
  const { state: _state, name: _name, ...json } = summary;
  const vacancies = await engine.call('champions.vacancies', {});
  output.result({ ...json, vacancies }, () => summaryText(summary, vacancies));
  return statusOf(summary, engine, output);
}

function statusOf(summary: QueueSummaryDto, engine: Engine, output: Output): number {
  if (summary.state === 'paused' || summary.state === 'cancelled') {
    if (summary.state === 'paused') {
      output.log(
        `Paused. To go on: npm run -s regimen -- queue resume ${summary.queueId} --workspace ${engine.workspace}`,
      );
    }
    return EXIT_INTERRUPTED;
  }
  return summary.failed > 0 ? EXIT_TRAINING_FAILED : EXIT_SUCCESS;
}

export const trainingCommands: readonly CliCommand[] = [
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
      return train(engine, await engine.call('grid.demo', {}), retrain === true, output);
    },
  },
  {
    path: ['train'],
    summary: 'train a grid and keep the champions',
    positionals: [GRID_POSITIONAL],
    options: [retrainOption()],
    async run(engine, { grid, retrain }, output) {
      return train(engine, await readGrid(engine, grid), retrain === true, output);
    },
  },
  {
    path: ['grid', 'preview'],
    summary: 'count the configurations of a grid, without training',
    positionals: [GRID_POSITIONAL],
    options: [retrainOption()],
    async run(engine, { grid, retrain }, output) {
      const preview = await engine.call('grid.preview', {
        grid: await readGrid(engine, grid),
        retrain: retrain === true,
      });
      output.result(preview, () => previewText(preview));
      return EXIT_SUCCESS;
    },
  },
];
