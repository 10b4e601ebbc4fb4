import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { PROJECT } from '../../main/launch/builds.mjs';
import { LIBRARIES, stageCommandLine } from './stage.ts';

/** What electron-builder tells of the application that it has just laid out. */
interface Packed {
  readonly appOutDir: string;
  /** `linux`, `darwin` or `win32`. */
  readonly electronPlatformName: string;
  /** Place in electron-builder's list of processors. */
  readonly arch: number;
  readonly packager: { getResourcesDir(appOutDir: string): string };
}

/**
 * Adds command line and server to the desktop application, with the Node that they run on: Electron's runtime is told to run nothing but the
 * window (docs/decisions/installed-command-line.md). That Node is this machine's, so that a package is made where it is to run.
 */
export default function addCommandLine({ appOutDir, electronPlatformName, arch, packager }: Packed): void {
  const { Arch } = createRequire(import.meta.url)('builder-util') as {
    readonly Arch: Record<number, string>;
  };
  const target = `${electronPlatformName}-${Arch[arch]}`;
  const here = `${process.platform}-${process.arch}`;
  if (target !== here) {
    throw new Error(
      `The application brings Node of the machine that packs it. Expected to pack for ${here}, found ${target}: pack it on such a machine.`,
    );
  }
  const resources = packager.getResourcesDir(appOutDir);
  const folder = join(resources, 'command-line');
  const libraries = join(folder, 'node_modules');
  const installed = join(libraries, 'regimen');
  mkdirSync(libraries, { recursive: true });
  stageCommandLine(installed);
  for (const name of LIBRARIES) addLibrary(name, join(libraries, name), target);
  addNode(folder);
  const windows = process.platform === 'win32';
  const starter = join(folder, windows ? 'regimen.cmd' : 'regimen');
  cpSync(join(PROJECT, 'package/command-line', basename(starter)), starter);
  chmodSync(starter, 0o755);
  for (const name of ['LICENSE', 'NOTICES.txt']) cpSync(join(installed, name), join(resources, name));
}

/** Its code, without what it was made of or what other platforms load. */
function addLibrary(name: string, to: string, target: string): void {
  const from = join(PROJECT, 'node_modules', name);
  const natives = join(from, 'prebuilds');
  const taken = new Set(
    ['package.json', 'LICENSE', 'lib', 'dist', 'prebuilds'].map((path) => join(from, path)),
  );
  cpSync(from, to, {
    recursive: true,
    filter: (path) =>
      (path === from || dirname(path) !== from || taken.has(path)) &&
      !/\.map$|\.d\.ts$/.test(path) &&
      (dirname(path) !== natives || basename(path) === `${target}.node`),
  });
}

/** The program alone, of what its package has, and its license. */
function addNode(to: string): void {
  const { platform, arch } = process;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const own = join(PROJECT, 'node_modules/node');
  cpSync(join(own, 'bin', program), join(to, program));
  chmodSync(join(to, program), 0o755);
  // Where npm puts the one of this platform: within, or beside it.
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const license = [join(own, 'node_modules', name), join(PROJECT, 'node_modules', name)]
    .map((folder) => join(folder, 'LICENSE'))
    .find((path) => existsSync(path));
  if (license === undefined)
    throw new Error(`Expected the license of Node in the package ${name}, found none.`);
  cpSync(license, join(to, 'LICENSE.node.txt'));
}
