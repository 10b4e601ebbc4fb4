import { join } from 'node:path';
import { app, dialog, Menu, Notification } from 'electron';
import type { Engine } from '../../engine/app.ts';
import type { MenuCommand } from '../../engine/contract/bridge.ts';
import { toErrorDto } from '../../engine/contract/errors.ts';
import { readGridFile } from '../../engine/workspace/offline.ts';
import { CHANNELS } from '../../preload/channels.ts';
import { createEventBatches } from '../host/event-batches.ts';
import { createFileGate } from '../host/file-gate.ts';
import { onHangup, onReaderGone } from '../host/hangup.ts';
import { createHostCall } from '../host/host-call.ts';
import { createPresentState } from '../host/present-state.ts';
import { watchChildProcesses } from './child-processes.ts';
import { readLink } from './deep-link.ts';
import { handleDeparture } from './departure.ts';
import { chooseFile, serveIpc } from './ipc.ts';
import { LEAVING_QUESTION } from './leaving.ts';
import { menuTemplate } from './menu-template.ts';
import { createNotices, type Notice } from './notices.ts';
import { watchPage } from './page-watch.ts';
import { createReflection } from './reflection.ts';
import { initialStatus, nextStatus, trayText } from './training-status.ts';
import { createTray } from './tray.ts';
import { bringToFront, openWindow } from './window.ts';

export interface Desktop {
  show(): void;
  /** Opens a GRID.yaml in the grid builder. */
  openGrid(file: string): void;
  /** Goes where a `regimen:` link leads. */
  follow(link: string): void;
}

/** One window over one engine, with everything around it. Quits the application when the user leaves. `reports`: where those of crashes lie. */
export async function openDesktop(engine: Engine, stateFolder: string, reports: string): Promise<Desktop> {
  const gate = createFileGate(engine.workspace);
  serveIpc({ call: createHostCall(engine, gate), gate, window: () => window });

  let status = initialStatus(await engine.call('queue.list', {}));
  const window = openWindow(join(stateFolder, 'window.json'));
  const loaded = new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()));
  const tray = createTray({ show, quit: () => app.quit() });
  const menu = Menu.buildFromTemplate(
    menuTemplate({
      platform: process.platform,
      development: !app.isPackaged,
      send,
      openGrid: () => void chooseGrid(),
      showAbout: () => send({ type: 'about' }),
    }),
  );
  Menu.setApplicationMenu(menu);

  const reflect = createReflection({ window, menu, tray });
  reflect(status);
  const noticeOf = createNotices(Date.now);
  const batches = createEventBatches((events) => {
    if (!window.isDestroyed()) window.webContents.send(CHANNELS.events, events);
  });
  const present = createPresentState();
  // Loaded for the first time or again: either way the page knows nothing yet.
  window.webContents.on('did-finish-load', () => {
    for (const event of present.events()) batches.add(event);
  });
  const unsubscribe = engine.subscribe((event) => {
    present.note(event);
    const notice = noticeOf(event, status);
    if (notice !== undefined && !window.isFocused()) notify(notice);
    const next = nextStatus(status, event);
    if (next !== status) reflect(next);
    status = next;
    batches.add(event);
  });

  function show(): void {
    tray.close();
    bringToFront(window);
  }

  function send(command: MenuCommand): void {
    void loaded.then(() => {
      show();
      window.webContents.send(CHANNELS.command, command);
    });
  }

  function notify({ title, body }: Notice): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', show);
    notification.show();
  }

  function openGrid(file: string): void {
    try {
      send({ type: 'open-grid', file, text: readGridFile(file) });
    } catch (error) {
      dialog.showErrorBox('The grid can’t be opened', toErrorDto(error).message);
    }
  }

  function follow(link: string): void {
    try {
      send({ type: 'go', ...readLink(link) });
    } catch (error) {
      dialog.showErrorBox('The link can’t be followed', toErrorDto(error).message);
    }
  }

  async function chooseGrid(): Promise<void> {
    const filters = [{ name: 'Regimen grid', extensions: ['yaml', 'yml'] }];
    const file = await chooseFile(window, { title: 'Open Grid', filters });
    if (file !== null) openGrid(file);
  }

  const leave = handleDeparture({
    engine,
    window,
    ask: async () => {
      show();
      return (await dialog.showMessageBox(window, LEAVING_QUESTION)).response;
    },
    toTray() {
      tray.open(trayText(status));
      window.hide();
    },
    left() {
      unsubscribe();
      batches.close();
      tray.close();
    },
  });
  watchPage({ engine, window, show, quit: () => void leave(), reports, now: Date.now });
  watchChildProcesses(engine, reports, Date.now);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave());
  onHangup(() => void leave());
  onReaderGone(() => undefined);

  return { show, openGrid, follow };
}
