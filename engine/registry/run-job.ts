import { setTimeout as delay } from 'node:timers/promises';
import type { HostKind, QueueState, QueueSummaryDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { QueueService } from '../queue/service.ts';

export interface RunJobDeps {
  readonly queues: Pick<QueueService, 'start' | 'remove' | 'get'> & {
    readonly launcher: Pick<QueueService['launcher'], 'outcome' | 'summary'>;
  };
  readonly hostKind: HostKind;
  /** The workspace is being closed: what is waited for does not come any more. */
  readonly closing: AbortSignal;
}

/** Told of each job that is made for it. */
export type OnJob = (queueId: number) => void;

/** How a job ended, or that it has a question. */
export interface RunJob {
  readonly state: QueueState;
  readonly failures: QueueSummaryDto['failures'];
}

/** Whether jobs take their turn, as those of a window or server, which works its queue off; a command starts its own at once. */
export function takesTurns({ hostKind }: Pick<RunJobDeps, 'hostKind'>): boolean {
  return hostKind !== 'command line';
}

/** How often it is looked for what became of a job that takes its turn. */
const LOOK_MS = 200;

/** States that a job leaves by itself, or once a person says so. */
const GOES_ON: readonly QueueState[] = ['pending', 'running', 'pausing', 'paused', 'cancelling', 'crashed'];

/**
 * Runs a job that was made `enqueued` where jobs take turns. There it may wait for others, and be paused and resumed. A command starts it, and
 * removes what can't be started, since asking again makes another; a pause is its end.
 * @throws EngineError `workspace-busy`, `conflict` where the workspace is closed or the job removed
 */
export async function runJob(deps: RunJobDeps, queueId: number): Promise<RunJob> {
  const { queues } = deps;
  // A search that a killed command had made is done already.
  if (takesTurns(deps) || stateOf(queues, queueId) === 'completed') return await settled(deps, queueId);
  try {
    await queues.start(queueId);
  } catch (error) {
    await queues.remove(queueId);
    throw error;
  }
  return (await queues.launcher.outcome(queueId)) as QueueSummaryDto & RunJob;
}

async function settled({ queues, closing }: RunJobDeps, queueId: number): Promise<RunJob> {
  for (;;) {
    if (closing.aborted) throw interrupted(queueId, 'Regimen was closed before it was done.');
    const state = stateOf(queues, queueId);
    if (state === 'completed') {
      const { failures } = await queues.launcher.summary(queueId);
      return { state, failures };
    }
    if (!GOES_ON.includes(state)) return { state, failures: [] };
    await delay(LOOK_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}

function stateOf(queues: RunJobDeps['queues'], queueId: number): QueueState {
  try {
    return queues.get(queueId).state;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'not-found') throw error;
    throw interrupted(queueId, 'It was removed.');
  }
}

/** Before a job is made. @throws EngineError `conflict` where the workspace is being closed */
export function assertOpen({ closing }: Pick<RunJobDeps, 'closing'>): void {
  if (!closing.aborted) return;
  throw new EngineError('conflict', 'Regimen is being closed. Asked for once more, it goes on from here.', {
    interrupted: true,
  });
}

/** That something a person did keeps a job from its end: nobody did anything wrong. */
export function interrupted(queueId: number, why: string): EngineError {
  return new EngineError(
    'conflict',
    `Job ${queueId} did not come to its end. ${why} Asked for once more, it goes on with what is computed.`,
    { interrupted: true, queueId },
  );
}
