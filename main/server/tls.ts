import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { createSecureContext } from 'node:tls';
import { EngineError } from '../../engine/contract/errors.ts';
import { LOOPBACK } from './app.ts';

/** What a server is made with to speak HTTPS, and the names that it then answers to, in small letters. */
export interface Tls {
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  readonly names: readonly string[];
}

/**
 * Reads a certificate. Without one the server is reached from this machine alone: a token that is sent in the clear is everybody's.
 * @throws EngineError `invalid-input` for another address without a certificate, and for one without names or with another key;
 * `file-unreadable`
 */
export function readTls(
  host: string,
  files: { readonly cert: string; readonly key: string } | undefined,
): Tls {
  if (files === undefined) {
    if (host === LOOPBACK) return { names: [] };
    throw new EngineError(
      'invalid-input',
      `--host ${host} would send tokens in the clear: give --cert and --key for HTTPS, or leave --host out to serve this machine alone.`,
    );
  }
  const [cert, key] = [read(files.cert), read(files.key)];
  let certificate: X509Certificate;
  try {
    createSecureContext({ cert, key });
    certificate = new X509Certificate(cert);
  } catch (error) {
    throw new EngineError(
      'invalid-input',
      `${files.cert} and ${files.key} are no certificate in PEM and its own key: ${(error as Error).message}`,
      { file: files.cert },
      error,
    );
  }
  const names = namesOf(certificate.subjectAltName);
  if (names.length > 0) return { tls: { cert, key }, names };
  throw new EngineError(
    'invalid-input',
    `The certificate ${files.cert} has no names (subject alternative names), so that no client would accept it. Make one that has those that the server is called by.`,
    { file: files.cert },
  );
}

/** `DNS:example.lan, IP Address:192.168.1.5`, as addresses are written in a URL. */
export function namesOf(text: string | undefined): string[] {
  return (text ?? '').split(', ').flatMap((entry) => {
    const [, kind, name] = /^(DNS|IP Address):(.+)$/.exec(entry) ?? [];
    // A name with a star names no host by itself.
    if (kind === undefined || name === undefined || name.includes('*')) return [];
    return [isIPv6(name) ? `[${name.toLowerCase()}]` : name.toLowerCase()];
  });
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new EngineError(
      'file-unreadable',
      `${file} can't be read: ${(error as Error).message}`,
      { file },
      error,
    );
  }
}
