import { z } from 'zod';
import type { UpdateDto } from '../dto/index.ts';

export const updateInputs = {
  /** Asks the feed of `updates.feed` whether there is a newer version. */
  'updates.check': z.strictObject({}),
} as const;

export interface UpdateResults {
  'updates.check': UpdateDto;
}
