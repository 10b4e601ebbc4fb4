import { z } from 'zod';
import type {
  ChampionDto,
  GridPreviewDto,
  ImportDto,
  InspectionDto,
  QueueSummaryDto,
  RegimeDto,
  RunDto,
  SeriesDto,
} from './dto.ts';
import { EngineError } from './errors.ts';
import { gridSpecSchema } from './grid.ts';
import { problemsOf } from './problems.ts';
import { readTimeframe, TIMEFRAMES, type Timeframe } from './timeframe.ts';

/**
 * The Api, written once. Each method has a schema for its input; hosts (command line, server, window) validate with
 * it at their edge and derive their own surface from it. `.describe()` is the help text.
 */

const timeframe = z.string().transform((text, ctx): Timeframe => {
  const known = readTimeframe(text);
  if (known !== undefined) return known;
  ctx.addIssue({
    code: 'custom',
    message: `"${text}" is no timeframe. Use one of ${TIMEFRAMES.join(', ')}.`,
  });
  return z.NEVER;
});

const symbol = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'a symbol has 1 to 32 letters, digits, dots, underscores or dashes')
  .transform((s) => s.toUpperCase());

const file = z.string().min(1);
const queueId = z.coerce.number().int().positive();

const historyFilter = {
  symbol: symbol.optional().describe('only runs of this symbol'),
  model: z.string().optional().describe('only runs of this model type'),
  status: z.enum(['completed', 'failed']).optional().describe('only runs that ended like this'),
  timeframe: timeframe.optional().describe('only runs on this timeframe'),
  kept: z.boolean().optional().describe('only runs whose model was kept'),
  minSharpe: z.coerce.number().optional().describe('only runs with at least this best Sharpe ratio'),
};

export const apiInputs = {
  'market.import': z.strictObject({
    file: file.describe('market data in any recognised format'),
    symbol: symbol.describe('symbol to store the bars under, such as EURUSD'),
    timeframe: timeframe.describe(`bar length: ${TIMEFRAMES.join(', ')}`),
    timezone: z
      .string()
      .optional()
      .describe('zone of the file, IANA name or offset such as +02:00, where it states none'),
    priceScale: z.coerce
      .number()
      .positive()
      .optional()
      .describe('divide prices by this, where it is not recognised'),
  }),
  'market.inspect': z.strictObject({
    file: file.describe('market data to look at; nothing is stored'),
    timezone: z.string().optional().describe('zone of the file, where it states none'),
  }),
  'market.list': z.strictObject({}),
  'market.demo': z.strictObject({}),
  'grid.preview': z.strictObject({ grid: gridSpecSchema, retrain: z.boolean().default(false) }),
  'queue.create': z.strictObject({
    grid: gridSpecSchema,
    retrain: z.boolean().default(false).describe('train again what is already trained'),
  }),
  'queue.start': z.strictObject({ queueId }),
  'queue.wait': z.strictObject({ queueId }),
  'champions.list': z.strictObject({}),
  'history.search': z.strictObject({
    ...historyFilter,
    limit: z.coerce.number().int().min(1).max(1000).default(50).describe('at most this many runs'),
    offset: z.coerce.number().int().min(0).default(0).describe('leave out this many of the newest'),
  }),
  'history.export': z.strictObject({
    ...historyFilter,
    csv: file.describe('write all matching runs to this CSV file'),
  }),
  'regimes.list': z.strictObject({}),
} as const;

export interface ApiResults {
  'market.import': ImportDto;
  'market.inspect': InspectionDto;
  'market.list': readonly SeriesDto[];
  'market.demo': readonly SeriesDto[];
  'grid.preview': GridPreviewDto;
  'queue.create': { readonly queueId: number; readonly preview: GridPreviewDto };
  'queue.start': { readonly queueId: number };
  'queue.wait': QueueSummaryDto;
  'champions.list': readonly ChampionDto[];
  'history.search': readonly RunDto[];
  'history.export': { readonly file: string; readonly runs: number };
  'regimes.list': readonly RegimeDto[];
}

export type Method = keyof typeof apiInputs & keyof ApiResults;
export type Input<M extends Method> = z.output<(typeof apiInputs)[M]>;
export type RawInput<M extends Method> = z.input<(typeof apiInputs)[M]>;

/** What a host implements: one function per method, on validated input. */
export type Handlers = {
  readonly [M in Method]: (input: Input<M>) => Promise<ApiResults[M]> | ApiResults[M];
};

/** What a client calls, whichever host is behind it. */
export type Call = <M extends Method>(method: M, input: RawInput<M>) => Promise<ApiResults[M]>;

/** The edge: validates once, then calls the handler. Throws `invalid-input` with every problem. */
export function createCall(handlers: Handlers): Call {
  return async (method, input) => {
    const schema = apiInputs[method];
    if (schema === undefined) {
      throw new EngineError('not-found', `There is no method "${method}".`);
    }
    const result = schema.safeParse(input);
    if (!result.success) {
      const problems = problemsOf(result.error, schema);
      const lines = problems.map((p) => `  ${p.path}: ${p.message}`);
      throw new EngineError('invalid-input', `${method} can't be called like this:\n${lines.join('\n')}`, {
        problems,
      });
    }
    // The map's types tie schema, handler and result of a method together; TypeScript can't follow the union.
    const handler = handlers[method] as (input: unknown) => Promise<ApiResults[typeof method]>;
    return await handler(result.data);
  };
}
