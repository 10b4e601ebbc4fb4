import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { QueueDto } from '../../../engine/contract/dto/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import type { Output } from '../output.ts';
import { jobLine, jobsText, jobText } from '../render/jobs.ts';
import { lostText, recoveriesText, restoredText } from '../render/queue.ts';
import { type CliCommand, type CommandInput, methodCommand, type Positional } from './command.ts';
import { followToEnd, GRID_POSITIONAL, readGrid, skipImpossibleOption } from './training.ts';

const JOB_POSITIONAL = { name: 'queueId', description: 'number of the job (see `jobs list`)' };
const optionalJob = { ...JOB_POSITIONAL, optional: true };

/** A command that starts a job in this process and stays until it stops. */
function followCommand(
  path: string,
  summary: string,
  positionals: CliCommand['positionals'],
  begin: (engine: Engine, input: CommandInput, output: Output) => Promise<QueueDto>,
  options: readonly Option[] = [],
): CliCommand {
  return {
    path: path.split(' '),
    summary,
    positionals,
    options,
    run: (engine, input, output) => followToEnd(engine, () => begin(engine, input, output), output),
  };
}

type JobMethod = 'queue.pause' | 'queue.cancel' | 'queue.priority' | 'queue.enqueue';

/** A command that changes a job, whichever process runs it, and prints its row. */
function jobCommand<M extends JobMethod>(
  path: string,
  method: M,
  summary: string,
  positionals: readonly Positional[] = [JOB_POSITIONAL],
): CliCommand {
  return {
    path: path.split(' '),
    summary,
    positionals,
    options: [],
    async run(engine, input, output) {
      const { id: jobId } = await engine.call(method, input as RawInput<M>);
      const job = await engine.call('jobs.get', { jobId });
      output.result(job, () => jobLine(job));
      return EXIT_SUCCESS;
    },
  };
}

const list: CliCommand = {
  path: ['jobs', 'list'],
  summary: 'all jobs with their state, by priority and age',
  positionals: [],
  options: [
    ...methodOptions('jobs.list', []),
    new Option('--csv <file>', 'write the table to this CSV file instead'),
  ],
  async runReading(engine, input, output) {
    if (input.csv === undefined) {
      const jobs = await engine.call('jobs.list', input as RawInput<'jobs.list'>);
      output.result(jobs, () => jobsText(jobs));
    } else {
      const written = await engine.call('jobs.export', input as RawInput<'jobs.export'>);
      output.result(written, () => `${written.jobs} jobs written to ${written.file}.`);
    }
    return EXIT_SUCCESS;
  },
};

const idOf = (input: CommandInput) => input.queueId as number;

export const jobCommands: readonly CliCommand[] = [
  list,
  methodCommand('jobs show', 'jobs.get', 'everything about a job', ['jobId'], jobText),
  followCommand(
    'jobs start',
    'train a pending job; without a number the one with the highest priority',
    [optionalJob],
    (engine, input) => engine.call('queue.start', { queueId: idOf(input) }),
  ),
  jobCommand(
    'jobs enqueue',
    'queue.enqueue',
    'let a pending job begin by itself, in the window or server that is open on the workspace',
  ),
  jobCommand('jobs pause', 'queue.pause', 'pause a job, whichever process runs it'),
  followCommand(
    'jobs resume',
    'go on with a paused, crashed or failed job',
    [optionalJob],
    (engine, input) =>
      engine.call('queue.resume', {
        queueId: idOf(input),
        checkpoint: input.checkpoint as string | undefined,
      }),
    [new Option('--checkpoint <file>', 'go on from this checkpoint file instead of the database')],
  ),
  jobCommand('jobs cancel', 'queue.cancel', 'end a job and keep what is done'),
  methodCommand(
    'jobs remove',
    'queue.remove',
    'remove a job from the list; its runs stay in the history',
    ['queueId'],
    ({ queueId }) => `Job ${queueId} removed. Its runs stay in the history.`,
  ),
  jobCommand('jobs priority', 'queue.priority', 'higher runs earlier', [
    JOB_POSITIONAL,
    { name: 'priority', description: 'from -1000 to 1000' },
  ]),
  followCommand(
    'jobs retry',
    'train the failed configurations of a job again',
    [JOB_POSITIONAL],
    async (engine, input) => {
      await engine.call('queue.retry', { queueId: idOf(input) });
      return engine.call('queue.start', { queueId: idOf(input) });
    },
  ),
  followCommand(
    'jobs extend',
    'widen a job to a larger grid and train what is new',
    [JOB_POSITIONAL, GRID_POSITIONAL],
    async (engine, input, output) => {
      const { preview } = await engine.call('queue.extend', {
        queueId: idOf(input),
        grid: await readGrid(engine, input.grid),
        skipImpossible: input.skipImpossible === true,
      });
      output.log(preview.formula);
      return engine.call('queue.start', { queueId: idOf(input) });
    },
    [skipImpossibleOption()],
  ),
  methodCommand('recovery list', 'recovery.list', 'jobs that a crash stopped', [], recoveriesText),
  followCommand(
    'recovery resume',
    'go on with a job that a crash stopped',
    [JOB_POSITIONAL],
    (engine, input) => engine.call('recovery.resume', { queueId: idOf(input) }),
  ),
  methodCommand(
    'recovery dismiss',
    'recovery.dismiss',
    'leave a crashed job paused, and offer its recovery no more',
    ['queueId'],
    ({ queueId }) => `Job ${queueId} is paused. \`jobs resume ${queueId}\` goes on with it.`,
  ),
  methodCommand(
    'recovery lost',
    'recovery.lost',
    'results that checkpoints hold and the database lost',
    [],
    (lost) => lostText(lost, 'missing'),
  ),
  methodCommand('recovery restore', 'recovery.restore', 'bring them back', [], restoredText),
  methodCommand(
    'recovery decline',
    'recovery.decline',
    'go on without them; their checkpoints are moved aside',
    [],
    (declined) => lostText(declined, 'left out'),
  ),
];
