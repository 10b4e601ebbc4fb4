import { z } from 'zod';
import type { ForwardDetailDto, ForwardTestDto, SignalsDto } from '../dto/index.ts';
import { symbolField, timeframeField } from './fields.ts';
import { modelNameField, versionField } from './registry.ts';

/** What the models say now. Nothing here places orders. */
export const liveInputs = {
  'signals.list': z.strictObject({
    symbol: symbolField.optional().describe('one symbol alone'),
    timeframe: timeframeField.optional().describe('one timeframe alone'),
  }),
  'forward.list': z.strictObject({}),
  'forward.show': z.strictObject({
    name: modelNameField,
    version: versionField.optional().describe('one version alone; else the newest test'),
  }),
} as const;

export interface LiveResults {
  'signals.list': SignalsDto;
  /** Versions that trade on paper, from when they were put in charge on, the newest first. */
  'forward.list': readonly ForwardTestDto[];
  'forward.show': ForwardDetailDto;
}
