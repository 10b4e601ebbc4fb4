import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { Display } from './display.ts';
import { ipc } from './ipc.ts';
import { createPreloadWorld, type PreloadWorld } from './preload-world.ts';

interface FrameDouble {
  url: string;
}

/** What main/electron uses of a window's contents. */
export class WebContentsDouble
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      'send' | 'setWindowOpenHandler' | 'getURL' | 'reload' | 'forcefullyCrashRenderer'
    >
{
  readonly mainFrame: FrameDouble = { url: '' };
  world: PreloadWorld | undefined;
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;
  /** Loads the page of the window anew. */
  load: (() => Promise<void>) | undefined;

  send(channel: string, ...args: unknown[]): void {
    this.world?.receive(channel, args);
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }
  reload(): void {
    void this.load?.();
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }
  getURL(): string {
    return this.mainFrame.url;
  }
}

type WindowMembers =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setProgressBar'
  | 'show';

/** Names of the windows that are open, newest last. */
export const openWindows: BrowserWindowDouble[] = [];
export const windowEvents = new EventEmitter();
let display: Display;
export function showOn(used: Display): void {
  display = used;
}

export class BrowserWindowDouble extends EventEmitter implements Pick<Electron.BrowserWindow, WindowMembers> {
  static #lastId = 0;
  readonly id = ++BrowserWindowDouble.#lastId;
  readonly webContents = new WebContentsDouble();
  readonly options: Electron.BrowserWindowConstructorOptions;
  #drawn: Promise<void>;
  #visible: boolean;
  #focused = false;
  #maximized = false;
  #destroyed = false;

  static getAllWindows(): BrowserWindowDouble[] {
    return [...openWindows];
  }

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.#visible = options.show !== false;
    const { width = 800, height = 600 } = options;
    this.#drawn = display.open(this.id, { width, height });
    openWindows.push(this);
    windowEvents.emit('created', this.webContents);
  }

  async loadURL(address: string): Promise<void> {
    await this.#drawn;
    const preload = this.options.webPreferences?.preload;
    const { webContents } = this;
    webContents.mainFrame.url = address;
    webContents.load = () => this.loadURL(address);
    if (preload !== undefined) {
      webContents.world = createPreloadWorld(preload, {
        invoke: (channel, args) => ipc.invoke(webContents, channel, args),
        send: (channel, args) => ipc.send(webContents, channel, args),
        callBack: (callback, args) => display.callBack(this.id, callback, args),
      });
    }
    await display.load(this.id, address, webContents.world?.shape() ?? {});
    webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  close(): void {
    let prevented = false;
    this.emit('close', {
      preventDefault() {
        prevented = true;
      },
    });
    if (!prevented) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    openWindows.splice(openWindows.indexOf(this), 1);
    void display.close(this.id);
    this.emit('closed');
    if (openWindows.length === 0) windowEvents.emit('all-closed');
  }
  isDestroyed = () => this.#destroyed;
  isVisible = () => this.#visible;
  isFocused = () => this.#focused;
  isMinimized = () => false;
  isMaximized = () => this.#maximized;
  restore(): void {}
  maximize(): void {
    this.#maximized = true;
  }
  show(): void {
    this.#visible = true;
    this.#focused = true;
  }
  focus(): void {
    this.#focused = true;
  }
  hide(): void {
    this.#visible = false;
    this.#focused = false;
  }
  setProgressBar(_progress: number): void {}
  getNormalBounds(): Electron.Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }
}
