import { z } from 'zod';
import type { WorkerDto, WorkersDto } from '../dto/index.ts';

/** Workers on other machines. */

const redisField = z
  .string()
  .min(1)
  .optional()
  .describe('address of the Redis where they are met (queue.workers, or REGIMEN_REDIS)');
const nameField = z.string().min(1).max(200).describe('name of the worker, as `worker list` shows it');

export const workersInputs = {
  'workers.list': z.strictObject({ redis: redisField }),
  'workers.pause': z.strictObject({ name: nameField, redis: redisField }),
  'workers.resume': z.strictObject({ name: nameField, redis: redisField }),
  'workers.drain': z.strictObject({ name: nameField, redis: redisField }),
} as const;

export interface WorkersResults {
  'workers.list': WorkersDto;
  'workers.pause': WorkerDto;
  'workers.resume': WorkerDto;
  'workers.drain': WorkerDto;
}
