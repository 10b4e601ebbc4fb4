import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HTTP } from '../../engine/contract/bridge.ts';
import { refuse } from './errors.ts';
import { sameToken, tokenOf } from './guard.ts';

/** A browser that nobody opens for so long asks for a new start link. */
const LIFETIME_S = 30 * 86_400;
/** In a workspace, beside what a desktop window remembers of itself. */
const KEY_FOLDER = '.regimen';
const KEY_FILE = 'session.key';
const KEY = /^[0-9a-f]{64}$/;

/** What a browser shows at the next start in place of a start link: signed with a key that the workspace keeps. */
export interface Sessions {
  /** Of the cookie: one for each workspace, since a browser tells no ports apart. */
  readonly name: string;
  issue(): string;
  isGood(session: string): boolean;
}

/** `now`: milliseconds since 1970-01-01 UTC. Whoever takes the key's file away ends all sessions at the next start. */
export function openSessions(workspace: string, now: () => number): Sessions {
  const key = keyIn(join(workspace, KEY_FOLDER));
  const sign = (until: string) => createHmac('sha256', key).update(until).digest('hex');
  return {
    name: `regimen_${createHash('sha256').update(`name ${key}`).digest('hex').slice(0, 16)}`,
    issue() {
      const until = String(now() + LIFETIME_S * 1000);
      return `${until}.${sign(until)}`;
    },
    isGood(session) {
      const [, until, signature] = /^(\d{1,16})\.([0-9a-f]{64})$/.exec(session) ?? [];
      return until !== undefined && sameToken(signature, sign(until)) && now() <= Number(until);
    },
  };
}

function keyIn(folder: string): string {
  const file = join(folder, KEY_FILE);
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (KEY.test(key)) return key;
    // A crash while it was written, or somebody's hand.
    rmSync(file);
  } catch {
    // There is none yet.
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const key = randomBytes(32).toString('hex');
    writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 });
    return key;
  } catch (error) {
    // Another server of the workspace made one in between.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(file, 'utf8').trim();
    throw error;
  }
}

export interface SessionRouteOptions {
  readonly sessions: Sessions;
  /** Of the start link. */
  readonly token: string;
  readonly isSecure: boolean;
  /** See `AccessOptions`. */
  readonly mayTry: (request: FastifyRequest) => Promise<boolean>;
}

/**
 * `POST /session`: whoever has the token of the start link, or the cookie of an earlier start, gets the token, and a cookie for the next
 * start. Scripts can't read the cookie, and no page of another origin can have it sent.
 */
export function addSessionRoute(
  server: FastifyInstance,
  { sessions, token, isSecure, mayTry }: SessionRouteOptions,
): void {
  server.post(HTTP.session, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const cookie = cookieOf(request.headers.cookie, sessions.name);
    const isKnown =
      sameToken(tokenOf(request.headers), token) || (cookie !== undefined && sessions.isGood(cookie));
    if (!isKnown) {
      if (!(await mayTry(request)))
        return refuse(
          reply,
          429,
          'access-denied',
          'Too many wrong tokens came from this address. Wait a minute.',
        );
      return refuse(
        reply,
        401,
        'access-denied',
        'This browser is not known here. Open the link that Regimen printed when it was started last.',
      );
    }
    const secure = isSecure ? '; Secure' : '';
    reply.header(
      'set-cookie',
      `${sessions.name}=${sessions.issue()}; Path=/; Max-Age=${LIFETIME_S}; HttpOnly; SameSite=Strict${secure}`,
    );
    return reply.send({ token });
  });
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
