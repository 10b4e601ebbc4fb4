const KEY = 'regimen.reloaded';
/** A build that is broken is not loaded again and again. */
const ONCE_MS = 10_000;

/** What is used of a window; a test passes its own. */
export interface BuildPlace {
  addEventListener(type: 'vite:preloadError', listener: () => void): void;
  readonly location: { reload(): void };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  fetch(path: string, init: RequestInit): Promise<{ readonly ok: boolean }>;
}

/**
 * A part of the page that can't be loaded belongs to an older build than the server has: the page is loaded again, once. Where the server
 * can't be reached, that waits until it can: the function that is returned is told so.
 */
export function reloadStaleBuild(place: BuildPlace, now: () => number = Date.now): () => void {
  let isStale = false;

  async function reload(): Promise<void> {
    const isThere = await place.fetch('/', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    isStale = !isThere;
    if (!isThere || now() - Number(place.sessionStorage.getItem(KEY) ?? 0) < ONCE_MS) return;
    place.sessionStorage.setItem(KEY, String(now()));
    place.location.reload();
  }

  place.addEventListener('vite:preloadError', () => void reload());
  return () => {
    if (isStale) void reload();
  };
}
