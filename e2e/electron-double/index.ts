import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type Electron from 'electron';
import { connectDisplay, type MainSide } from './display.ts';
import { ipcMain } from './ipc.ts';
import { MenuDouble, TrayDouble } from './menu.ts';
import { BrowserWindowDouble, openWindows, showOn, windowEvents } from './windows.ts';

/**
 * A small double of the module `electron` for machines without its runtime: the built main process and preload run on
 * Node, their windows are pages of a Chromium that the spec drives. Every member is held to electron.d.ts by type; one
 * that main/electron uses and the double lacks ends the run.
 */
const PROJECT = join(import.meta.dirname, '../..');

class AppDouble
  extends EventEmitter
  implements
    Pick<
      Electron.App,
      | 'exit'
      | 'getAppPath'
      | 'getPath'
      | 'getVersion'
      | 'isPackaged'
      | 'quit'
      | 'requestSingleInstanceLock'
      | 'setAsDefaultProtocolClient'
      | 'setPath'
      | 'whenReady'
    >
{
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();

  whenReady = () => Promise.resolve();
  getAppPath = () => PROJECT;
  getVersion = () => '0.1.0';
  getPath(name: string): string {
    return this.#paths.get(name) ?? join(PROJECT, 'no-such-folder', name);
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Path ${path} does not exist`);
    this.#paths.set(name, path);
  }
  requestSingleInstanceLock = () => true;
  setAsDefaultProtocolClient = () => true;
  quit(): void {
    let prevented = false;
    this.emit('before-quit', {
      preventDefault() {
        prevented = true;
      },
    });
    if (prevented) return;
    for (const window of [...openWindows]) window.close();
    if (openWindows.length === 0) this.exit(0);
  }
  exit(code = 0): void {
    process.exit(code);
  }
}

export const app = new AppDouble();
windowEvents.on('created', (contents) => app.emit('web-contents-created', {}, contents));
windowEvents.on('all-closed', () => app.emit('window-all-closed'));

export const dialog = {
  showErrorBox: (title, content) => void process.stderr.write(`${title}: ${content}\n`),
  showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>;

class NotificationDouble
  extends EventEmitter
  implements Pick<Electron.Notification, 'title' | 'body' | 'show'>
{
  title: string;
  body: string;
  static isSupported = () => true;
  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }
  show(): void {}
}

const blockers = new Set<number>();
export const powerSaveBlocker = {
  start() {
    blockers.add(blockers.size);
    return blockers.size - 1;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1];
const protocols = new Map<string, ProtocolHandler>();
export const protocol = {
  handle: (scheme, handler) => void protocols.set(scheme, handler),
  registerSchemesAsPrivileged: () => {},
} satisfies Pick<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'>;

class PowerMonitorDouble extends EventEmitter {}
export const powerMonitor = new PowerMonitorDouble() satisfies NodeJS.EventEmitter;

/** How the crash reporter was started. */
export const crashReporterStarts: Electron.CrashReporterStartOptions[] = [];
export const crashReporter = {
  start: (options) => void crashReporterStarts.push(options ?? {}),
} satisfies Pick<Electron.CrashReporter, 'start'>;

const workArea = { x: 0, y: 0, width: 1920, height: 1050 };
export const screen = {
  getPrimaryDisplay: () => ({ workArea }),
  getAllDisplays: () => [{ workArea }],
} satisfies Record<keyof Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>, unknown>;

export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => {},
    setPermissionCheckHandler: () => {},
  } satisfies Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
};

export const shell = {
  showItemInFolder: () => {},
} satisfies Pick<Electron.Shell, 'showItemInFolder'>;

export {
  BrowserWindowDouble as BrowserWindow,
  ipcMain,
  MenuDouble as Menu,
  NotificationDouble as Notification,
  TrayDouble as Tray,
};

const everything = {
  app,
  BrowserWindow: BrowserWindowDouble,
  crashReporter,
  dialog,
  ipcMain,
  Menu: MenuDouble,
  Notification: NotificationDouble,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray: TrayDouble,
};

function worldOf(windowId: number) {
  const world = openWindows.find((window) => window.id === windowId)?.webContents.world;
  if (world === undefined) throw new Error(`Window ${windowId} has no preload.`);
  return world;
}

const main: MainSide = {
  bridge(windowId, frameAddress, path, args) {
    const window = openWindows.find(({ id }) => id === windowId);
    if (window !== undefined) window.webContents.mainFrame.url = frameAddress;
    return worldOf(windowId).call(path, args);
  },
  returned: (windowId, reference) => worldOf(windowId).returned(reference),
  settled: (windowId, reference) => worldOf(windowId).settled(reference),
  async request(address) {
    const handler = protocols.get(new URL(address).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`Nothing answers ${address}.`);
    const response = await handler(new Request(address));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  },
  async evaluate(source, argument) {
    const run: unknown = new Function(`return (${source});`)();
    return await (run as (electron: typeof everything, argument: unknown) => unknown)(everything, argument);
  },
};
showOn(connectDisplay(main));
// A main process ends when it is told to, not when the spec that watches it has gone silent.
process.on('disconnect', () => process.exit(1));
