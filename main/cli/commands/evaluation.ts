import { Option } from 'commander';
import type { Engine } from '../../../engine/app.ts';
import type { EvaluationPreviewDto, JobDto } from '../../../engine/contract/dto/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { startNew } from '../follow.ts';
import type { Output } from '../output.ts';
import { evaluationText, nothingText } from '../render/evaluation.ts';
import { jobLine } from '../render/jobs.ts';
import type { CliCommand, CommandInput } from './command.ts';
import { followToEnd } from './training.ts';

type Wanted = 'evaluation.create' | 'evaluation.retrain';

/** What there is to do that no job of the queue is to do already, in the order in which it is done. */
function wanted({ kept, deleted }: EvaluationPreviewDto, retrainDeleted: boolean): Wanted[] {
  const methods: Wanted[] = [];
  if (kept.count > kept.queued) methods.push('evaluation.create');
  if (retrainDeleted && deleted.count > deleted.queued) methods.push('evaluation.retrain');
  return methods;
}

async function evaluate(
  engine: Engine,
  { dryRun, enqueue, ...options }: CommandInput,
  output: Output,
): Promise<number> {
  const retrainDeleted = options.retrainDeleted === true;
  const stale = await engine.call('evaluation.preview', {});
  if (dryRun === true) {
    output.result(stale, () => evaluationText(stale));
    return EXIT_SUCCESS;
  }
  const methods = wanted(stale, retrainDeleted);
  if (methods.length === 0) {
    output.result({ queueId: null, ...stale }, () => nothingText(stale, retrainDeleted));
    return EXIT_SUCCESS;
  }
  output.log(evaluationText(stale));
  return (enqueue === true ? enqueueAll : followAll)(engine, methods, output);
}

async function enqueueAll(engine: Engine, methods: readonly Wanted[], output: Output): Promise<number> {
  const jobs: JobDto[] = [];
  for (const method of methods) {
    const { queueId: jobId } = await engine.call(method, { enqueue: true });
    jobs.push(await engine.call('jobs.get', { jobId }));
  }
  output.result(jobs, () => jobs.map(jobLine).join('\n'));
  return EXIT_SUCCESS;
}

/** One after another; the first that does not end well ends the command, and what was not begun is not made. */
async function followAll(engine: Engine, methods: readonly Wanted[], output: Output): Promise<number> {
  let status = EXIT_SUCCESS;
  for (const method of methods) {
    const { queueId } = await engine.call(method, {});
    status = await followToEnd(engine, () => startNew(engine, queueId), output);
    if (status !== EXIT_SUCCESS) break;
  }
  return status;
}

export const evaluationCommands: readonly CliCommand[] = [
  {
    path: ['evaluate'],
    summary: "give kept models the figures of today's costs, regimes and rules, without training",
    positionals: [],
    options: [
      new Option('--dry-run', 'count what is out of date, and change nothing'),
      new Option(
        '--retrain-deleted',
        'then train again the configurations whose models were deleted and would have other figures',
      ),
      new Option(
        '--enqueue',
        'put it into the queue and return: the window or server that is open on the workspace does it',
      ),
    ],
    run: evaluate,
  },
];
