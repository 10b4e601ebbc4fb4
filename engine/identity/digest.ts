import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785: sorted keys, one spelling of each number). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value) && value.every(isPlain)) return JSON.stringify(value);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without JSON form has no digest');
  return text;
}

/** What JSON has one spelling of, whoever writes it. */
const isPlain = (value: unknown) => typeof value === 'string' || Number.isSafeInteger(value);

/** Hex SHA-256 of a text's UTF-8. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Hex SHA-256 of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** A stable UUID (version 8, RFC 9562) from a digest, so that the same run has the same id on every machine. */
export function uuidFrom(digest: string): string {
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
