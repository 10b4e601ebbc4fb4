import { createHmac } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { EngineError } from '../../contract/errors.ts';

const TIMEOUT_MS = 10_000;

/** Addresses that are no other machine of the internet: a name that leads there could have this machine ask its own network. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

const isLocalName = (host: string) => host === 'localhost' || isIP(host) !== 0;

/**
 * The address of a webhook. Its host must be one that the user has allowed, and it is asked over HTTPS; a machine of the own network is
 * allowed by its address or as localhost, over HTTP, too.
 * @throws EngineError `invalid-input`
 */
export function webhookUrl(text: string, hosts: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw refused(
      'The address of a webhook is not one: expected https://HOST/PATH without a name and password.',
    );
  }
  const host = hostOf(url);
  if (!hosts.some((allowed) => allowed.toLowerCase() === host)) {
    throw refused(
      `Alerts may not be sent to ${host}: it is not among live.alert_hosts (${hosts.join(', ') || 'none'}). Add it there if it is yours.`,
    );
  }
  if (url.protocol === 'http:' && !isLocalName(host)) {
    throw refused(`Alerts are sent to ${host} over HTTPS alone: write https://.`);
  }
  return url;
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
const refused = (message: string) => new EngineError('invalid-input', message);

/** It did not arrive. */
export class NotSent extends Error {
  /** Whether sending it again may help. */
  readonly again: boolean;

  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}

export interface Post {
  readonly url: URL;
  readonly id: string;
  readonly body: string;
  readonly secret: string | undefined;
  /** Seconds since 1970-01-01 UTC. */
  readonly at: number;
}

/** `t=1764396000,v1=…`: HMAC-SHA256 of `t.body`, in hex. */
export function signatureOf(secret: string, at: number, body: string): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/** Sends one message and resolves when it was taken. No redirect is followed. @throws NotSent */
export async function post({ url, id, body, secret, at }: Post, signal: AbortSignal): Promise<void> {
  const mayBePrivate = isLocalName(hostOf(url));
  // Loaded with the first message: importing it has Node load all it knows of HTTP, 40 ms of each command.
  const { request: send } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  return new Promise((done, fail) => {
    const asked = send(
      url,
      {
        method: 'POST',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Regimen',
          'idempotency-key': id,
          'x-regimen-id': id,
          ...(secret !== undefined && { 'x-regimen-signature': signatureOf(secret, at, body) }),
        },
        // Looked at once and used: a name can't lead elsewhere in between.
        lookup(name, options, answer) {
          resolve(name, { ...options, all: true }, (error, addresses) => {
            if (error !== null) return answer(error, '', 0);
            const open = mayBePrivate
              ? addresses
              : addresses.filter(({ address }) => !isPrivateAddress(address));
            const [first] = open;
            if (first === undefined) return answer(new Error(`${name} leads into a private network`), '', 0);
            if (options.all === true) return answer(null, open as never, 0);
            return answer(null, first.address, first.family);
          });
        },
      },
      (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return done();
        const again = status >= 500 || status === 408 || status === 425 || status === 429;
        fail(new NotSent(`${url.host} answered ${status}`, again));
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.name === 'AbortError' || error.name === 'TimeoutError' ? 'no answer in time' : error.message;
      fail(new NotSent(`${url.host} can't be reached: ${reason}`, true));
    });
    asked.end(body);
  });
}
