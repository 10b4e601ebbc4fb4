import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ErrorDto } from '../../engine/contract/errors.ts';
import { SECURITY_HEADERS } from '../host/security.ts';

/** What the HTTP parser refuses before there is a request, by its code. */
const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function bodyOf(status: number): string {
  const dto: ErrorDto = {
    code: 'invalid-input',
    message: `The request can't be read: ${STATUS_CODES[status]}.`,
    details: {},
  };
  return JSON.stringify(dto);
}

const HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  connection: 'close',
};

/** Answers bytes that are no HTTP, on their bare socket, as every other error is answered. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ''] ?? 400;
  const body = bodyOf(status);
  const headers = Object.entries({ ...HEADERS, 'content-length': String(Buffer.byteLength(body)) });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
  );
}

/** Node would answer these two by itself, without a word. */
export function answerExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (_request: unknown, response: ServerResponse) => {
    const body = bodyOf(417);
    response.writeHead(417, { ...HEADERS, 'content-length': Buffer.byteLength(body) }).end(body);
  });
  server.on('connect', (_request: unknown, socket: Socket) => answerUnreadable(new Error(), socket));
}
