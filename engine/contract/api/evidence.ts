import { z } from 'zod';
import type {
  EvidenceDto,
  HistoryPageDto,
  LuckDistributionDto,
  ValidationBriefDto,
  ValidationCurveDto,
} from '../dto/index.ts';
import { idField, numeric, symbolField, timeframeField } from './fields.ts';

/** How far a model of a market came. */
export const EVIDENCE_STAGES = ['tried', 'eligible', 'positive'] as const;
export type EvidenceStage = (typeof EVIDENCE_STAGES)[number];

export const evidenceInputs = {
  'evidence.summary': z.strictObject({}),
  /** The models that a figure of a market's evidence counts, newest first. */
  'evidence.runs': z.strictObject({
    symbol: symbolField,
    timeframe: timeframeField,
    stage: z.enum(EVIDENCE_STAGES),
    limit: numeric(z.int().min(1).max(1000)).default(50),
    offset: numeric(z.int().min(0)).default(0),
  }),
  /** What luck alone reached where a champion won, as a histogram. */
  'evidence.luck': z.strictObject({
    champion: z.string().max(200),
    bins: z.int().min(2).max(100).default(24),
  }),
  /** What a champion's verdict may rest on; without one, procedures. Of each scheme the newest, the one that decides first. */
  'evidence.validations': z.strictObject({ champion: z.string().max(200).optional() }),
  /** The out-of-sample curve of a validation by days, with what chance makes of it. */
  'evidence.curve': z.strictObject({ id: idField.describe('number of the validation') }),
} as const;

export interface EvidenceResults {
  'evidence.summary': EvidenceDto;
  'evidence.runs': HistoryPageDto;
  'evidence.luck': LuckDistributionDto;
  'evidence.validations': readonly ValidationBriefDto[];
  'evidence.curve': ValidationCurveDto;
}
