import { createRpc, type Message } from './rpc.ts';

/** The spec's process, which draws the windows: this process is Electron's main process. */
export interface Display {
  /** Draws a new window. */
  open(windowId: number, size: { width: number; height: number }): Promise<void>;
  /** Loads a page; `bridge` is what preload exposed. Resolves when it has loaded. */
  load(windowId: number, address: string, bridge: BridgeShape): Promise<void>;
  /** Calls a function that the page handed to preload. */
  callBack(windowId: number, callback: number, args: readonly unknown[]): void;
  close(windowId: number): Promise<void>;
}

/** What preload exposed under a name: values as they are, functions as marks. */
export type BridgeShape = Readonly<Record<string, unknown>>;

/** How a call that went over the bridge ended; promises and functions stay here and are referred to by number. */
export type BridgeAnswer =
  | { readonly value: unknown }
  | { readonly promise: number }
  | { readonly function: number }
  | { readonly error: string };

export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the display asks of this process. */
export interface MainSide {
  /** Calls what preload exposed, `path` being its way in the shape. */
  bridge(
    windowId: number,
    frameAddress: string,
    path: readonly string[],
    args: readonly unknown[],
  ): BridgeAnswer;
  /** Calls a function that a bridge call returned. */
  returned(windowId: number, reference: number): void;
  /** Waits for a promise that a bridge call returned. */
  settled(windowId: number, reference: number): Promise<BridgeAnswer>;
  /** A request of a page in an own scheme. */
  request(address: string): Promise<PageResponse>;
  /** Runs a function of the spec in this process; its first argument is the module `electron`. */
  evaluate(source: string, argument: unknown): Promise<unknown>;
}

export function connectDisplay(main: MainSide): Display {
  const ask = createRpc(
    {
      post: (message) => process.send?.(message),
      listen: (listener) => process.on('message', (message) => listener(message as Message)),
    },
    { ...main },
  );
  return {
    open: async (windowId, size) => void (await ask('open', windowId, size)),
    load: async (windowId, address, bridge) => void (await ask('load', windowId, address, bridge)),
    callBack: (windowId, callback, args) => void ask('callBack', windowId, callback, args),
    close: async (windowId) => void (await ask('close', windowId)),
  };
}
