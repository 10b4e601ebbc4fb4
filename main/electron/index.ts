import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { createEngine, type Engine } from '../../engine/app.ts';
import { toErrorDto } from '../../engine/contract/errors.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_STATUS, EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { type DesktopArguments, readArguments } from './arguments.ts';
import { keepCrashReports } from './crash-reports.ts';
import { claimLinks } from './deep-link.ts';
import { type Desktop, openDesktop } from './desktop.ts';
import { denyNavigation, denyPermissions } from './hardening.ts';
import { answerPage, PAGE_SCHEME } from './page.ts';

/** The workspace of the command line that is installed with it; from source the project folder, as there. */
const usualWorkspace = app.isPackaged ? join(app.getPath('home'), 'regimen') : app.getAppPath();
const defaultWorkspace = resolve(process.env.REGIMEN_WORKSPACE || usualWorkspace);
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

/** Shows the window, with the grid that was opened, or where the link leads that was followed. */
function openWith(
  desktop: Promise<Desktop>,
  { gridFile, link }: Pick<DesktopArguments, 'gridFile' | 'link'>,
): void {
  desktop.then(
    ({ show, openGrid, follow }) => {
      show();
      if (gridFile !== undefined) openGrid(gridFile);
      if (link !== undefined) follow(link);
    },
    () => {
      // Whoever started the desktop reports why it can't.
    },
  );
}

try {
  const asked = readArguments(argv(process.argv), process.cwd(), defaultWorkspace);
  const { workspace } = asked;
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
    claimLinks();
    if (asked.gridFile !== undefined || asked.link !== undefined) openWith(desktop, asked);
    app.on('second-instance', (_event, args, folder) => {
      openWith(desktop, readArguments(argv(args), folder, workspace));
    });
    app.on('open-file', (event, file) => {
      event.preventDefault();
      openWith(desktop, { gridFile: file });
    });
    app.on('open-url', (event, link) => {
      event.preventDefault();
      openWith(desktop, { link });
    });
  } else {
    app.quit();
  }
} catch (error) {
  fail(error);
}
