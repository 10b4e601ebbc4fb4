const KEY = 'regimen.token';

/** What `takeToken` needs of a window; a test passes its own. */
export interface TokenPlace {
  readonly location: { readonly href: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The token of the start link. It is moved from the address bar to the session's storage, so that it is neither
 * bookmarked nor sent on; a reload finds it there. Empty without one: the host then answers with its own error.
 */
export function takeToken(place: TokenPlace): string {
  const url = new URL(place.location.href);
  const given = url.searchParams.get('token');
  if (given === null) return place.sessionStorage.getItem(KEY) ?? '';
  url.searchParams.delete('token');
  keepToken(place, given);
  place.history.replaceState(null, '', `${url.pathname}${url.search}${url.hash}`);
  return given;
}

/** The token of a server that was started again. */
export function keepToken({ sessionStorage }: Pick<TokenPlace, 'sessionStorage'>, token: string): void {
  sessionStorage.setItem(KEY, token);
}
