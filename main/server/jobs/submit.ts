import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { SubmittedJobDto } from '../../../engine/contract/job-status.ts';
import { refuseReadOnly } from '../access.ts';

export const V1 = '/api/v1';

/** Of a route that changes something. */
export const mayChange = {
  onRequest: async (request: FastifyRequest, reply: FastifyReply) => refuseReadOnly(request, reply),
};

/** Asks for a job, once for each key that a program gives, and sets what its answer is sent with; `notes` are added to what is said. */
export async function submit(
  call: Engine['call'],
  request: FastifyRequest,
  reply: FastifyReply,
  asked: RawInput<'jobs.submit'>,
  notes: readonly string[] = [],
): Promise<SubmittedJobDto> {
  const given = request.headers['idempotency-key'];
  // Keys of one program are no other's.
  const key =
    given === undefined ? undefined : `${request.access!.id}: ${request.routeOptions.url} ${String(given)}`;
  const { repeated, ...answer } = await call('jobs.submit', { ...asked, ...(key !== undefined && { key }) });
  reply.code(202).header('location', `${V1}/jobs/${encodeURIComponent(answer.job_id)}`);
  if (repeated) reply.header('idempotent-replayed', 'true');
  if (notes.length === 0) return answer;
  return { ...answer, message: `${answer.message} Note: ${notes.join('; ')}.` };
}
