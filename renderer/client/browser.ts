import type { ApiResults, Call } from '../../engine/contract/api/index.ts';
import { HTTP } from '../../engine/contract/bridge.ts';
import { EngineError, type ErrorDto, fromErrorDto } from '../../engine/contract/errors.ts';
import type { EventListener } from '../../engine/contract/events.ts';
import type { Client } from './client.ts';
import { download } from './download.ts';
import { createLink } from './link.ts';
import { texts } from './texts.ts';

/** The client of a browser: requests over HTTP, events over a WebSocket that is opened again when it breaks. */
export function createBrowserClient(given: string, keepToken: (token: string) => void): Client {
  const listeners = new Set<EventListener>();
  const link = createLink({
    token: given,
    keepToken,
    onEvents(events) {
      for (const event of events) for (const listener of listeners) listener(event);
    },
  });

  const request = async (
    path: string,
    init: RequestInit & { readonly headers?: Record<string, string> },
  ): Promise<Response> => {
    const ask = async () =>
      await fetch(path, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${await link.token()}` },
      }).catch((error: unknown) => {
        link.failed();
        throw new EngineError('internal', UNREACHABLE, {}, error);
      });
    let response = await ask();
    // The server was started again: this browser may be known there.
    if (response.status === 401 && (await link.login()) === 'open') response = await ask();
    if (response.ok) return response;
    const text = await response.text();
    const body = readJson(text);
    if (isErrorDto(body)) throw fromErrorDto(body);
    throw new EngineError(
      'internal',
      texts.regimenAnsweredWithStatus({ status: response.status, text: text.slice(0, 300) }),
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
    onConnection: link.onConnection,
    retry: { at: link.retryAt, now: link.retryNow },
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

const UNREACHABLE = texts.regimenCantBeReached;

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
