import type { TokenDto } from '../../../engine/contract/dto/index.ts';
import { type CliCommand, methodCommand } from './command.ts';

const tokenLine = ({ id, name, readOnly, createdAt, revokedAt }: TokenDto) =>
  [
    String(id).padStart(4),
    readOnly ? 'reads only' : 'reads and changes',
    `made ${createdAt.slice(0, 10)}`,
    revokedAt === null ? 'good' : `revoked ${revokedAt.slice(0, 10)}`,
    name,
  ].join('  ');

export const tokenCommands: readonly CliCommand[] = [
  methodCommand(
    'token create',
    'token.create',
    'make a token for a program that uses the server; it is shown once',
    [],
    ({ id, name, token, readOnly }) =>
      `${token}\nToken ${id} "${name}"${readOnly ? ', which only reads' : ''}. It is not shown again: only its digest is kept. \`token revoke ${id}\` ends it.`,
  ),
  methodCommand('token list', 'token.list', 'all tokens, without what is secret in them', [], (tokens) =>
    tokens.length === 0 ? 'There are no tokens: `token create` makes one.' : tokens.map(tokenLine).join('\n'),
  ),
  methodCommand(
    'token revoke',
    'token.revoke',
    'end a token: from now on it opens nothing',
    ['id'],
    (token) => `Token ${token.id} "${token.name}" is revoked.`,
  ),
];
