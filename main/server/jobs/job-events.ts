import { PassThrough } from 'node:stream';
import type { Engine } from '../../../engine/app.ts';
import type { EngineEvent } from '../../../engine/contract/events.ts';
import { ENDED, type JobStatusDto } from '../../../engine/contract/job-status.ts';

/** A job changes with each cell: whoever follows it is told at most this often. */
const GAP_MS = 250;
/** A line now and then keeps proxies from closing what is quiet. */
const ALIVE_MS = 15_000;
/** A reader this far behind is cut off; it connects again, and is told the present state first. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

export interface JobEventsOptions {
  readonly engine: Pick<Engine, 'call' | 'subscribe'>;
  readonly jobId: string;
  /** What it is now, which is sent first. */
  readonly first: JobStatusDto;
}

/** Whether an event may have changed how jobs are. */
function concernsJobs({ type }: EngineEvent): boolean {
  return type.startsWith('queue.') || type === 'workspace.changed';
}

/**
 * How a job is, as server-sent events: `status` with its whole status, first at once and then whenever it is another one, and `end`
 * with the last one once nothing will change any more, after which the stream ends.
 */
export function streamJob({ engine, jobId, first }: JobEventsOptions): PassThrough {
  const stream = new PassThrough();
  let number = 0;
  let last = '';
  let timer: NodeJS.Timeout | undefined;

  const alive = setInterval(() => write(': still here\n\n'), ALIVE_MS);
  alive.unref();
  const unsubscribe = engine.subscribe((event) => {
    if (concernsJobs(event)) timer ??= setTimeout(() => void look(), GAP_MS);
  });
  stream.once('close', () => {
    unsubscribe();
    clearInterval(alive);
    clearTimeout(timer);
  });

  function write(text: string): void {
    if (stream.destroyed || stream.writableEnded) return;
    if (stream.writableLength > MAX_BACKLOG_BYTES) stream.destroy();
    else stream.write(text);
  }

  function tell(status: JobStatusDto): void {
    const data = JSON.stringify(status);
    if (data !== last) {
      last = data;
      number += 1;
      write(`id: ${number}\nevent: status\ndata: ${data}\n\n`);
    }
    if (!ENDED.has(status.status)) return;
    write(`id: ${number + 1}\nevent: end\ndata: ${data}\n\n`);
    stream.end();
    unsubscribe();
  }

  async function look(): Promise<void> {
    try {
      tell(await engine.call('jobs.status', { jobId }));
    } catch {
      // It was removed: there is nothing left to follow.
      stream.end();
    }
    timer = undefined;
  }

  tell(first);
  return stream;
}
