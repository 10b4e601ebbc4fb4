import { HTTP } from '../../engine/contract/bridge.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import type { Connection } from './client.ts';
import { createConnectionState } from './connection.ts';

const RECONNECT_MS = [250, 500, 1000, 2000, 4000];
/** The server says something every second: so long without a word, and it is not there. With the look and the notice's patience that is said within 3 s. */
const SILENCE_MS = 2000;
/** A connection that was silent for so long is given up: one that only slept is heard again. */
const GIVEN_UP_MS = 10_000;
const LOOK_MS = 250;

export interface LinkOptions {
  /** Of the start link, or kept from it; may be empty or of an earlier start. */
  readonly token: string;
  readonly keepToken: (token: string) => void;
  readonly onEvents: (events: readonly EngineEvent[]) => void;
}

/** The connection with a server that may go and come back, with another token each time. */
export interface Link {
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
  /** That of the server as it was last known; waits for a login that is under way. */
  token(): Promise<string>;
  /** Shows token or cookie; `refused` where a new link is needed. Asked twice at a time it asks once. */
  login(): Promise<Connection>;
  /** A request did not get through. */
  failed(): void;
  /** When it is tried next, milliseconds since 1970-01-01 UTC; null while there is nothing to try. */
  retryAt(): number | null;
  retryNow(): void;
}

export function createLink({ token: given, keepToken, onEvents }: LinkOptions): Link {
  const connection = createConnectionState('connecting');
  let token = given;
  let attempt = 0;
  let next: { readonly at: number; readonly timer: number } | undefined;
  let underWay: Promise<Connection> | undefined;
  let socket: WebSocket | undefined;
  let heard = 0;

  async function ask(): Promise<Connection> {
    let response: Response;
    try {
      response = await fetch(HTTP.session, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
    } catch {
      return 'lost';
    }
    if (response.status === 401 || response.status === 403) return 'refused';
    if (!response.ok) return 'lost';
    token = ((await response.json()) as { readonly token: string }).token;
    keepToken(token);
    return 'open';
  }

  function login(): Promise<Connection> {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  function wait(): void {
    if (next !== undefined) return;
    const ms = RECONNECT_MS[Math.min(attempt++, RECONNECT_MS.length - 1)]!;
    next = { at: Date.now() + ms, timer: window.setTimeout(() => void open(), ms) };
  }

  function lose(): void {
    connection.set('lost');
    wait();
  }

  async function open(): Promise<void> {
    window.clearTimeout(next?.timer);
    next = undefined;
    const answer = await login();
    if (answer === 'refused') {
      // Nothing changes by itself: another tab may have been let in by the time somebody looks here again.
      connection.set('refused');
      return;
    }
    if (answer !== 'open') {
      lose();
      return;
    }
    listen();
  }

  function listen(): void {
    const url = new URL(HTTP.events, window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = new WebSocket(url, [HTTP.subprotocol, `${HTTP.tokenSubprotocolPrefix}${token}`]);
    socket = opened;
    opened.onopen = () => {
      attempt = 0;
      heard = Date.now();
      connection.set('open');
    };
    opened.onmessage = ({ data }) => {
      heard = Date.now();
      connection.set('open');
      onEvents(JSON.parse(String(data)) as readonly EngineEvent[]);
    };
    // `error` is always followed by `close`.
    opened.onclose = () => {
      if (socket !== opened) return;
      socket = undefined;
      lose();
    };
  }

  function listenForSilence(): void {
    if (socket === undefined || socket.readyState !== WebSocket.OPEN) return;
    const silent = Date.now() - heard;
    if (silent > SILENCE_MS) connection.set('lost');
    if (silent > GIVEN_UP_MS) {
      const old = socket;
      socket = undefined;
      old.close();
      lose();
    }
  }

  function retryNow(): void {
    if (socket === undefined && underWay === undefined) void open();
  }

  window.setInterval(listenForSilence, LOOK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retryNow();
  });
  void open();
  return {
    onConnection: connection.listen,
    async token() {
      await underWay;
      return token;
    },
    login,
    failed() {
      if (socket === undefined) lose();
      else connection.set('lost');
    },
    retryAt: () => next?.at ?? null,
    retryNow,
  };
}
