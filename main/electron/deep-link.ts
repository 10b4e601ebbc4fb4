import { app } from 'electron';
import { PLACES, type Place } from '../../engine/contract/bridge.ts';
import { EngineError } from '../../engine/contract/errors.ts';

/** Links of this scheme open Regimen, whichever page or program has them. */
export const LINK_SCHEME = 'regimen';

export interface LinkTarget {
  readonly place: Place;
  /** As in the window's address. */
  readonly params: Readonly<Record<string, string>>;
}

const SHAPES =
  'regimen://PLACE, regimen://run/NUMBER, regimen://job/NUMBER, regimen://champion/SYMBOL/TIMEFRAME/REGIME or regimen://model/NAME';
/** Longer ones are no link that Regimen writes. */
const MOST_LETTERS = 300;
const NUMBER = /^\d{1,15}$/;
/** A name of a market, regime or model: it is shown and looked up, never a path or a formula. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

/** What is opened by its own name: the parts behind the name, and where that leads. */
const THINGS: Readonly<
  Record<string, { readonly parts: readonly RegExp[]; to(parts: string[]): LinkTarget }>
> = {
  run: { parts: [NUMBER], to: ([run = '']) => ({ place: 'history', params: { run } }) },
  job: { parts: [NUMBER], to: ([queue = '']) => ({ place: 'queue', params: { queue } }) },
  champion: {
    parts: [NAME, NAME, NAME],
    to: (parts) => ({ place: 'evidence', params: { champion: parts.join('/') } }),
  },
  model: { parts: [NAME], to: ([name = '']) => ({ place: 'registry', params: { name } }) },
};

export const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(`${LINK_SCHEME}:`);

/**
 * Where a link leads. Any page can hold one: it may name what is to be looked at, and nothing else. Forms, drafts, searches and settings are not
 * to be reached by it.
 *
 * @throws EngineError `invalid-input` of anything that is not written as Regimen's links are
 */
export function readLink(link: string): LinkTarget {
  const shown = JSON.stringify(link.length > MOST_LETTERS ? `${link.slice(0, MOST_LETTERS)}…` : link);
  const refused = new EngineError('invalid-input', `Expected a link such as ${SHAPES}, found ${shown}.`);
  if (link.length > MOST_LETTERS || !URL.canParse(link)) throw refused;
  const { protocol, host, pathname, search, hash, username, password, port } = new URL(link);
  if (protocol !== `${LINK_SCHEME}:` || `${search}${hash}${username}${password}${port}` !== '') throw refused;
  const parts = decoded(pathname.replace(/^\/|\/$/g, ''));
  if (parts === undefined) throw refused;
  const place = PLACES.find((known) => known === host);
  if (place !== undefined && parts.length === 0) return { place, params: {} };
  const thing = Object.hasOwn(THINGS, host) ? THINGS[host] : undefined;
  if (thing === undefined || thing.parts.length !== parts.length) throw refused;
  if (!thing.parts.every((pattern, i) => pattern.test(parts[i] ?? ''))) throw refused;
  return thing.to(parts);
}

function decoded(path: string): string[] | undefined {
  try {
    return path === '' ? [] : path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Windows learns of the scheme from the program itself; macOS and Linux from what was installed. */
export function claimLinks(platform: NodeJS.Platform = process.platform): void {
  if (app.isPackaged && platform === 'win32') app.setAsDefaultProtocolClient(LINK_SCHEME);
}
