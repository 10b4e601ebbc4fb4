import type Electron from 'electron';
import type { WebContentsDouble } from './windows.ts';

type Handler = Parameters<Electron.IpcMain['handle']>[1];
type Listener = (event: Electron.IpcMainEvent, ...args: unknown[]) => void;

const handlers = new Map<string, Handler>();
const listeners = new Map<string, Listener[]>();

/** The main process's end. */
export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  on(channel: string, listener: Listener): void {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
  },
} satisfies Pick<Electron.IpcMain, 'handle'> & Record<'on', unknown>;

/** Messages come with the page that sent them; the type of an event has more than main/electron looks at. */
function eventOf(sender: WebContentsDouble): Electron.IpcMainInvokeEvent & Electron.IpcMainEvent {
  const event: unknown = { sender, senderFrame: sender.mainFrame };
  return event as Electron.IpcMainInvokeEvent & Electron.IpcMainEvent;
}

/** The pages' end. */
export const ipc = {
  async invoke(sender: WebContentsDouble, channel: string, args: readonly unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(eventOf(sender), ...args));
  },
  send(sender: WebContentsDouble, channel: string, args: readonly unknown[]): void {
    for (const listener of listeners.get(channel) ?? []) listener(eventOf(sender), ...args);
  },
};
