import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import type { BridgeAnswer, BridgeShape } from './display.ts';

type AnyFunction = (...args: unknown[]) => unknown;

/** Where the messages of a preload script go. */
export interface PreloadHost {
  invoke(channel: string, args: readonly unknown[]): Promise<unknown>;
  send(channel: string, args: readonly unknown[]): void;
  callBack(callback: number, args: readonly unknown[]): void;
}

const FUNCTION_MARK = '\u0000function';

/**
 * Runs a preload script as a sandboxed window would: a classic script that can require `electron` alone, and whose
 * exposed values reach the page as copies.
 */
export function createPreloadWorld(file: string, host: PreloadHost) {
  const emitter = new EventEmitter();
  const exposed = new Map<string, unknown>();
  const promises = new Map<number, Promise<unknown>>();
  const functions = new Map<number, AnyFunction>();
  let lastReference = 0;

  const contextBridge = {
    exposeInMainWorld(key, api) {
      exposed.set(key, api);
    },
  } satisfies Pick<ContextBridge, 'exposeInMainWorld'>;

  const ipcRenderer = {
    invoke: (channel, ...args) => host.invoke(channel, structuredClone(args)),
    send: (channel, ...args) => host.send(channel, structuredClone(args)),
    on(channel: string, listener: AnyFunction) {
      emitter.on(channel, listener);
    },
    removeListener(channel: string, listener: AnyFunction) {
      emitter.removeListener(channel, listener);
    },
  } satisfies Pick<IpcRenderer, 'invoke' | 'send'> & Record<'on' | 'removeListener', unknown>;

  const webUtils = {
    // A page of the double has no files with a path: what it made up itself has none in Electron either.
    getPathForFile: () => '',
  } satisfies Pick<WebUtils, 'getPathForFile'>;

  const script = new vm.Script(`(function (require) {${readFileSync(file, 'utf8')}\n})`, { filename: file });
  const run = script.runInThisContext() as (require: (name: string) => unknown) => void;
  run((name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
    throw new Error(`A sandboxed preload can't require "${name}".`);
  });

  function shapeOf(value: unknown): unknown {
    if (typeof value === 'function') return FUNCTION_MARK;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]));
  }

  function answer(value: unknown): BridgeAnswer {
    lastReference++;
    if (value instanceof Promise) {
      // Its failure is told when the page asks for it.
      value.catch(() => {});
      promises.set(lastReference, value);
      return { promise: lastReference };
    }
    if (typeof value === 'function') {
      functions.set(lastReference, value as AnyFunction);
      return { function: lastReference };
    }
    return { value };
  }

  function failure(error: unknown): BridgeAnswer {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  return {
    shape: () => shapeOf(Object.fromEntries(exposed)) as BridgeShape,
    /** A message from the main process. */
    receive: (channel: string, args: readonly unknown[]) =>
      void emitter.emit(channel, {}, ...structuredClone(args)),
    call(path: readonly string[], args: readonly unknown[]): BridgeAnswer {
      try {
        const target = path.reduce<unknown>(
          (at, key) => (at as Record<string, unknown>)[key],
          Object.fromEntries(exposed),
        );
        return answer((target as AnyFunction)(...args.map(withCallback)));
      } catch (error) {
        return failure(error);
      }
    },
    returned: (reference: number) => void functions.get(reference)?.(),
    async settled(reference: number): Promise<BridgeAnswer> {
      try {
        return { value: await promises.get(reference) };
      } catch (error) {
        return failure(error);
      } finally {
        promises.delete(reference);
      }
    },
  };

  /** A function of the page came as its number. */
  function withCallback(argument: unknown): unknown {
    if (typeof argument !== 'object' || argument === null || !('callback' in argument)) return argument;
    return (...args: unknown[]) => host.callBack(Number(argument.callback), args);
  }
}

export type PreloadWorld = ReturnType<typeof createPreloadWorld>;
