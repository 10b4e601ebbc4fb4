import { expect, it } from 'vitest';
import { meaningOf } from './trouble.ts';

/** As Redis 7, OpenSSL 3 and Linux say it. */
it.each([
  [
    'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    /asks for a password/,
  ],
  ['WRONGPASS invalid username-password pair or user is disabled.', /does not take the user and password/],
  ["NOPERM this user has no permissions to run the 'info' command", /may not do .* 'info' command$/],
  ["READONLY You can't write against a read only replica.", /is a replica/],
  ["OOM command not allowed when used memory > 'maxmemory'.", /memory is full/],
  ['MISCONF Redis is configured to save RDB snapshots', /can not save to its disk/],
  ['ERR DB index is out of range', /no database of the number/],
  ['self-signed certificate in certificate chain', /NODE_EXTRA_CA_CERTS/],
  ['unable to verify the first certificate', /NODE_EXTRA_CA_CERTS/],
  [
    "Hostname/IP does not match certificate's altnames: IP: 192.0.2.2 is not in the cert's list: 127.0.0.1",
    /for other names/,
  ],
  ['write EPROTO 80:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number', /no TLS/],
  ['write ECONNRESET', /wants TLS there/],
])('says in plain words what is meant by "%s"', (message, words) => {
  const meaning = meaningOf(new Error(message));
  expect(meaning).toMatch(words);
  expect(meaning).not.toMatch(/\.$/);
});

it('leaves the rest as it is said, without the full stop', () => {
  expect(meaningOf(new Error('connect ECONNREFUSED 127.0.0.1:6499'))).toBe(
    'connect ECONNREFUSED 127.0.0.1:6499',
  );
  expect(meaningOf(Object.assign(new Error(''), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
});
