/** Questions and answers over a channel between two processes, in both directions. */

export type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

export interface Channel {
  post(message: Message): void;
  listen(listener: (message: Message) => void): void;
}

export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Serves `methods` on the channel, and returns the function that asks the other side. */
export function createRpc(
  channel: Channel,
  methods: Methods,
): (method: string, ...args: unknown[]) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  async function serve(id: number, method: string, args: readonly unknown[]): Promise<void> {
    try {
      channel.post({ kind: 'answer', id, value: await methods[method]!(...(args as never[])) });
    } catch (error) {
      channel.post({
        kind: 'answer',
        id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  channel.listen((message) => {
    if (message.kind === 'ask') {
      void serve(message.id, message.method, message.args);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asked?.resolve(message.value);
    else asked?.reject(new Error(message.error));
  });

  return (method, ...args) => {
    const asked = Promise.withResolvers<unknown>();
    waiting.set(++lastId, asked);
    channel.post({ kind: 'ask', id: lastId, method, args });
    return asked.promise;
  };
}
