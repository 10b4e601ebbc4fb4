import { useHotkeys } from '@mantine/hooks';

/** Single keys of the whole window; they are text in a text field, and belong to a dialog while one is open. */
export function useKeys(keys: readonly (readonly [string, () => void])[]): void {
  useHotkeys(
    keys.map(([key, act]): [string, (event: KeyboardEvent) => void, { preventDefault: boolean }] => [
      key,
      (event) => {
        if (isTyping(event.target) || document.querySelector('[aria-modal="true"]') !== null) return;
        event.preventDefault();
        act();
      },
      { preventDefault: false },
    ]),
    [],
  );
}

const NO_TEXT = ['checkbox', 'radio', 'button', 'submit', 'range', 'file'];

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
