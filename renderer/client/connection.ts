import type { Connection } from './client.ts';

/** A value with listeners: what the clients tell about their connection. */
export function createConnectionState(initial: Connection) {
  let current = initial;
  const listeners = new Set<(connection: Connection) => void>();
  return {
    set(next: Connection) {
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener(next);
    },
    listen(listener: (connection: Connection) => void) {
      listeners.add(listener);
      listener(current);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
