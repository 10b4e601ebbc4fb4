import { Option } from 'commander';
import type { Engine, ReadingEngine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { QueueSummaryDto } from '../../../engine/contract/dto/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { TABLE_FORMATS, type TableFormat } from '../../../engine/contract/table-format.ts';
import { readGridFile } from '../../../engine/workspace/offline.ts';
import { EXIT_INTERRUPTED, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../../host/exit-status.ts';
import { followQueue, startNew } from '../follow.ts';
import type { Output } from '../output.ts';
import { jobLine } from '../render/jobs.ts';
import { searchJson, searchPlanText, searchText } from '../render/search.ts';
import type { CliCommand } from './command.ts';
import { whereTrained } from './where-trained.ts';

/** Prints what a search came to, and returns the exit status. */
export async function endOfSearch(
  engine: Engine,
  { queueId, state, failed }: QueueSummaryDto,
  output: Output,
): Promise<number> {
  const [search] = await engine.call('search.list', { queueId });
  output.result(searchJson(search!), () => searchText(search!));
  if (state === 'paused' || state === 'cancelled') {
    if (state === 'paused') {
      output.log(
        `Paused. To go on: npm run -s regimen -- jobs resume ${queueId} --workspace ${engine.workspace}`,
      );
    }
    return EXIT_INTERRUPTED;
  }
  return state === 'completed' && failed === 0 ? EXIT_SUCCESS : EXIT_TRAINING_FAILED;
}

const bestOption = () =>
  new Option('--best <file>', 'write the best hyper-parameters to this file (best_hyperparameters.json)');
const overwriteOption = () => new Option('--overwrite', 'replace that file where it is there');

async function writeBest(
  engine: ReadingEngine,
  queueId: number,
  { best, overwrite }: { readonly best?: unknown; readonly overwrite?: unknown },
  output: Output,
): Promise<void> {
  if (best === undefined) return;
  const out = String(best);
  const written = await engine.call('search.best', { queueId, out, overwrite: overwrite === true });
  output.log(`Best hyper-parameters of ${written.studies} written to ${written.file}.`);
}

async function writeTrials(
  engine: ReadingEngine,
  queueId: number,
  {
    out,
    format,
    overwrite,
  }: { readonly out?: unknown; readonly format?: unknown; readonly overwrite?: unknown },
  output: Output,
): Promise<void> {
  if (out === undefined) return;
  const written = await engine.call('search.export', {
    queueId,
    out: String(out),
    format: format as TableFormat | undefined,
    overwrite: overwrite === true,
  });
  output.log(`${written.trials} trials written to ${written.file}.`);
}

export const searchCommands: readonly CliCommand[] = [
  {
    path: ['search'],
    summary: 'search hyper-parameters inside the training window, and train the best',
    positionals: [{ name: 'spec', description: 'SEARCH.yaml: the axes of a grid, and how trials are made' }],
    options: [
      bestOption(),
      overwriteOption(),
      new Option(
        '--enqueue',
        'put it into the queue and return: the window or server that is open on the workspace works on it',
      ),
      ...whereTrained(),
    ],
    async run(engine, input, output) {
      const file = String(input.spec);
      const search = await engine.call('search.read', { text: readGridFile(file), file });
      const enqueue = input.enqueue === true;
      const { queueId, preview } = await engine.call('search.create', { search, enqueue });
      output.log(searchPlanText(preview));
      if (enqueue) {
        const job = await engine.call('jobs.get', { jobId: queueId });
        output.result(job, () => jobLine(job));
        return EXIT_SUCCESS;
      }
      const summary = await followQueue(engine, () => startNew(engine, queueId), output);
      const status = await endOfSearch(engine, summary, output);
      if (summary.state === 'completed') await writeBest(engine, queueId, input, output);
      return status;
    },
  },
  {
    path: ['trials'],
    summary: 'trials of a search, its best hyper-parameters, and what they came to',
    positionals: [{ name: 'queueId', description: 'number of its job (see `jobs list`)' }],
    options: [
      bestOption(),
      new Option('--out <file>', 'write the trials to this file, CSV or Parquet'),
      new Option(
        '--format <format>',
        'format of that file: csv or parquet; without it parquet where it ends in .parquet, else csv',
      ).choices(TABLE_FORMATS),
      overwriteOption(),
    ],
    async runReading(engine, input, output) {
      const { queueId } = input as RawInput<'search.list'>;
      const [search] = await engine.call('search.list', { queueId });
      if (search === undefined) {
        throw new EngineError(
          'not-found',
          `Job ${queueId} is no search. \`regimen jobs list\` says which are.`,
        );
      }
      await writeBest(engine, search.queueId, input, output);
      await writeTrials(engine, search.queueId, input, output);
      output.result(searchJson(search), () => searchText(search));
      return EXIT_SUCCESS;
    },
  },
];
