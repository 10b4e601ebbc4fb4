import type { Handlers, Input } from '../contract/api/index.ts';
import type { JobDto } from '../contract/dto/index.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { jobsCsv } from '../interchange/csv/jobs.ts';
import type { QueueService } from '../queue/service.ts';
import { matchesMarks } from '../store/marks.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';

type JobMethod = 'jobs.list' | 'jobs.get' | 'jobs.export';

export interface JobsDeps {
  readonly queues: Pick<QueueService, 'list' | 'get' | 'jobOf'>;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  readonly claimOutput: ClaimOutput;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function jobHandlers({ queues, home, claimOutput, now }: JobsDeps): Pick<Handlers, JobMethod> {
  const matching = ({ state, kind, ...marked }: Input<'jobs.list'>): JobDto[] =>
    queues
      .list()
      .filter((queue) => state === undefined || queue.state === state)
      .map(queues.jobOf)
      .filter((job) => (kind === undefined || job.kind === kind) && matchesMarks(job, marked));

  return {
    'jobs.list': matching,
    'jobs.get': ({ jobId }) => queues.jobOf(queues.get(jobId)),
    'jobs.export'({ csv, overwrite, ...filter }) {
      const file = csv === undefined ? exportPath(home, 'training_jobs', now()) : claimOutput(csv, overwrite);
      const jobs = matching(filter);
      writeFileAtomic(file, jobsCsv(jobs), USER_MODE);
      return { file, jobs: jobs.length };
    },
  };
}
