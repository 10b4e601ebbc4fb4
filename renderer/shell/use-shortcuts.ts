import { pauseOrResume } from '../queue/actions.ts';
import { go, PLACES } from '../state/index.ts';
import { useKeys } from './use-keys.ts';

/** Single keys, ignored while typing in a field. */
export function useShortcuts(): void {
  useKeys([
    ...PLACES.map((place, index): readonly [string, () => void] => [String(index + 1), () => go(place)]),
    ['n', () => go('queue', { new: '1' })],
    ['i', () => go('data', { import: '1' })],
    ['p', () => void pauseOrResume()],
  ]);
}
