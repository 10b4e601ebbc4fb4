import type { ApiResults, Call } from '../../engine/contract/api/index.ts';
import { HTTP } from '../../engine/contract/bridge.ts';
import { EngineError, type ErrorDto, fromErrorDto } from '../../engine/contract/errors.ts';
import type { EngineEvent, EventListener } from '../../engine/contract/events.ts';
import type { Client } from './client.ts';
import { createConnectionState } from './connection.ts';
import { download } from './download.ts';

const RECONNECT_MS = [250, 500, 1000, 2000, 4000];

/** The client of a browser: requests over HTTP, events over a WebSocket that is opened again when it breaks. */
export function createBrowserClient(token: string): Client {
  const connection = createConnectionState('connecting');
  const listeners = new Set<EventListener>();
  let attempt = 0;

  const open = () => {
    const url = new URL(HTTP.events, window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, [HTTP.subprotocol, `${HTTP.tokenSubprotocolPrefix}${token}`]);
    socket.onopen = () => {
      attempt = 0;
      connection.set('open');
    };
    socket.onmessage = ({ data }) => {
      for (const event of JSON.parse(String(data)) as readonly EngineEvent[]) {
        for (const listener of listeners) listener(event);
      }
    };
    // `error` is always followed by `close`.
    socket.onclose = () => {
      connection.set('lost');
      window.setTimeout(open, RECONNECT_MS[Math.min(attempt++, RECONNECT_MS.length - 1)]);
    };
  };
  open();

  const request = async (path: string, init: RequestInit & { readonly headers?: Record<string, string> }) => {
    const response = await fetch(path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    }).catch((error: unknown) => {
      connection.set('lost');
      throw new EngineError('internal', UNREACHABLE, {}, error);
    });
    if (response.ok) return response;
    const text = await response.text();
    const body = readJson(text);
    if (isErrorDto(body)) throw fromErrorDto(body);
    throw new EngineError(
      'internal',
      `Regimen answered with status ${response.status}: ${text.slice(0, 300)}`,
    );
  };

  const call: Call = async (method, input) => {
    const response = await request(`${HTTP.api}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return (await response.json()) as ApiResults[typeof method];
  };

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
      const response = await request(`${HTTP.upload}?${new URLSearchParams({ name: file.name })}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
      });
      const answer = (await response.json()) as { readonly file: string };
      return answer.file;
    },
    async reveal(file) {
      const response = await request(`${HTTP.download}?${new URLSearchParams({ file })}`, {});
      download(await response.blob(), file.split(/[/\\]/).at(-1) ?? 'download');
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
  return (
    typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'details' in body
  );
}
