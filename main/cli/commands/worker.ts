import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { EngineError } from '../../../engine/contract/errors.ts';
import { startRemoteWorker } from '../../../engine/workers/remote/worker.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import type { Output } from '../output.ts';
import { workersText, workerText } from '../render/workers.ts';
import { untilStopped } from '../until-stopped.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';

const MOST_THREADS = 256;
const [LEAST_LOCK, MOST_LOCK] = [2, 600];

const workerCommand: CliCommand = {
  path: ['worker'],
  summary: 'train for hosts that are met at a Redis, until Ctrl-C; needs no workspace',
  positionals: [],
  options: [
    new Option('--redis <url>', 'where hosts are met: redis://127.0.0.1:6379 (REGIMEN_REDIS)'),
    new Option('--threads <n>', 'worker threads, 1 to 256, or auto for one per processor core').default(
      'auto',
    ),
    new Option('--name <name>', 'how hosts know it (machine and process number)'),
    new Option('--cache <dir>', 'folder for candles of hosts, 2 GB at most (~/.regimen/worker)'),
    new Option(
      '--lock-seconds <n>',
      `seconds without a sign of life, ${LEAST_LOCK} to ${MOST_LOCK}, after which its work is given to another`,
    ).default('12'),
  ],
  runOffline: (_workspace, input, output) => runWorker(input, output),
};

async function runWorker(input: CommandInput, output: Output): Promise<number> {
  const { env } = process;
  const given = (input.redis as string | undefined) ?? env.REGIMEN_REDIS?.trim();
  if (given === undefined || given === '') {
    throw new EngineError(
      'invalid-input',
      'A worker has to know where hosts are met: --redis redis://127.0.0.1:6379, or the variable REGIMEN_REDIS.',
    );
  }
  const key = env.REGIMEN_WORKER_KEY?.trim();
  const name = input.name as string | undefined;
  if (name !== undefined && (name.trim() === '' || name.length > 200)) {
    throw new EngineError(
      'invalid-input',
      `--name: expected 1 to 200 characters, found ${JSON.stringify(name)}.`,
    );
  }
  const home = env.REGIMEN_HOME ?? join(homedir(), '.regimen');
  const stopping = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const stopped = untilStopped(output, ended, 'Stopping. Press Ctrl-C again to stop at once.');
  void stopped.then(() => stopping.abort());
  try {
    const worker = await startRemoteWorker({
      url: given,
      key: key === '' ? undefined : key,
      name,
      threads:
        input.threads === 'auto'
          ? availableParallelism()
          : wholeNumber('--threads', input.threads, 1, MOST_THREADS),
      cache: (input.cache as string | undefined) ?? join(home, 'worker'),
      lockSeconds: wholeNumber('--lock-seconds', input.lockSeconds, LEAST_LOCK, MOST_LOCK),
      rehearses: true,
      stop: stopping.signal,
      say: ({ level, text }) => output.log(text, level === 'warning' ? 'warn' : level),
    });
    await worker.ended;
  } finally {
    end();
  }
  output.log('The worker has ended.');
  return EXIT_SUCCESS;
}

function wholeNumber(option: string, given: unknown, least: number, most: number): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new EngineError(
    'invalid-input',
    `${option}: expected a whole number from ${least} to ${most}, found ${JSON.stringify(given)}.`,
  );
}

export const workerCommands: readonly CliCommand[] = [
  workerCommand,
  methodCommand(
    'worker list',
    'workers.list',
    'who is connected, what each does and how fast, and who can give this host nothing, and why',
    [],
    workersText,
  ),
  methodCommand(
    'worker pause',
    'workers.pause',
    'have a worker take on nothing new; what it has in training is finished',
    ['name'],
    workerText,
  ),
  methodCommand('worker resume', 'workers.resume', 'have a paused worker go on', ['name'], workerText),
  methodCommand(
    'worker drain',
    'workers.drain',
    'have a worker finish what it has in training, and end',
    ['name'],
    workerText,
  ),
];
