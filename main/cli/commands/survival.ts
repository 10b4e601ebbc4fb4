import type { Engine } from '../../../engine/app.ts';
import type { Method, RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_INTERRUPTED, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../../host/exit-status.ts';
import { followQueue, startNew } from '../follow.ts';
import { methodOptions } from '../method-options.ts';
import type { Output } from '../output.ts';
import { jobLine } from '../render/jobs.ts';
import {
  survivalGateText,
  survivalJournalText,
  survivalRowsText,
  survivalsText,
  survivalText,
} from '../render/survival.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';

/** Follows a job that was just made, and prints the model that it ends with; returns the exit status. */
async function follow(engine: Engine, queueId: number, enqueue: boolean, output: Output): Promise<number> {
  if (enqueue) {
    const job = await engine.call('jobs.get', { jobId: queueId });
    output.result(job, () => jobLine(job));
    return EXIT_SUCCESS;
  }
  const { state, failed } = await followQueue(engine, () => startNew(engine, queueId), output);
  if (state === 'paused' || state === 'cancelled') {
    if (state === 'paused') {
      output.log(
        `Paused. To go on: npm run -s regimen -- jobs resume ${queueId} --workspace ${engine.workspace}`,
      );
    }
    return EXIT_INTERRUPTED;
  }
  const model = (await engine.call('survival.list', {})).at(-1);
  if (state !== 'completed' || model === undefined) return EXIT_TRAINING_FAILED;
  output.result(model, () => survivalText(model));
  return failed === 0 ? EXIT_SUCCESS : EXIT_TRAINING_FAILED;
}

const jobCommand = (name: 'train' | 'update', summary: string): CliCommand => {
  const method = `survival.${name}` as const satisfies Method;
  return {
    path: ['survival', name],
    summary,
    positionals: [],
    options: methodOptions(method, []),
    async run(engine, input: CommandInput, output) {
      const { queueId } = await engine.call(method, input as RawInput<typeof method>);
      return follow(engine, queueId, input.enqueue === true, output);
    },
  };
};

export const survivalCommands: readonly CliCommand[] = [
  jobCommand('train', 'train a model of what survives on the folds of validated grids'),
  jobCommand(
    'update',
    'a version that goes on with the folds that came since, with the same hyper-parameters',
  ),
  methodCommand('survival rows', 'survival.rows', 'what there is to learn from', [], survivalRowsText),
  methodCommand('survival list', 'survival.list', 'versions, oldest first', [], survivalsText),
  methodCommand(
    'survival show',
    'survival.get',
    'figures, calibration and picks of a version',
    [],
    survivalText,
  ),
  methodCommand(
    'survival validate',
    'survival.gate',
    'what the gate says of a version',
    [],
    survivalGateText,
  ),
  methodCommand(
    'survival promote',
    'survival.promote',
    'put a version that passes the gate in charge: its probability stands beside champions',
    [],
    ({ version }) => `Version ${version} is in production.`,
  ),
  methodCommand(
    'survival rollback',
    'survival.rollback',
    'put the version in charge that was before',
    [],
    ({ version }) => `Version ${version} is in production.`,
  ),
  methodCommand(
    'survival retire',
    'survival.retire',
    'leave nobody in charge',
    [],
    ({ version }) => `Version ${version} is in production no more: nobody is.`,
  ),
  methodCommand(
    'survival journal',
    'survival.journal',
    'what was done, and by whom',
    [],
    survivalJournalText,
  ),
];
