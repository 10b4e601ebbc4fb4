import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../engine/contract/bridge.ts';
import { CHANNELS } from './channels.ts';

/** Hands the messages of one channel on, without the event that holds the sender. */
function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const handler = (_event: IpcRendererEvent, message: T) => listener(message);
  ipcRenderer.on(channel, handler);
  return () => {
    ipcRenderer.removeListener(channel, handler);
  };
}

contextBridge.exposeInMainWorld('regimen', {
  kind: 'electron',
  call: (method, input) => ipcRenderer.invoke(CHANNELS.call, method, input),
  subscribe: (listener) => listen(CHANNELS.events, listener),
  native: {
    openFile: (options) => ipcRenderer.invoke(CHANNELS.openFile, options),
    saveFile: (options) => ipcRenderer.invoke(CHANNELS.saveFile, options),
    showInFolder: (file) => ipcRenderer.invoke(CHANNELS.showInFolder, file),
    droppedFile: (file) => {
      // A page can't make up a `File` with a path: this one was dropped or chosen by the user.
      const path = webUtils.getPathForFile(file as File);
      if (path !== '') ipcRenderer.send(CHANNELS.dropped, path);
      return path;
    },
    onCommand: (listener) => listen(CHANNELS.command, listener),
  },
} satisfies Bridge);
