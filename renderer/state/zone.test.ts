import { afterEach, expect, it, vi } from 'vitest';
import { chooseZone, followZone, useZone } from './zone.ts';

/** A browser's memory, and a window that hears what other tabs write into it. */
function otherTabs() {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  const window = new EventTarget() as unknown as Pick<Window, 'addEventListener'> & EventTarget;
  const write = (key: string, value: string) => {
    stored.set(key, value);
    window.dispatchEvent(Object.assign(new Event('storage'), { key }));
  };
  return { window, write };
}

afterEach(() => {
  vi.unstubAllGlobals();
  useZone.setState(useZone.getInitialState(), true);
});

it('takes the zone that another tab chose, and has the place drawn anew once', () => {
  const { window, write } = otherTabs();
  followZone(window);
  write('regimen.draft.grid', '{}');
  expect(useZone.getState()).toEqual({ choice: 'utc', elsewhere: 0 });
  write('regimen.zone', 'market');
  write('regimen.zone', 'market');
  expect(useZone.getState()).toEqual({ choice: 'market', elsewhere: 1 });
});

it('leaves the place alone that a zone is chosen in', () => {
  otherTabs();
  chooseZone('market');
  expect(useZone.getState()).toEqual({ choice: 'market', elsewhere: 0 });
});
