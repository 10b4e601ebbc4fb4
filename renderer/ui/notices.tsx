import { notifications, notificationsStore } from '@mantine/notifications';
import { toEngineError } from '../state/errors.ts';
import { errorTitle } from './error-titles.ts';

/** A passing notice of something that went well. */
export function notify(title: string, message: React.ReactNode = ''): void {
  notifications.show({ title, message, color: 'green', withBorder: true });
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
