import { Option } from 'commander';
import type { Engine, ReadingEngine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { GridPreviewDto, QueueDto, QueueSummaryDto } from '../../../engine/contract/dto/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import type { GridSpec, GridSpecInput } from '../../../engine/contract/grid.ts';
import { readGridFile } from '../../../engine/workspace/offline.ts';
import { EXIT_INTERRUPTED, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../../host/exit-status.ts';
import { followQueue, startNew } from '../follow.ts';
import type { Output } from '../output.ts';
import { championsJson, championsText } from '../render/champions.ts';
import { jobLine } from '../render/jobs.ts';
import { previewText, summaryText } from '../render/queue.ts';
import type { CliCommand, CommandInput } from './command.ts';
import { endOfSearch } from './search.ts';
import { inTurn } from './validate-in-turn.ts';
import { whereTrained } from './where-trained.ts';

export const GRID_POSITIONAL = { name: 'grid', description: 'GRID.yaml: the axes of the grid' };

const retrainOption = () => new Option('--retrain', 'train again what is already trained');
export const skipImpossibleOption = () =>
  new Option('--skip-impossible', 'leave out configurations that the candles are too short for');

interface Wishes {
  readonly retrain: boolean;
  readonly skipImpossible: boolean;
}

const wishesOf = ({ retrain, skipImpossible }: CommandInput): Wishes => ({
  retrain: retrain === true,
  skipImpossible: skipImpossible === true,
});

export function readGrid(engine: ReadingEngine, file: unknown): Promise<GridSpec> {
  return engine.call('grid.read', { text: readGridFile(String(file)), file: String(file) });
}

/** Makes a job of a grid; null where there is nothing new to train, which is said and printed as the result. */
async function createJob(
  engine: Engine,
  input: RawInput<'queue.create'>,
  output: Output,
): Promise<number | null> {
  try {
    const { queueId, preview } = await engine.call('queue.create', input);
    output.log(previewText(preview));
    return queueId;
  } catch (error) {
    const preview =
      error instanceof EngineError ? (error.details.preview as GridPreviewDto | undefined) : undefined;
    if (preview === undefined) throw error;
    output.log(previewText(preview));
    const champions = await engine.call('champions.list', {});
    const vacancies = await engine.call('champions.vacancies', {});
    output.result({ ...nothingNew(preview), champions: championsJson(champions), vacancies }, () =>
      [
        'Nothing new to train. --retrain trains again what is trained already.',
        '',
        championsText(champions, vacancies),
      ].join('\n'),
    );
    return null;
  }
}

/** What a job came to that was not made. */
function nothingNew({ totalConfigs, alreadyTrained, impossible }: GridPreviewDto) {
  const none = { completed: 0, failed: 0, crowned: 0, pushedOut: 0, kept: 0, deleted: 0 };
  const work = { strategiesTested: 0, seconds: 0, failures: [] };
  return { queueId: null, totalConfigs, alreadyTrained, impossible, ...none, ...work };
}

async function enqueue(engine: Engine, grid: GridSpecInput, wishes: Wishes, output: Output): Promise<number> {
  const jobId = await createJob(engine, { grid, ...wishes, enqueue: true }, output);
  if (jobId === null) return EXIT_SUCCESS;
  const job = await engine.call('jobs.get', { jobId });
  output.result(job, () => jobLine(job));
  return EXIT_SUCCESS;
}

async function train(engine: Engine, grid: GridSpecInput, wishes: Wishes, output: Output): Promise<number> {
  const queueId = await createJob(engine, { grid, ...wishes }, output);
  if (queueId === null) return EXIT_SUCCESS;
  return followToEnd(engine, () => startNew(engine, queueId), output);
}

/** Starts a queue, waits for it, prints what it came to, and returns the exit status. */
export async function followToEnd(
  engine: Engine,
  begin: () => Promise<QueueDto>,
  output: Output,
): Promise<number> {
  const summary = await followQueue(engine, begin, output);
  if (summary.kind === 'walk_forward') return inTurn(engine, summary, { next: null, mayAsk: false }, output);
  if (summary.kind === 'search') return endOfSearch(engine, summary, output);
  const { state: _state, name: _name, ...json } = summary;
  const vacancies = await engine.call('champions.vacancies', {});
  const champions = championsJson(summary.champions);
  output.result({ ...json, champions, vacancies }, () => summaryText(summary, vacancies));
  return statusOf(summary, engine, output);
}

function statusOf(summary: QueueSummaryDto, engine: Engine, output: Output): number {
  if (summary.state === 'paused' || summary.state === 'cancelled') {
    if (summary.state === 'paused') {
      output.log(
        `Paused. To go on: npm run -s regimen -- jobs resume ${summary.queueId} --workspace ${engine.workspace}`,
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
    options: [retrainOption(), ...whereTrained()],
    async run(engine, input, output) {
      output.log(
        'Making the synthetic demo market: three symbols, three years of H1 candles. No real prices.',
      );
      await engine.call('market.demo', {});
      return train(engine, await engine.call('grid.demo', {}), wishesOf(input), output);
    },
  },
  {
    path: ['train'],
    summary: 'train a grid and keep the champions',
    positionals: [GRID_POSITIONAL],
    options: [
      retrainOption(),
      skipImpossibleOption(),
      new Option(
        '--enqueue',
        'put it into the queue and return: the window or server that is open on the workspace trains it',
      ),
      ...whereTrained(),
    ],
    async run(engine, input, output) {
      const grid = await readGrid(engine, input.grid);
      return (input.enqueue === true ? enqueue : train)(engine, grid, wishesOf(input), output);
    },
  },
  {
    path: ['grid', 'preview'],
    summary: 'count the configurations of a grid, without training',
    positionals: [GRID_POSITIONAL],
    options: [retrainOption(), skipImpossibleOption()],
    async runReading(engine, input, output) {
      const preview = await engine.call('grid.preview', {
        grid: await readGrid(engine, input.grid),
        ...wishesOf(input),
      });
      output.result(preview, () => previewText(preview));
      return EXIT_SUCCESS;
    },
  },
];
