import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Engine } from '../../../engine/app.ts';
import { candlesAnswerSchema, candlesInput } from '../../../engine/contract/candles-request.ts';
import { requestedSymbol, requestedTimeframe } from '../../../engine/contract/job-request.ts';
import { signalsAnswer, signalsAnswerSchema } from '../../../engine/contract/signals-answer.ts';
import { CHANGE_ANSWERS, WORDED_ANSWERS } from './schemas.ts';
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

/** Candles and signals over HTTP, for programs that bring the ones and act on the others. */
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
}
