/** What Redis or the system says, and what it means to whoever started host and worker; each is followed by what to do. */
const MEANINGS: readonly (readonly [RegExp, (said: string) => string])[] = [
  [/^NOAUTH/, () => 'it asks for a password, and the address has none (redis://:password@host)'],
  [
    /^WRONGPASS|^ERR invalid password/,
    () => 'it does not take the user and password of the address, or knows no such user',
  ],
  [/^NOPERM/, (said) => `the user of the address may not do what host and workers need to: ${said}`],
  [/^READONLY|^MASTERDOWN/, () => 'it is a replica, which can only be read. Give the address of its primary'],
  [/^OOM/, () => 'its memory is full. Raise its maxmemory, or remove what others keep there'],
  [/^MISCONF/, () => 'it takes nothing since it can not save to its disk. Its own log says why'],
  [/^NOREPLICAS/, () => 'it takes nothing while too few of its replicas are there (min-replicas-to-write)'],
  [/^ERR DB index/, () => 'it has no database of the number at the end of the address'],
  [/^LOADING/, () => 'it is still reading its file'],
  [
    /self-signed|unable to (verify|get)|UNABLE_TO/i,
    (said) =>
      `its certificate is of nobody whom this machine trusts (${said}). The variable NODE_EXTRA_CA_CERTS names the file of who signed it`,
  ],
  [
    /altnames/,
    (said) => `its certificate is for other names than that of the address (${said.replace(/\.$/, '')})`,
  ],
  [/wrong version number|packet length too long/i, () => 'it speaks no TLS there, and rediss:// asks for it'],
  [
    /ECONNRESET|EPIPE/,
    (said) =>
      `the connection was closed from there (${said}). Perhaps it wants TLS there (rediss://), or none`,
  ],
];

/** Why a Redis is of no use now, in words for whoever has to change it; ends without a full stop. */
export function meaningOf(error: NodeJS.ErrnoException): string {
  const said = error.message === '' ? (error.code ?? 'no answer') : error.message;
  for (const [pattern, meaning] of MEANINGS) if (pattern.test(said)) return meaning(said);
  return said.replace(/\.$/, '');
}
