import { createEngine } from '../../engine/app.ts';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { toErrorDto } from '../../engine/contract/errors.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { type ProcessTable, systemProcesses } from '../../engine/queue/owner.ts';

/**
 * A process that trains a workspace's one queue until it ends, in whatever state the process before left it; what the
 * tests kill. Its only argument is a HostOrder; each line it prints is a HostReport.
 */
export interface HostOrder {
  readonly workspace: string;
  readonly grid: GridSpecInput;
  readonly threads: number;
  /** Whom others take it for; itself, unless it is said. */
  readonly seenAs?: SeenAs;
}

/** How a process looks from another computer, or where, as on Windows, nobody knows when a process started. */
export interface SeenAs {
  readonly host: string;
  readonly isStartKnown: boolean;
}

export type HostReport =
  | { readonly type: 'opened' }
  /** A result is permanent. */
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'feed'; readonly message: string }
  | { readonly type: 'ended'; readonly state: string; readonly message: string | null }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

function report(line: HostReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/**
 * REGIMEN_KILL_AT=`file in place#3`: SIGKILL right after the third time that this step of a commit is done; with
 * REGIMEN_KILL_WITH another signal.
 */
function killAtStep(): (step: string) => void {
  const [wanted, count] = (process.env.REGIMEN_KILL_AT ?? '').split('#');
  let left = Number(count);
  return (step) => {
    if (step === wanted && --left === 0)
      process.kill(process.pid, process.env.REGIMEN_KILL_WITH ?? 'SIGKILL');
  };
}

function processesSeenAs(seenAs: SeenAs | undefined): ProcessTable {
  const processes = systemProcesses();
  if (seenAs === undefined) return processes;
  const startOf = seenAs.isStartKnown ? processes.startOf : () => null;
  const self = { host: seenAs.host, pid: process.pid, processStart: startOf(process.pid) };
  return { ...processes, self, startOf };
}

async function trainOn({ workspace, grid, threads, seenAs }: HostOrder): Promise<void> {
  const processes = processesSeenAs(seenAs);
  const engine = createEngine({
    workspace,
    threads,
    role: 'command',
    onCommitStep: killAtStep(),
    processes,
  });
  try {
    report({ type: 'opened' });
    engine.subscribe((event) => {
      if (event.type === 'queue.progress') report({ type: 'progress', done: event.progress.done });
      if (event.type === 'feed') report({ type: 'feed', message: event.line.message });
    });
    const queueId = (await engine.call('queue.list', {}))[0]?.id ?? (await create());
    const stateNow = async () => (await engine.call('queue.get', { queueId })).state;
    if ((await stateNow()) !== 'completed') await goOn(queueId, await stateNow());
    // Whatever it asks is answered with yes.
    if ((await stateNow()) === 'awaiting_confirmation') await goOn(queueId, 'awaiting_confirmation');
    const end: QueueDto = await engine.call('queue.get', { queueId });
    report({ type: 'ended', state: end.state, message: end.message });
  } finally {
    await engine.close();
  }

  async function goOn(queueId: number, state: QueueDto['state']): Promise<void> {
    if (state === 'awaiting_confirmation') await engine.call('validation.confirm', { queueId });
    const isNew = state === 'pending' || state === 'awaiting_confirmation';
    await engine.call(isNew ? 'queue.start' : 'queue.resume', { queueId });
    await engine.call('queue.wait', { queueId });
  }

  async function create(): Promise<number> {
    return (await engine.call('queue.create', { grid })).queueId;
  }
}

try {
  await trainOn(JSON.parse(process.argv[2]!) as HostOrder);
} catch (error) {
  const { code, message } = toErrorDto(error);
  report({ type: 'error', code, message });
  process.exitCode = 1;
}
