import { z } from 'zod';
import {
  ALERT_EVENTS,
  ALERT_KINDS,
  ALERT_PRESETS,
  type AlertsDto,
  type AlertTargetDto,
} from '../dto/index.ts';
import { outputFileField } from './fields.ts';

const nameField = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/,
    'a target has a name of 1 to 40 letters, digits, blanks, dots, underscores or dashes',
  );

/** In a list, or in a text with commas as the command line gives it. */
const listOf = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    z.array(one).max(200),
  );

export const alertInputs = {
  'alert.list': z.strictObject({}),
  'alert.add': z.strictObject({
    name: nameField,
    kind: z.enum(ALERT_KINDS).describe(`where to: ${ALERT_KINDS.join(', ')}`),
    url: z
      .string()
      .max(2000)
      .optional()
      .describe('webhook: https address; its host must be in live.alert_hosts'),
    preset: z
      .enum(ALERT_PRESETS)
      .default('generic')
      .describe(`webhook: whose messages it takes: ${ALERT_PRESETS.join(', ')}`),
    to: z
      .string()
      .max(200)
      .optional()
      .describe('webhook: topic of ntfy, chat id of Telegram: {{to}} of the body'),
    body: z
      .string()
      .max(5000)
      .optional()
      .describe(
        'webhook: JSON in the place of the preset, with {{id}} {{at}} {{event}} {{symbol}} {{timeframe}} {{title}} {{text}} {{to}}',
      ),
    secret: z
      .string()
      .min(8)
      .max(200)
      .optional()
      .describe('webhook: key of the header X-Regimen-Signature (HMAC-SHA256)'),
    file: outputFileField
      .optional()
      .describe('file: where each alert is a line of JSON; its name ends in .jsonl'),
    markets: listOf(z.string().regex(/^[A-Za-z0-9._-]{1,32}( [A-Za-z0-9]{2,3})?$/))
      .default([])
      .describe('only those: EURUSD, EURUSD H1'),
    events: listOf(z.enum(ALERT_EVENTS))
      .default([])
      .describe(`only those: ${ALERT_EVENTS.join(', ')}`),
    details: z
      .boolean()
      .default(false)
      .describe('tell names of versions and jobs, figures and reasons, too: they leave this machine'),
  }),
  'alert.remove': z.strictObject({ name: nameField }),
  'alert.test': z.strictObject({ name: nameField }),
  'alert.retry': z.strictObject({}),
} as const;

export interface AlertResults {
  'alert.list': AlertsDto;
  /** One of the same name is replaced. */
  'alert.add': AlertTargetDto;
  /** What waits for it is not sent. */
  'alert.remove': { readonly removed: boolean };
  /** Sends a message that says it is a test, and resolves when it has arrived; rejects with the reason where it has not. */
  'alert.test': { readonly sent: true };
  /** What was given up is tried again. */
  'alert.retry': { readonly waiting: number };
}
