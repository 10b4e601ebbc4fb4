import type { TrackingServer } from './server.ts';

/** The server did not answer, or can't at the moment: the same is asked again later. */
export class ServerDown extends Error {}

/** The server answered that this can't be; `code` as MLflow names it. */
export class ServerRefused extends Error {
  readonly code: string;
  readonly status: number;
  constructor(message: string, code: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const NOT_THERE = 'RESOURCE_DOES_NOT_EXIST';
export const THERE_ALREADY = 'RESOURCE_ALREADY_EXISTS';

/** A slow answer of a busy server is waited for; training does not wait. */
const TIMEOUT_MS = 30_000;

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the address: `api/2.0/mlflow/runs/create`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is. */
  readonly body?: object | Uint8Array<ArrayBuffer>;
}

export type Ask = (request: Request) => Promise<unknown>;

/**
 * Asks a tracking server; gives what it answers in JSON.
 *
 * `onAnswer`: it is there, whatever it says.
 *
 * @throws ServerDown where it can't be reached, is busy or refuses whoever asks; ServerRefused where it refuses what is asked
 */
export function createAsk(
  server: TrackingServer,
  signal: AbortSignal,
  onAnswer: () => void = () => undefined,
): Ask {
  return async ({ method, path, query, body }) => {
    const url = new URL(`${server.uri}/${path}`);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    const isBytes = body instanceof Uint8Array;
    const headers: Record<string, string> = {
      ...(server.authorization !== null && { authorization: server.authorization }),
      ...(body !== undefined && {
        'content-type': isBytes ? 'application/octet-stream' : 'application/json',
      }),
    };
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers,
        body: body === undefined ? null : isBytes ? body : JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        redirect: 'error',
      });
      text = await response.text();
      onAnswer();
    } catch (error) {
      throw new ServerDown(reasonOf(error), { cause: error });
    }
    const answer = parsed(text);
    if (response.ok) {
      // A proxy or another program may be what answers there.
      if (answer === undefined)
        throw new ServerDown('what answers is no tracking server (its answer is no JSON)');
      return answer;
    }
    throw failure(response.status, answer, text);
  };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(status: number, answer: unknown, text: string): Error {
  const { error_code: code, message } = (answer ?? {}) as { error_code?: string; message?: string };
  const said = `${status}${message || text ? ` ${shortened(message ?? text)}` : ''}`;
  // Nothing of what waits is to blame for a name, a password, too many requests or a fault of the server.
  const isForAll = status >= 500 || [401, 403, 407, 408, 425, 429].includes(status) || code === undefined;
  return isForAll ? new ServerDown(`it answers ${said}`) : new ServerRefused(said, code, status);
}

const shortened = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
};

/** What `fetch` hides behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  const { cause } = error;
  if (cause instanceof Error)
    return cause.message || ((cause as NodeJS.ErrnoException).code ?? error.message);
  return error.message;
}
