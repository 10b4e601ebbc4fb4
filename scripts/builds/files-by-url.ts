import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import { PROJECT } from '../../main/launch/builds.mjs';
import { ascii } from './ascii.ts';
import { collectInputs } from './record-build.ts';

export const FILE_BY_URL = /new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;

/** How `new URL('./task.ts', import.meta.url)` is written once everything is one file in one folder. */
function besideTheBundle(file: string, unpacked: boolean): string {
  // Threads are started from plain files: electron-builder.yml keeps them outside the archive, at this path.
  const base = unpacked ? "import.meta.url.replace('app.asar/', 'app.asar.unpacked/')" : 'import.meta.url';
  return `new URL('./${file}', ${base})`;
}

/**
 * Takes along what modules find beside themselves with `new URL('…', import.meta.url)`: a TypeScript file is a thread's
 * entry and becomes one file with all it needs, anything else is copied. Names must be unique in the build. Adds what it
 * read to `inputs`.
 */
export function filesByUrl(inputs = new Set<string>()): Plugin {
  return {
    name: 'regimen:files-by-url',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.url')) return null;
      let changed = code;
      for (const [expression, path = ''] of code.matchAll(FILE_BY_URL)) {
        const file = resolve(dirname(id), path);
        const isThread = file.endsWith('.ts');
        // The project's own folder: a place on the machine, not a file of the program.
        if (path.endsWith('/')) continue;
        const fileName = isThread ? `${basename(file, '.ts')}.js` : basename(file);
        this.addWatchFile(file);
        if (!isThread) inputs.add(relative(PROJECT, file).replaceAll(sep, '/'));
        this.emitFile({
          type: 'asset',
          fileName,
          source: isThread ? await bundleThread(file, inputs) : await readFile(file),
        });
        changed = changed.replace(expression, besideTheBundle(fileName, isThread));
      }
      return changed === code ? null : { code: changed, map: null };
    },
  };
}

/** A thread as one file with all it needs; what it was read from is added to `inputs`. */
export async function bundleThread(entry: string, inputs: Set<string>): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [filesByUrl(inputs), collectInputs(inputs), ascii()],
    ssr: { noExternal: true },
    build: {
      write: false,
      ssr: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { checks: { pluginTimings: false }, input: entry, output: { codeSplitting: false } },
    },
  });
  if (Array.isArray(result) || !('output' in result))
    throw new Error(`${entry} was not built as one bundle.`);
  const [chunk, ...others] = result.output;
  if (others.length > 0)
    throw new Error(`${entry} needs more than its own file: ${others.map((o) => o.fileName).join(', ')}.`);
  return chunk.code;
}
