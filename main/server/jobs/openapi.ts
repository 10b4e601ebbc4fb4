import { createHash } from 'node:crypto';
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SECURITY_HEADERS } from '../../host/security.ts';
import { V1 } from './submit.ts';

export const DOCUMENT = `${V1}/openapi.json`;
export const PAGE = `${V1}/docs`;

/**
 * zod leaves examples and defaults out where a value is read into another one, as `1h` into `H1`: they might be of what it is read into. All
 * of ours are as they are written.
 */
const AS_WRITTEN: NonNullable<Parameters<typeof createJsonSchemaTransform>[0]['zodToJsonConfig']> = {
  override({ zodSchema, jsonSchema }) {
    const examples = z.globalRegistry.get(zodSchema)?.examples;
    if (examples !== undefined) jsonSchema.examples = examples as unknown[];
    if (zodSchema._zod.def.type === 'default') {
      jsonSchema.default = (zodSchema._zod.def as z.core.$ZodDefaultDef).defaultValue;
    }
  },
};

/** Has all routes that are added after it described, as OpenAPI 3.1. */
export async function describeRoutes(server: FastifyInstance): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Regimen',
        description:
          'Jobs of the Training Queue, candles, signals, forward tests and alerts for other programs. Each request bears a token: `regimen token create`.',
        version: '1',
      },
      tags: [
        { name: 'jobs', description: 'Ask for jobs of any kind, follow and end them.' },
        {
          name: 'live',
          description:
            'Send candles as they close, and ask what the models say of them, what they earn on paper, and who is told.',
        },
        { name: 'classic', description: 'The same in the words of earlier training servers.' },
      ],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: AS_WRITTEN }),
    transformObject: createJsonSchemaTransformObject({ zodToJsonConfig: AS_WRITTEN }),
  });
}

/** The document, and a page that shows it; neither holds a secret, and the page fetches nothing from elsewhere. */
export async function addDocumentation(server: FastifyInstance): Promise<void> {
  server.get(DOCUMENT, { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(server.swagger()),
  );
  server.addHook('onSend', async (request, reply, payload) => {
    const isPage =
      request.url.startsWith(PAGE) && String(reply.getHeader('content-type')).startsWith('text/html');
    if (isPage && typeof payload === 'string') reply.header('content-security-policy', policyOf(payload));
    return payload;
  });
  // Five megabytes that nothing else needs.
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  await server.register(scalar, {
    routePrefix: PAGE,
    configuration: {
      url: DOCUMENT,
      pageTitle: 'Regimen: jobs over HTTP',
      // What the page would otherwise ask other servers for.
      withDefaultFonts: false,
      telemetry: false,
      proxyUrl: '',
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
      persistAuth: false,
    },
  });
}

/** The page's own scripts are known by their content: no other may run. */
function policyOf(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
  return SECURITY_HEADERS['content-security-policy']!.replace(
    "script-src 'self'",
    ["script-src 'self'", ...hashes].join(' '),
  );
}
