import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Engine } from '../../../engine/app.ts';
import { candlesAnswerSchema, candlesInput } from '../../../engine/contract/candles-request.ts';
import { requestedSymbol, requestedTimeframe } from '../../../engine/contract/job-request.ts';
import {
  alertsAnswer,
  alertsAnswerSchema,
  forwardAnswer,
  forwardAnswerSchema,
  forwardDetailAnswer,
  forwardDetailSchema,
} from '../../../engine/contract/live-answers.ts';
import { signalsAnswer, signalsAnswerSchema } from '../../../engine/contract/signals-answer.ts';
import { CHANGE_ANSWERS, NAMED_ANSWERS, WORDED_ANSWERS } from './schemas.ts';
import { mayChange, V1 } from './submit.ts';

const example = {
  symbol: 'EURUSD',
  timeframe: 'H1',
  bars: [{ time: '2026-01-02T09:00:00Z', open: 1.1, high: 1.102, low: 1.099, close: 1.101, volume: 120 }],
};

const candlesBody = z.strictObject(candlesInput).meta({ id: 'Candles', examples: [example] });

const only = z.object({
  symbol: requestedSymbol.optional().describe('one symbol alone'),
  timeframe: requestedTimeframe.optional().describe('one timeframe alone'),
});

const nameParams = z.object({
  name: z
    .string()
    .min(1)
    .max(100)
    .meta({ examples: ['EURUSD H1 all'] })
    .describe('SYMBOL TIMEFRAME REGIME'),
});

const versionQuery = z.object({
  version: z
    .string()
    .regex(/^\d{8}_\d{6}$/)
    .optional()
    .describe('one version; else the newest test'),
});

const alertTestBody = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/)
      .describe('who is told'),
  })
  .meta({ id: 'AlertTest', examples: [{ name: 'phone' }] });

/** Candles, signals, forward tests and alerts over HTTP, for programs that bring the ones and act on the others. */
export function addLiveRoutes(instance: FastifyInstance, { call }: Pick<Engine, 'call'>): void {
  const server = instance.withTypeProvider<ZodTypeProvider>();

  server.post(
    `${V1}/candles`,
    {
      ...mayChange,
      schema: {
        operationId: 'appendCandles',
        tags: ['live'],
        summary: 'Send bars that have closed',
        description:
          'They are joined with what is stored, by the rules of a watched folder. Sent once more they change nothing; a bar that has not closed yet is not stored.',
        body: candlesBody,
        response: { 200: candlesAnswerSchema.describe('What became of them.'), ...CHANGE_ANSWERS },
      },
    },
    async (request) => call('market.append', request.body),
  );

  server.get(
    `${V1}/signals`,
    {
      schema: {
        operationId: 'listSignals',
        tags: ['live'],
        summary: 'What the models in charge say of the newest bars',
        description: 'And why, where they say nothing. Nothing in Regimen places orders.',
        querystring: only,
        response: { 200: signalsAnswerSchema.describe('By symbol and timeframe.'), ...WORDED_ANSWERS },
      },
    },
    async (request) => signalsAnswer(await call('signals.list', request.query)),
  );

  server.get(
    `${V1}/forward`,
    {
      schema: {
        operationId: 'listForward',
        tags: ['live'],
        summary: 'Versions that trade on paper',
        description:
          'From when each was put in charge on, the newest first, beside what its validation promised. Nothing in Regimen places orders.',
        response: { 200: forwardAnswerSchema.describe('The newest first.'), ...WORDED_ANSWERS },
      },
    },
    async () => ({ tests: (await call('forward.list', {})).map(forwardAnswer) }),
  );

  server.get(
    `${V1}/forward/:name`,
    {
      schema: {
        operationId: 'showForward',
        tags: ['live'],
        summary: 'One version on paper, day by day and trade by trade',
        params: nameParams,
        querystring: versionQuery,
        response: { 200: forwardDetailSchema.describe('The newest test of the name.'), ...NAMED_ANSWERS },
      },
    },
    async (request) =>
      forwardDetailAnswer(await call('forward.show', { ...request.params, ...request.query })),
  );

  server.get(
    `${V1}/alerts`,
    {
      schema: {
        operationId: 'listAlerts',
        tags: ['live'],
        summary: 'Who is told of what, and what could not be sent',
        response: { 200: alertsAnswerSchema.describe('Without secrets.'), ...WORDED_ANSWERS },
      },
    },
    async () => alertsAnswer(await call('alert.list', {})),
  );

  server.post(
    `${V1}/alerts/test`,
    {
      ...mayChange,
      schema: {
        operationId: 'testAlert',
        tags: ['live'],
        summary: 'Send somebody a message that says it is a test',
        body: alertTestBody,
        response: {
          200: z.object({ sent: z.literal(true) }).describe('It has arrived.'),
          ...CHANGE_ANSWERS,
          404: NAMED_ANSWERS[404],
        },
      },
    },
    async (request) => call('alert.test', request.body),
  );
}
