import type { Call } from '../../engine/contract/api/index.ts';
import { EngineError, type ErrorDto, fromErrorDto } from '../../engine/contract/errors.ts';
import type { EngineEvent, EventListener } from '../../engine/contract/events.ts';
import type { Client } from './client.ts';
import { createConnectionState } from './connection.ts';

const RECONNECT_MS = [250, 500, 1000, 2000, 4000];

/** The client of a browser: requests over HTTP, events over a WebSocket that is opened again when it breaks. */
export function createBrowserClient(token: string): Client {
  const connection = createConnectionState('connecting');
  const listeners = new Set<EventListener>();
  let attempt = 0;

  const open = () => {
    const url = new URL('/events', window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('token', token);
    const socket = new WebSocket(url);
    socket.onopen = () => {
      attempt = 0;
      connection.set('open');
    };
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(String(data)) as EngineEvent;
      for (const listener of listeners) listener(event);
    };
    // `error` is always followed by `close`.
    socket.onclose = () => {
      connection.set('lost');
      window.setTimeout(open, RECONNECT_MS[Math.min(attempt++, RECONNECT_MS.length - 1)]);
    };
  };
  open();

  const request = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(path, {
      ...init,
      method: 'POST',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    }).catch((error: unknown) => {
      connection.set('lost');
      throw new EngineError('internal', UNREACHABLE, {}, error);
    });
    const text = await response.text();
    const body = readJson(text);
    if (response.ok) return body;
    if (isErrorDto(body)) throw fromErrorDto(body);
    throw new EngineError('internal', `Regimen answered with status ${response.status}: ${text.slice(0, 300)}`);
  };

  const call: Call = (method, input) =>
    request(`/api/${method}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      // The path says which method it was, and with it what comes back.
    }) as ReturnType<Call> as never;

  return {
    kind: 'browser',
    call,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onConnection: connection.listen,
    async hostFile(file) {
      const body = new FormData();
      body.append('file', file, file.name);
      const answer = (await request('/upload', { body })) as { readonly file: string };
      return answer.file;
    },
  };
}

const UNREACHABLE =
  'Regimen can’t be reached. Is it still running? Start it again and open the link that it prints; nothing that was trained is lost.';

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isErrorDto(body: unknown): body is ErrorDto {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'details' in body;
}
