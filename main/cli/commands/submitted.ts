import { setTimeout as delay } from 'node:timers/promises';
import { Option } from 'commander';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { jobRequestSchema, sampleRequest } from '../../../engine/contract/job-request.ts';
import { ENDED, type JobStatusDto } from '../../../engine/contract/job-status.ts';
import { plainWords, problemLines, problemsOf } from '../../../engine/contract/problems.ts';
import { readYamlFile } from '../../../engine/workspace/offline.ts';
import { EXIT_INTERRUPTED, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../../host/exit-status.ts';
import type { CliCommand } from './command.ts';

/** How often it is looked for how a job is. */
const LOOK_MS = 500;

/** A file of YAML, which JSON is, too, as `POST /api/v1/jobs` takes it. @throws EngineError `file-unreadable`, `invalid-input` */
function readRequest(file: string): RawInput<'jobs.submit'>['request'] {
  const request = readYamlFile(file) ?? {};
  const { error } = jobRequestSchema.safeParse(request, { error: plainWords });
  if (error === undefined) return request as RawInput<'jobs.submit'>['request'];
  const problems = problemsOf(error, jobRequestSchema);
  // Without the problems themselves, which would be told as if they were about options.
  throw new EngineError('invalid-input', `${file} can't be used:\n${problemLines(problems)}`, { file });
}

function statusText({
  job_id: id,
  name,
  status,
  progress_pct: progress,
  error,
  model_version: version,
}: JobStatusDto): string {
  const why = error === null ? '' : ` (${error})`;
  const made = version === null ? '' : `, version ${version}`;
  return `Job ${id} "${name}" is ${status.replaceAll('_', ' ')}, ${Math.floor(progress)} % done${made}${why}.`;
}

const submit: CliCommand = {
  path: ['jobs', 'submit'],
  summary:
    'ask for a job as other programs do; it begins in the window or server that is open on the workspace',
  positionals: [{ name: 'request', description: 'JOB.yaml or JSON, as POST /api/v1/jobs takes it' }],
  options: [new Option('--key <text>', 'ask once: the same key again is the same job')],
  async run(engine, input, output) {
    const answer = await engine.call('jobs.submit', {
      request: readRequest(String(input.request)),
      ...(input.key === undefined ? {} : { key: String(input.key) }),
    });
    output.result(answer, () => answer.message);
    return EXIT_SUCCESS;
  },
};

/** Looks until a job has ended or asks something; whichever process runs it. */
const follow: CliCommand = {
  path: ['jobs', 'follow'],
  summary: 'tell how a job goes until it ends, whichever process runs it',
  positionals: [
    { name: 'jobId', description: 'what `jobs submit` or POST /api/v1/jobs answered, or its number' },
  ],
  options: [],
  async run(engine, input, output) {
    const jobId = String(input.jobId);
    let said = '';
    for (;;) {
      const job = await engine.call('jobs.status', { jobId });
      const text = statusText(job);
      if (ENDED.has(job.status) || job.status === 'awaiting_confirmation') {
        output.result(job, () => text);
        if (job.status === 'failed') return EXIT_TRAINING_FAILED;
        return job.status === 'cancelled' ? EXIT_INTERRUPTED : EXIT_SUCCESS;
      }
      if (text !== said) output.log(text);
      said = text;
      await delay(LOOK_MS);
    }
  },
};

const KINDS = ['grid', 'walk_forward', 'search', 'production'] as const;

const sample: CliCommand = {
  path: ['jobs', 'sample'],
  summary: 'a small file of a kind of job, to begin with; its first line says which command reads it',
  positionals: [{ name: 'kind', description: KINDS.join(', ') }],
  options: [],
  async runReading(engine, { kind: asked }, output) {
    const kind = KINDS.find((one) => one === asked);
    if (kind === undefined) {
      throw new EngineError(
        'invalid-input',
        `A kind of job is ${KINDS.join(', ')}, found ${JSON.stringify(asked)}.`,
      );
    }
    const written = await engine.call('jobs.write', { request: sampleRequest(kind) });
    output.result(written, () => written.yaml.trimEnd());
    return EXIT_SUCCESS;
  },
};

export const submittedCommands: readonly CliCommand[] = [submit, follow, sample];
