import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { QueueDto } from '../../../engine/contract/dto/index.ts';
import type { Output } from '../output.ts';
import { queueLine, queuesText, recoveriesText } from '../render/queue.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';
import { followToEnd, GRID_POSITIONAL, readGrid } from './training.ts';

const QUEUE_POSITIONAL = { name: 'queueId', description: 'number of the queue (see `queue list`)' };

/** A command that starts a queue in this process and stays until it stops. */
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

const idOf = (input: CommandInput) => input.queueId as number;
const optionalQueue = { ...QUEUE_POSITIONAL, optional: true };

export const queueCommands: readonly CliCommand[] = [
  methodCommand('queue list', 'queue.list', 'all queues with their state', [], queuesText),
  followCommand(
    'queue start',
    'train a pending queue; without a number the one with the highest priority',
    [optionalQueue],
    (engine, input) => engine.call('queue.start', { queueId: idOf(input) }),
  ),
  methodCommand(
    'queue pause',
    'queue.pause',
    'pause a queue, whichever process runs it',
    ['queueId'],
    queueLine,
  ),
  followCommand(
    'queue resume',
    'go on with a paused, crashed or failed queue',
    [optionalQueue],
    (engine, input) =>
      engine.call('queue.resume', {
        queueId: idOf(input),
        checkpoint: input.checkpoint as string | undefined,
      }),
    [new Option('--checkpoint <file>', 'go on from this checkpoint file instead of the database')],
  ),
  methodCommand('queue cancel', 'queue.cancel', 'end a queue and keep what is done', ['queueId'], queueLine),
  methodCommand(
    'queue remove',
    'queue.remove',
    'remove a queue from the list; its runs stay in the history',
    ['queueId'],
    ({ queueId }) => `Queue ${queueId} removed. Its runs stay in the history.`,
  ),
  methodCommand(
    'queue priority',
    'queue.priority',
    'higher runs earlier',
    ['queueId', 'priority'],
    queueLine,
  ),
  followCommand(
    'queue retry',
    'train the failed configurations of a queue again',
    [QUEUE_POSITIONAL],
    async (engine, input) => {
      await engine.call('queue.retry', { queueId: idOf(input) });
      return engine.call('queue.start', { queueId: idOf(input) });
    },
  ),
  followCommand(
    'queue extend',
    'widen a queue to a larger grid and train what is new',
    [QUEUE_POSITIONAL, GRID_POSITIONAL],
    async (engine, input, output) => {
      const { preview } = await engine.call('queue.extend', {
        queueId: idOf(input),
        grid: await readGrid(engine, input.grid),
      });
      output.log(preview.formula);
      return engine.call('queue.start', { queueId: idOf(input) });
    },
  ),
  methodCommand('recovery list', 'recovery.list', 'queues that a crash stopped', [], recoveriesText),
  followCommand(
    'recovery resume',
    'go on with a queue that a crash stopped',
    [QUEUE_POSITIONAL],
    (engine, input) => engine.call('recovery.resume', { queueId: idOf(input) }),
  ),
  methodCommand(
    'recovery dismiss',
    'recovery.dismiss',
    'leave a crashed queue paused, and offer its recovery no more',
    ['queueId'],
    ({ queueId }) => `Queue ${queueId} is paused. \`queue resume ${queueId}\` goes on with it.`,
  ),
];
