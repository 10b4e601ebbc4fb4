import { z } from 'zod';
import { checkZone, DEFAULT_ZONE, parseCron } from '../cron.ts';
import type { ScheduleDto, TrainedNameDto, TrainingDto } from '../dto/index.ts';
import { numeric } from './fields.ts';
import { trainingFields } from './registry.ts';

/** The schedule that there is without anybody having made one. */
export const DEFAULT_SCHEDULE = 'weekly';

const nameField = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,39}$/,
    'a schedule has a name of 1 to 40 small letters, digits, dashes and underscores, a letter first',
  )
  .default(DEFAULT_SCHEDULE)
  .describe(`the schedule (${DEFAULT_SCHEDULE})`);

/** What is read by a function that throws in words. */
const readBy = (read: (text: string) => string) =>
  z
    .string()
    .max(200)
    .transform((text, ctx): string => {
      try {
        return read(text);
      } catch (error) {
        ctx.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    });

const cronField = readBy((text) => {
  parseCron(text);
  return text.trim().split(/\s+/).join(' ');
}).describe(
  'five fields as in a crontab: minute, hour, day of the month, month, day of the week (0 2 * * 0)',
);

const zoneField = readBy(checkZone).describe('IANA time zone, such as Europe/Berlin (UTC)');

const countField = numeric(z.int().min(1).max(100)).default(5).describe('how many next times (5)');

/** What is asked for otherwise than the schedule says, once. */
const changes = {
  force: z.boolean().optional().describe('do not compare with what is in production'),
  optimize: z.boolean().optional().describe('search hyper-parameters first'),
  trials: numeric(z.int().min(1).max(100_000))
    .optional()
    .describe('search hyper-parameters first, in so many trials'),
  skipValidation: z
    .boolean()
    .optional()
    .describe('ask for no test windows, and with them for no thresholds and no verdict'),
  dryRun: z.boolean().optional().describe('train, validate and compare, but promote nothing'),
  reason: trainingFields.reason,
};

export const scheduleInputs = {
  'schedule.list': z.strictObject({}),
  'schedule.show': z.strictObject({ name: nameField, count: countField }),
  /** When a cron expression would come; nothing is changed. */
  'schedule.next': z.strictObject({
    cron: cronField,
    zone: zoneField.default(DEFAULT_ZONE),
    count: countField,
  }),
  /** Makes a schedule, or changes what is given of one. What is trained is replaced as a whole. */
  'schedule.set': z.strictObject({
    name: nameField,
    enabled: z.boolean().optional().describe('whether it is on'),
    cron: cronField.optional(),
    zone: zoneField.optional(),
    training: z.strictObject(trainingFields).optional(),
  }),
  'schedule.remove': z.strictObject({ name: nameField }),
  /** Begins its training now and answers at once, whether it is on or not; `production.training` tells how it goes. */
  'schedule.start': z.strictObject({ name: nameField, ...changes }),
  /** The same, to its end. */
  'schedule.run': z.strictObject({
    name: nameField,
    ...changes,
    due: z
      .boolean()
      .default(false)
      .describe(
        'only if it is on and a time of it has come since it ran last, or what it began was interrupted',
      ),
  }),
} as const;

export interface ScheduleResults {
  'schedule.list': readonly ScheduleDto[];
  'schedule.show': ScheduleDto;
  'schedule.next': { readonly sentence: string; readonly next: readonly string[] };
  'schedule.set': ScheduleDto;
  'schedule.remove': readonly ScheduleDto[];
  'schedule.start': TrainingDto;
  /** `results`: null where it was not due. */
  'schedule.run': { readonly results: readonly TrainedNameDto[] | null };
}
