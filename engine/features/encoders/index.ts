import type { EncoderName } from '../../contract/words.ts';
import { absolute } from './absolute.ts';
import type { Encoder } from './encoder.ts';
import { normalized } from './normalized.ts';
import { timeDelta } from './time-delta.ts';

/** Every encoder by name. */
export const ENCODER_CATALOG: Readonly<Record<EncoderName, Encoder>> = {
  absolute,
  normalized,
  time_delta: timeDelta,
};
