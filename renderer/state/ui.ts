import { create } from 'zustand';
import { PLACES, type Place } from '../../engine/contract/bridge.ts';
import type { Connection } from '../client/client.ts';

export type WindowDialog = 'about' | 'shortcuts';

export interface UiState {
  readonly place: Place;
  /** What to show there: `run` opens a run's details in History, `queue` a queue. */
  readonly params: Readonly<Record<string, string>>;
  readonly connection: Connection;
  /** A file hovers over the window. */
  readonly dragging: boolean;
  /** Files that were dropped and wait to be looked at. */
  readonly dropped: readonly File[];
  /** How often a backup took the workspace's place: what is asked after the start is asked again then. */
  readonly restored: number;
  /** What lies over the window wherever one is: what Regimen is and is made of, or its keys. */
  readonly dialog: WindowDialog | null;
}

export const useUi = create<UiState>()(() => ({
  place: 'today',
  params: {},
  connection: 'connecting',
  dragging: false,
  dropped: [],
  restored: 0,
  dialog: null,
}));

/** `#/history?run=17` as place and parameters; anything unknown is the first place. */
export function readHash(hash: string): Pick<UiState, 'place' | 'params'> {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const place = PLACES.find((known) => known === path) ?? 'today';
  return { place, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The other way round. */
export function formatHash(place: Place, params: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `#/${place}${query === '' ? '' : `?${query}`}`;
}

/** Goes to a place; the browser's back button leads back. */
export function go(place: Place, params: Readonly<Record<string, string>> = {}): void {
  window.location.hash = formatHash(place, params);
}

export const openDialog = (dialog: WindowDialog): void => useUi.setState({ dialog });
export const closeDialog = (): void => useUi.setState({ dialog: null });

/** Keeps the store in step with the address bar; returns the function that ends it. */
export function followHash(): () => void {
  const read = () => useUi.setState(readHash(window.location.hash));
  read();
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}
