import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import { z } from 'zod';
import type { Reply } from '../../engine/contract/bridge.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { CHANNELS } from '../../preload/channels.ts';
import { clientError } from '../host/client-error.ts';
import type { FileGate } from '../host/file-gate.ts';
import type { HostCall } from '../host/host-call.ts';
import { isOwnPage } from './page.ts';

const filters = z
  .array(z.object({ name: z.string().max(100), extensions: z.array(z.string().max(20)).max(50) }))
  .max(20)
  .optional();
const openOptions = z.object({ title: z.string().max(200), filters });
const saveOptions = openOptions.extend({ suggestedName: z.string().max(1000) });

type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** Only the main frame of the window's own page is answered; a frame or page that got in otherwise is not. */
export function isOwnSender({ sender, senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

function assertOwnSender(event: Sender): void {
  if (isOwnSender(event)) return;
  throw new EngineError(
    'access-denied',
    `${event.senderFrame?.url ?? 'A closed frame'} may not call Regimen.`,
  );
}

export interface IpcContext {
  readonly call: HostCall;
  readonly gate: FileGate;
  readonly window: () => BrowserWindow;
}

/** Answers the messages of preload. */
export function serveIpc({ call, gate, window }: IpcContext): void {
  ipcMain.handle(CHANNELS.call, async (event, method: unknown, input: unknown): Promise<Reply<unknown>> => {
    try {
      assertOwnSender(event);
      return { ok: true, value: await call(method, input) };
    } catch (error) {
      return { ok: false, error: clientError(error) };
    }
  });

  ipcMain.handle(CHANNELS.openFile, async (event, options: unknown): Promise<string | null> => {
    assertOwnSender(event);
    const file = await chooseFile(window(), openOptions.parse(options));
    if (file !== null) gate.grant(file, 'read');
    return file;
  });

  ipcMain.handle(CHANNELS.openFolder, async (event, options: unknown): Promise<string | null> => {
    assertOwnSender(event);
    const folder = await choose(window(), openOptions.parse(options), 'openDirectory');
    if (folder !== null) gate.grant(folder, 'read');
    return folder;
  });

  ipcMain.handle(CHANNELS.saveFile, async (event, options: unknown): Promise<string | null> => {
    assertOwnSender(event);
    const { title, filters, suggestedName } = saveOptions.parse(options);
    const { canceled, filePath } = await dialog.showSaveDialog(window(), {
      title,
      ...(filters && { filters }),
      defaultPath: suggestedName,
    });
    if (canceled) return null;
    gate.grant(filePath, 'write');
    return filePath;
  });

  ipcMain.handle(CHANNELS.showInFolder, (event, file: unknown): boolean => {
    assertOwnSender(event);
    if (typeof file !== 'string' || !gate.hasWritten(file)) return false;
    shell.showItemInFolder(file);
    return true;
  });

  ipcMain.on(CHANNELS.dropped, (event, file: unknown) => {
    if (isOwnSender(event) && typeof file === 'string') gate.grant(file, 'read');
  });
}

/** The path of the file that the user chose, or null. */
export function chooseFile(
  window: BrowserWindow,
  options: z.output<typeof openOptions>,
): Promise<string | null> {
  return choose(window, options, 'openFile');
}

async function choose(
  window: BrowserWindow,
  { title, filters }: z.output<typeof openOptions>,
  what: 'openFile' | 'openDirectory',
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    ...(filters && { filters }),
    properties: [what],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
