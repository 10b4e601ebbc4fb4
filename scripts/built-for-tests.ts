import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import 'vitest/node';
import { currentBuild, PROJECT } from '../main/launch/builds.mjs';
import { bundleThread, FILE_BY_URL } from './builds/files-by-url.ts';
import { buildHosts, buildPrograms } from './builds/hosts.ts';

/**
 * Tests start threads and programs of the product as the product does, each from one file: from its sources a thread takes three times
 * as long to begin, and a program twice; and the tests begin thousands. What is named by `new URL('./it.ts', import.meta.url)` is built
 * when the first test asks for it, and where its sources have changed.
 */
export function builtForTests(): Plugin {
  const built = new Map<string, Promise<string>>();
  return {
    name: 'built-for-tests',
    enforce: 'pre',
    configureVitest({ defineCacheKeyGenerator }) {
      // What a file names may have changed when the file has not: it is not taken from an earlier run's cache.
      defineCacheKeyGenerator(({ id, sourceCode }) =>
        namedIn(sourceCode, id).length === 0 ? undefined : false,
      );
    },
    async transform(code, id) {
      let changed = code;
      for (const { expression, source, build } of namedIn(code, id)) {
        if (!built.has(source)) built.set(source, build(source));
        const file = await built.get(source)!;
        changed = changed.replace(expression, `new URL('${pathToFileURL(file).href}')`);
      }
      return changed === code ? null : { code: changed, map: null };
    },
  };
}

interface Named {
  readonly expression: string;
  /** From the project's folder. */
  readonly source: string;
  build(source: string): Promise<string>;
}

/** Threads and programs that a module names. */
function namedIn(code: string, id: string): Named[] {
  if (!code.includes('import.meta.url') || id.includes('node_modules')) return [];
  return [...code.matchAll(FILE_BY_URL)].flatMap(([expression, path = '']) => {
    const source = relative(PROJECT, resolve(dirname(id), path)).replaceAll(sep, '/');
    const build = THREADS.has(source) ? buildThread : PROGRAMS.has(source) ? buildProgram : undefined;
    return build === undefined ? [] : [{ expression, source, build }];
  });
}

const THREADS: ReadonlySet<string> = new Set(
  ['task', 'analysis-task', 'market-task'].map((name) => `engine/workers/${name}.ts`),
);

const COMMAND_LINE = 'main/cli/regimen.ts';
const PROGRAMS: ReadonlySet<string> = new Set([
  COMMAND_LINE,
  ...['host', 'registry-host', 'schedule-host', 'train-host', 'worker-host'].map(
    (name) => `e2e/crash/${name}.ts`,
  ),
]);

async function buildProgram(source: string): Promise<string> {
  const name = basename(source, '.ts');
  const build = source === COMMAND_LINE ? 'hosts' : `test-${name}`;
  if (currentBuild(build) === undefined)
    await (source === COMMAND_LINE ? buildHosts() : buildPrograms(build, { [name]: source }));
  const folder = currentBuild(build);
  if (folder === undefined)
    throw new Error(`${source} was changed while it was built. Start the tests again.`);
  return join(folder, `${name}.js`);
}

/** As deep as a build: what looks for the project's folder from its own place finds it. */
const FOLDER = join(PROJECT, 'out/test-threads');
const KEPT_MS = 86_400_000;

/** Named after its content: whoever tests at the same time, with other sources, has another one. */
async function buildThread(source: string): Promise<string> {
  const code = await bundleThread(join(PROJECT, source), new Set());
  const name = basename(source, '.ts');
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 12);
  const file = join(FOLDER, `${name}-${digest}.js`);
  mkdirSync(FOLDER, { recursive: true });
  if (statSync(file, { throwIfNoEntry: false }) === undefined) {
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, code);
    renameSync(temporary, file);
  }
  removeOld(name, file);
  return file;
}

function removeOld(name: string, newest: string): void {
  for (const entry of readdirSync(FOLDER)) {
    const file = join(FOLDER, entry);
    if (file === newest || !entry.startsWith(`${name}-`)) continue;
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > KEPT_MS) rmSync(file, { force: true });
  }
}
