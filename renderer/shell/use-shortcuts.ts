import { useHotkeys } from '@mantine/hooks';
import { pauseOrResume } from '../queue/actions.ts';
import { go, PLACES } from '../state/index.ts';

/** Single keys, ignored while typing in a field. */
export function useShortcuts(): void {
  useHotkeys([
    ...PLACES.map((place, index): [string, () => void] => [String(index + 1), () => go(place)]),
    ['n', () => go('queue', { new: '1' })],
    ['i', () => go('data', { import: '1' })],
    ['p', () => void pauseOrResume()],
  ]);
}
