import { Button } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { toEngineError } from '../state/errors.ts';
import { errorTitle } from './texts/error-titles.ts';
import { texts } from './texts/ui.ts';

/** A passing notice of something that went well. */
export function notify(title: string, message: React.ReactNode = ''): void {
  notifications.show({ title, message, color: 'green', withBorder: true });
}

/** Long enough to see what is gone, and to reach for the button. */
const UNDO_MS = 20_000;

/** A notice of something that was taken away, with the way back. */
export function notifyUndo(title: string, undo: () => void): void {
  const id = notifications.show({
    title,
    message: (
      <Button
        size="xs"
        mt={4}
        variant="default"
        onClick={() => {
          notifications.hide(id);
          undo();
        }}
      >
        {texts.undo}
      </Button>
    ),
    color: 'green',
    withBorder: true,
    autoClose: UNDO_MS,
  });
}

/** Empties forms; until the notice is gone they come back as they were. */
export function discard(what: string, forms: readonly KeptForm[], clear: () => void): void {
  const before = forms.map((form) => form.getState());
  clear();
  notifyUndo(what, () => {
    for (const [i, form] of forms.entries()) form.setState(before[i] as never, true);
  });
}

/** A store of what a form holds, whatever that is. */
export interface KeptForm {
  getState(): unknown;
  setState(state: never, replace: true): void;
}

/** A notice that takes the place of an earlier one with the same `id`, if that still stands. */
export function notifyAgain(id: string, title: string, message: React.ReactNode): void {
  const notice = { id, title, message, color: 'green', withBorder: true };
  const { notifications: shown, queue } = notificationsStore.getState();
  const stands = [...shown, ...queue].some((earlier) => earlier.id === id);
  if (stands) notifications.update(notice);
  else notifications.show(notice);
}

/** A notice of something that failed; stays until it is closed. */
export function notifyError(error: unknown): void {
  const { code, message } = toEngineError(error);
  notifications.show({
    title: errorTitle(code),
    message,
    color: 'red',
    autoClose: false,
    withBorder: true,
    role: 'alert',
    style: { whiteSpace: 'pre-line' },
  });
}

/** Runs an action of a button; a failure becomes a notice. Resolves to its result, or undefined. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    notifyError(error);
    return undefined;
  }
}
