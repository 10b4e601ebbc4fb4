import { z } from 'zod';
import type {
  SurvivalGateLineDto,
  SurvivalJournalDto,
  SurvivalModelDto,
  SurvivalRowsDto,
} from '../dto/index.ts';
import { survivalFields } from '../survival.ts';
import { numeric } from './fields.ts';

const versionField = z
  .string()
  .regex(/^\d{8}_\d{6}$/, 'a version is the time that it was made at, such as 20261128_143022')
  .optional()
  .describe('the version; the newest where it is left out');
const reasonField = z.string().min(1).max(500).optional().describe('why: it stands in the journal');
const enqueueField = z.boolean().default(false).describe('let it begin by itself when its turn comes');

const fields = survivalFields(numeric);

export const survivalInputs = {
  /** What there is to learn from. */
  'survival.rows': z.strictObject({ minCompositeScore: fields.minCompositeScore }),
  /** A job that trains a model of what survives on the folds of validated grids. */
  'survival.train': z.strictObject({ ...fields, enqueue: enqueueField }),
  /** A job that goes on from a version with its hyper-parameters, on the folds that are there by now. */
  'survival.update': z.strictObject({ version: versionField, enqueue: enqueueField }),
  'survival.list': z.strictObject({}),
  'survival.get': z.strictObject({ version: versionField }),
  /** What the gate says of a version; changes nothing. */
  'survival.gate': z.strictObject({ version: versionField }),
  /** Puts a version in charge that passes the gate: its probability stands beside champions. */
  'survival.promote': z.strictObject({
    version: versionField,
    force: z
      .boolean()
      .default(false)
      .describe('do not compare with what is in production; it stands in the journal for ever'),
    reason: reasonField,
  }),
  /** Back to the version that was in charge before, or to the one that is named. */
  'survival.rollback': z.strictObject({ version: versionField, reason: reasonField }),
  /** Leaves nobody in charge. */
  'survival.retire': z.strictObject({ reason: reasonField }),
  'survival.journal': z.strictObject({}),
} as const;

export interface SurvivalResults {
  'survival.rows': SurvivalRowsDto;
  'survival.train': { readonly queueId: number };
  'survival.update': { readonly queueId: number };
  'survival.list': readonly SurvivalModelDto[];
  'survival.get': SurvivalModelDto;
  'survival.gate': readonly SurvivalGateLineDto[];
  'survival.promote': SurvivalModelDto;
  'survival.rollback': SurvivalModelDto;
  'survival.retire': { readonly version: string };
  'survival.journal': readonly SurvivalJournalDto[];
}
