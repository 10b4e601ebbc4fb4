import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Handlers } from '../contract/api/index.ts';
import type { TokenDto } from '../contract/dto/index.ts';
import type { Reader, Store } from '../store/database.ts';
import { insertToken, listTokens, revokeToken, type TokenRow } from '../store/tokens.ts';

type TokenMethod = Extract<keyof Handlers, `token.${string}`>;

/** So that a token is known for one wherever it turns up. */
const PREFIX = 'regimen_';

/** Tokens are random, 256 bits: a plain digest of one can't be searched for what it is made of. */
const digestOf = (token: string) => createHash('sha256').update(token).digest();

export interface TokenDeps {
  readonly store: Store;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function tokenHandlers({ store, now }: TokenDeps): Pick<Handlers, TokenMethod> {
  return {
    'token.create'({ name, readOnly }) {
      const token = PREFIX + randomBytes(32).toString('base64url');
      const row = {
        name,
        digest: digestOf(token).toString('hex'),
        read_only: readOnly ? 1 : 0,
        created_at: now(),
      };
      const id = insertToken(store, row);
      return { ...tokenDto({ ...row, id, revoked_at: null }), token };
    },
    'token.list': () => listTokens(store).map(tokenDto),
    'token.revoke': ({ id }) => tokenDto(revokeToken(store, id, now())),
  };
}

/** Whose token it is; undefined of one that is unknown or revoked. How long it takes tells nothing of how much was right. */
export function tokenOwner(store: Reader, token: string): TokenDto | undefined {
  const given = digestOf(token);
  const [found] = listTokens(store).filter(
    ({ digest, revoked_at }) => timingSafeEqual(given, Buffer.from(digest, 'hex')) && revoked_at === null,
  );
  return found === undefined ? undefined : tokenDto(found);
}

function tokenDto({ id, name, read_only, created_at, revoked_at }: TokenRow): TokenDto {
  return {
    id,
    name,
    readOnly: read_only === 1,
    createdAt: new Date(created_at).toISOString(),
    revokedAt: revoked_at === null ? null : new Date(revoked_at).toISOString(),
  };
}
