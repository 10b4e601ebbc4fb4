import { isIP } from 'node:net';
import { EngineError } from '../../contract/errors.ts';

/** Where Redis is, checked, and how a message may call it. */
export interface RedisAddress {
  readonly url: string;
  /** Without user and password. */
  readonly shown: string;
}

/**
 * A Redis address that host and workers may meet at. On this machine neither password nor key is asked for. Elsewhere what is sent
 * could be read or forged on the way, so TLS, a password and a shared key are needed.
 *
 * @param url `redis://[user:password@]host[:port][/database]` or `rediss://…`
 * @param key the shared key, if there is one
 * @throws EngineError `invalid-input`
 */
export function redisAddress(url: string, key: string | undefined): RedisAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (
    parsed === undefined ||
    !/^rediss?:$/.test(parsed.protocol) ||
    parsed.hostname === '' ||
    !/^\/?\d{0,5}$/.test(parsed.pathname) ||
    parsed.search !== '' ||
    parsed.hash !== ''
  ) {
    const signs = url.includes('@')
      ? ' In a user or password @ is written %40, / is %2F, # is %23, ? is %3F, : is %3A and % is %25.'
      : '';
    throw new EngineError(
      'invalid-input',
      `A Redis address is needed, such as redis://127.0.0.1:6379 or rediss://:password@workers.example:6380, with the number of a database at the end or nothing, not "${withoutSecret(url)}".${signs}`,
    );
  }
  const shown = `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
  if (!isLoopback(parsed.hostname)) {
    const lacking = [
      parsed.protocol === 'rediss:' ? undefined : 'TLS (rediss://)',
      parsed.password === '' ? 'a password (rediss://:password@host)' : undefined,
      key === undefined ? 'a shared key (REGIMEN_WORKER_KEY, the same on host and workers)' : undefined,
    ].filter((part) => part !== undefined);
    if (lacking.length > 0) {
      throw new EngineError(
        'invalid-input',
        `${shown} is not on this machine: there ${enumerate(lacking)} ${lacking.length === 1 ? 'is' : 'are'} needed, or anybody on the way could read and forge results. Nothing was sent.`,
      );
    }
  }
  if (key !== undefined && key.length < SHORTEST_KEY) {
    throw new EngineError(
      'invalid-input',
      `REGIMEN_WORKER_KEY has ${key.length} characters; at least ${SHORTEST_KEY} are needed, such as openssl rand -hex 32 prints.`,
    );
  }
  return { url, shown };
}

const SHORTEST_KEY = 16;

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}

/** A password may hold any sign where it was not written as an address asks for. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/(.*@|:.*$)/s, (_, secret: string) => (secret.endsWith('@') ? '//…@' : '//…'));
}

function enumerate(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
