import { z } from 'zod';
import { EFFECTS } from '../../engine/contract/api/effects.ts';
import { apiInputs, type Method } from '../../engine/contract/api/index.ts';
import { startTestServer, TOKEN } from '../../main/server/testing/test-server.ts';
import { type Schema, valuesOf } from './json-schema.ts';
import { code, table } from './markdown.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
}

/** What other programs ask for, from the document that a running server describes itself with; and what window and command line call. */
export async function httpReference(): Promise<string> {
  const server = await startTestServer();
  let text: string;
  try {
    ({ text } = await server.send({
      path: '/api/v1/openapi.json',
      headers: { authorization: `Bearer ${TOKEN}` },
    }));
  } finally {
    await server.close();
  }
  const { paths } = JSON.parse(text) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const requests = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, description, parameters = [] }]) => [
      code(`${method.toUpperCase()} ${path}`),
      summary ?? description ?? '',
      parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => code(name))
        .join(', '),
    ]),
  );
  return [
    '# HTTP',
    'How to get a token, and examples: [Jobs over HTTP](../guide/http.md).',
    '## For other programs',
    'Bodies and answers: `/api/v1/docs` of a running server, or `/api/v1/openapi.json`.',
    table(['request', 'does', 'query'], requests),
    '## Methods of window and command line',
    '`POST /api/METHOD` with the input as a JSON object; the answer is the result, or `{ "code", "message" }`. They may change between versions, what stands above does not.',
    ...(Object.keys(apiInputs) as Method[]).map(methodText),
  ].join('\n\n');
}

function methodText(method: Method): string {
  const schema = z.toJSONSchema(apiInputs[method], { io: 'input', unrepresentable: 'any' }) as Schema;
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    code(name),
    `${valuesOf(field)}${required.has(name) ? '' : ', or left out'}`,
    field.description ?? '',
  ]);
  return [
    `### ${method}`,
    EFFECTS[method] === 'reads' ? 'Changes nothing.' : 'Changes the workspace.',
    ...(rows.length === 0 ? [] : [table(['input', 'takes', 'means'], rows)]),
  ].join('\n\n');
}
