import { z } from 'zod';
import type {
  FeedLineDto,
  GridOptionsDto,
  GridPreviewDto,
  LostResultsDto,
  QueueDto,
  QueueSummaryDto,
  RecoveryDto,
  RestoredResultsDto,
  RunDto,
} from '../dto/index.ts';
import { type GridSpec, type GridSpecInput, gridSpecSchema, YAML_BYTES } from '../grid.ts';
import { fileField, idField, numeric } from './fields.ts';

const queueId = idField.describe('number of the queue');

const retrain = z.boolean().default(false).describe('train again what is already trained');
const skipImpossible = z
  .boolean()
  .default(false)
  .describe('leave out configurations that the candles are too short for');

const checkpoint = z
  .string()
  .max(200)
  .optional()
  .describe('name of the checkpoint (see `recovery lost`); left out: all of them');

export const queueInputs = {
  'grid.options': z.strictObject({}),
  /** The demo market's ready grid. */
  'grid.demo': z.strictObject({}),
  /** What a GRID.yaml says; `file` is what messages call it. */
  'grid.read': z.strictObject({
    text: z.string().max(4 * YAML_BYTES),
    file: z.string().max(1000).default('The grid'),
  }),
  /** The text of a GRID.yaml. */
  'grid.write': z.strictObject({ grid: gridSpecSchema }),
  'grid.preview': z.strictObject({ grid: gridSpecSchema, retrain, skipImpossible }),
  'queue.list': z.strictObject({}),
  'queue.get': z.strictObject({ queueId }),
  'queue.create': z.strictObject({
    grid: gridSpecSchema,
    retrain,
    skipImpossible,
    enqueue: z.boolean().default(false).describe('let it begin by itself when its turn comes'),
  }),
  /** A pending queue begins by itself when its turn comes, in whatever window or server is open on the workspace. */
  'queue.enqueue': z.strictObject({ queueId }),
  /** Left out: the pending queue with the highest priority. */
  'queue.start': z.strictObject({ queueId: queueId.optional() }),
  /** Resolves when the queue stops running, for whatever reason. */
  'queue.wait': z.strictObject({ queueId }),
  /** What a finished or paused queue has come to so far. */
  'queue.summary': z.strictObject({ queueId }),
  'queue.pause': z.strictObject({ queueId }),
  'queue.resume': z.strictObject({
    queueId: queueId.optional(),
    checkpoint: fileField.optional().describe('go on from this checkpoint file instead of the database'),
  }),
  'queue.cancel': z.strictObject({ queueId }),
  'queue.remove': z.strictObject({ queueId }),
  'queue.priority': z.strictObject({
    queueId,
    priority: numeric(z.int().min(-1000).max(1000)).describe('higher runs earlier'),
  }),
  'queue.retry': z.strictObject({ queueId }),
  'queue.extend': z.strictObject({ queueId, grid: gridSpecSchema, skipImpossible }),
  /** The queue's latest results, newest first. */
  'queue.results': z.strictObject({ queueId, limit: numeric(z.int().min(1).max(1000)).default(50) }),
  /** The newest lines of the live feed, oldest first. */
  'feed.recent': z.strictObject({ limit: numeric(z.int().min(1).max(1000)).default(200) }),
  'recovery.list': z.strictObject({}),
  'recovery.resume': z.strictObject({ queueId }),
  'recovery.dismiss': z.strictObject({ queueId }),
  /** What a crash, or whatever befell the database, cost, and checkpoints still hold. */
  'recovery.lost': z.strictObject({}),
  'recovery.restore': z.strictObject({ checkpoint }),
  'recovery.decline': z.strictObject({ checkpoint }),
} as const;

export interface QueueResults {
  'grid.options': GridOptionsDto;
  'grid.demo': GridSpecInput;
  'grid.read': GridSpec;
  'grid.write': { readonly text: string };
  'grid.preview': GridPreviewDto;
  'queue.list': readonly QueueDto[];
  'queue.get': QueueDto;
  'queue.create': { readonly queueId: number; readonly preview: GridPreviewDto };
  'queue.enqueue': QueueDto;
  'queue.start': QueueDto;
  'queue.wait': QueueSummaryDto;
  'queue.summary': QueueSummaryDto;
  'queue.pause': QueueDto;
  'queue.resume': QueueDto;
  'queue.cancel': QueueDto;
  'queue.remove': { readonly queueId: number };
  'queue.priority': QueueDto;
  'queue.retry': QueueDto;
  'queue.extend': { readonly queueId: number; readonly preview: GridPreviewDto };
  'queue.results': readonly RunDto[];
  'feed.recent': readonly FeedLineDto[];
  'recovery.list': readonly RecoveryDto[];
  'recovery.resume': QueueDto;
  'recovery.dismiss': { readonly queueId: number };
  'recovery.lost': readonly LostResultsDto[];
  /** What was decided. */
  'recovery.restore': readonly RestoredResultsDto[];
  'recovery.decline': readonly LostResultsDto[];
}
