import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { createEngine, type Engine } from '../../engine/app.ts';
import { toErrorDto } from '../../engine/contract/errors.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_STATUS, EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { readArguments } from './arguments.ts';
import { keepCrashReports } from './crash-reports.ts';
import { type Desktop, openDesktop } from './desktop.ts';
import { denyNavigation, denyPermissions } from './hardening.ts';
import { answerPage, PAGE_SCHEME } from './page.ts';

/** From source the project folder is the workspace, as on the command line; an installed Regimen can't write there. */
const defaultWorkspace = app.isPackaged ? join(app.getPath('userData'), 'workspace') : app.getAppPath();
// Electron started with a folder has that folder as its first argument.
const argv = (from: readonly string[]) => from.slice(app.isPackaged ? 1 : 2);

let engine: Engine | undefined;

/** Nothing is asked any more: what is trained is saved before the user reads why. */
onDefect((error) => {
  const line = saveOnDefect(engine, error, 'electron/index:onDefect');
  const kept =
    engine === undefined
      ? ''
      : `\n\nWhat was trained is saved, and what was in training is paused. The details are in ${join(engine.workspace, 'logs')}.`;
  process.stderr.write(`error: ${line}\n`);
  dialog.showErrorBox('Regimen has to close', `${line}.${kept}`);
  app.exit(EXIT_TRAINING_FAILED);
});

function fail(error: unknown): void {
  const { code, message } = toErrorDto(error);
  dialog.showErrorBox('Regimen can’t start', message);
  app.exit(EXIT_STATUS[code]);
}

async function start(workspace: string, stateFolder: string, reports: string): Promise<Desktop> {
  await app.whenReady();
  denyPermissions(session.defaultSession);
  const renderer = join(app.getAppPath(), 'out', 'renderer');
  protocol.handle(PAGE_SCHEME, (request) => answerPage(renderer, request));
  const opened = createEngine({ workspace, role: 'host', hostKind: 'window' });
  engine = opened;
  try {
    return await openDesktop(opened, stateFolder, reports);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Shows the window, with a grid where one was opened. */
function openWith(desktop: Promise<Desktop>, gridFile: string | undefined): void {
  desktop.then(
    ({ show, openGrid }) => {
      show();
      if (gridFile !== undefined) openGrid(gridFile);
    },
    () => {
      // Whoever started the desktop reports why it can't.
    },
  );
}

try {
  const { workspace, gridFile } = readArguments(argv(process.argv), process.cwd(), defaultWorkspace);
  // Window state and browser profile belong to the workspace, and with the profile comes one instance per workspace.
  const stateFolder = join(workspace, '.regimen', 'desktop');
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  app.setPath('userData', stateFolder);
  if (app.requestSingleInstanceLock()) {
    protocol.registerSchemesAsPrivileged([
      {
        scheme: PAGE_SCHEME,
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
    denyNavigation();
    // Not awaited: Electron gets ready only after this file has run.
    const desktop = start(workspace, stateFolder, keepCrashReports(stateFolder, Date.now()));
    desktop.catch(fail);
    if (gridFile !== undefined) openWith(desktop, gridFile);
    app.on('second-instance', (_event, args, folder) => {
      openWith(desktop, readArguments(argv(args), folder, workspace).gridFile);
    });
    app.on('open-file', (event, file) => {
      event.preventDefault();
      openWith(desktop, file);
    });
  } else {
    app.quit();
  }
} catch (error) {
  fail(error);
}
