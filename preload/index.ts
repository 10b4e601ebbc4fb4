import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Bridge, MenuCommand } from '../engine/contract/bridge.ts';
import { CHANNELS } from './channels.ts';

/** Hands the messages of one channel on, without the event that holds the sender. */
function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const handler = (_event: IpcRendererEvent, message: T) => listener(message);
  ipcRenderer.on(channel, handler);
  return () => {
    ipcRenderer.removeListener(channel, handler);
  };
}

/** Commands may come before the page listens, when a file was opened with Regimen: they wait for it. */
function createCommandInbox() {
  const waiting: MenuCommand[] = [];
  const listeners = new Set<(command: MenuCommand) => void>();
  listen<MenuCommand>(CHANNELS.command, (command) => {
    if (listeners.size === 0) waiting.push(command);
    for (const listener of listeners) listener(command);
  });
  return (listener: (command: MenuCommand) => void) => {
    listeners.add(listener);
    for (const command of waiting.splice(0)) listener(command);
    return () => {
      listeners.delete(listener);
    };
  };
}

contextBridge.exposeInMainWorld('regimen', {
  kind: 'electron',
  call: (method, input) => ipcRenderer.invoke(CHANNELS.call, method, input),
  subscribe: (listener) => listen(CHANNELS.events, listener),
  native: {
    openFile: (options) => ipcRenderer.invoke(CHANNELS.openFile, options),
    openFolder: (options) => ipcRenderer.invoke(CHANNELS.openFolder, options),
    saveFile: (options) => ipcRenderer.invoke(CHANNELS.saveFile, options),
    showInFolder: (file) => ipcRenderer.invoke(CHANNELS.showInFolder, file),
    droppedFile: (file) => {
      // A page can't make up a `File` with a path: this one was dropped or chosen by the user.
      const path = webUtils.getPathForFile(file as File);
      if (path !== '') ipcRenderer.send(CHANNELS.dropped, path);
      return path;
    },
    onCommand: createCommandInbox(),
  },
} satisfies Bridge);
