import { z } from 'zod';
import type { TrackingDto } from '../dto/index.ts';

/** What an MLflow server is told of the workspace. */
export const trackingInputs = {
  'tracking.status': z.strictObject({}),
  /** Sends all that waits, and resolves when the server has it. */
  'tracking.send': z.strictObject({}),
} as const;

export interface TrackingResults {
  'tracking.status': TrackingDto;
  'tracking.send': TrackingDto;
}
