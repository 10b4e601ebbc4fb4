import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { PROJECT } from '../../main/launch/builds.mjs';
import { ascii } from './ascii.ts';
import { filesByUrl } from './files-by-url.ts';
import { collectInputs, recordBuild } from './record-build.ts';

const HOSTS = { regimen: 'main/cli/regimen.ts', server: 'main/server/index.ts' };
const OUT = join(PROJECT, 'out');
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Command line and server. */
export const buildHosts = (): Promise<void> => buildPrograms('hosts', HOSTS);

/**
 * Makes one file of each program, of what it imports on demand, and of what its threads run. The folder is named after its content and never changed: a process that
 * trains for days starts its threads from the files that it was started from.
 * @param build its name in the records
 * @param programs where each begins in the sources, by the name of its file
 */
export async function buildPrograms(
  build: string,
  programs: Readonly<Record<string, string>>,
): Promise<void> {
  const began = Date.now();
  const inputs = new Set<string>();
  const temporary = join(OUT, `.${build}-${process.pid}`);
  try {
    for (const [name, source] of Object.entries(programs)) await bundle(name, source, temporary, inputs);
    const folder = `${build}-${digestOf(temporary)}`;
    try {
      renameSync(temporary, join(OUT, folder));
    } catch (error) {
      // Another process has made the same.
      if (statSync(join(OUT, folder), { throwIfNoEntry: false }) === undefined) throw error;
    }
    recordBuild(build, folder, inputs, began);
    removeOld(build, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function bundle(name: string, source: string, outDir: string, inputs: Set<string>): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: PROJECT,
    plugins: [filesByUrl(inputs), collectInputs(inputs), ascii()],
    // What has files of its own beside it: a native module, the code of a thread.
    ssr: { noExternal: true, external: ['better-sqlite3', 'piscina'] },
    build: {
      outDir,
      emptyOutDir: false,
      ssr: true,
      ssrEmitAssets: true,
      target: 'node24',
      minify: false,
      // Nobody downloads them.
      chunkSizeWarningLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: { [name]: join(PROJECT, source) },
        // What is imported only where it is used stays a file of its own: a third of the code is never read by most commands.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Those of earlier sources, once nothing can be running from them any more. */
function removeOld(build: string, current: string): void {
  for (const name of readdirSync(OUT)) {
    if (name === current || !new RegExp(`^\\.?${build}-[0-9a-f]+$`).test(name)) continue;
    const { mtimeMs } = statSync(join(OUT, name));
    if (Date.now() - mtimeMs > KEPT_DAYS * DAY_MS) rmSync(join(OUT, name), { recursive: true, force: true });
  }
}
