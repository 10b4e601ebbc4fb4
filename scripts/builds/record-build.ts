import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { PROJECT, recordFile } from '../../main/launch/builds.mjs';

/** What every build depends on, beside what it takes in: how it is built, and the libraries. */
const COMMON = ['package-lock.json', 'electron.vite.config.ts', 'vite.config.ts'];

/** Files of the project, relative to it, with `/`. */
export type Inputs = ReadonlySet<string>;

/** Collects what a build takes in, but for libraries: those are as package-lock.json says. */
export function collectInputs(into: Set<string>): Plugin {
  return {
    name: 'regimen:collect-inputs',
    apply: 'build',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const path = relative(PROJECT, id.replace(/[?#].*$/, '').replace('\0', ''));
        const own = !path.startsWith('..') && !path.startsWith(sep) && !path.includes('node_modules');
        if (own && isFile(join(PROJECT, path))) into.add(path.replaceAll(sep, '/'));
      }
    },
  };
}

/**
 * Records a build that writes its own folder, once that is complete; one that failed is none, though its bundle is closed, too. `folder`: below
 * `out`; `also`: folders of files that are copied; `record`: as `recordBuild`.
 */
export function recordedBuild(
  name: string,
  folder: string,
  also: readonly string[],
  record = recordBuild,
): Plugin[] {
  const began = Date.now();
  const inputs = new Set<string>();
  let isWritten = false;
  const plugin: Plugin = {
    name: 'regimen:record-build',
    apply: 'build',
    writeBundle() {
      isWritten = true;
    },
    closeBundle() {
      if (isWritten)
        record(name, folder, new Set([...inputs, ...also.flatMap((folder) => filesBelow(folder))]), began);
    },
  };
  return [collectInputs(inputs), plugin];
}

/** `began`: when the build began, milliseconds since 1970-01-01 UTC; what changed after that may be in it or not. */
export function recordBuild(name: string, folder: string, inputs: Inputs, began: number): void {
  const files = new Set([...COMMON, ...filesBelow('scripts/builds'), ...inputs]);
  const described = [...files].sort().map((path) => {
    const { size, mtimeMs } = statSync(join(PROJECT, path));
    return [path, size, mtimeMs < began ? mtimeMs : -1];
  });
  write(name, { folder, inputs: described });
}

/** Records that a build depends on no source: it stays current where they are not. */
export function sealBuild(name: string): void {
  const { folder } = JSON.parse(readFileSync(recordFile(name), 'utf8')) as { readonly folder: string };
  write(name, { folder, inputs: [] });
}

function write(name: string, record: { readonly folder: string; readonly inputs: readonly unknown[] }): void {
  const file = recordFile(name);
  mkdirSync(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  writeFileSync(temporary, JSON.stringify(record));
  renameSync(temporary, file);
}

/** All files in a folder of the project and those in it, tests as well. */
export function filesBelow(folder: string, project = PROJECT): string[] {
  const found = readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' });
  return found
    .map((name) => `${folder}/${name.replaceAll(sep, '/')}`)
    .filter((path) => isFile(join(project, path)));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
