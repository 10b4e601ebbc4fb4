import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * `npm run types`: checks each file with the options of the nearest tsconfig.json above it, as editors do.
 *
 * `tsc -p` would check what a project imports with the importing project's options instead, so a folder could not be
 * stricter or laxer than the folders that use it. Projects with the same options share one program.
 */

const SKIPPED = ['**/node_modules/**', '**/out/**', '**/dist/**', '**/coverage/**'];

interface TypesOptions {
  readonly color?: boolean;
  readonly cache?: string;
}

interface Project {
  options: ts.CompilerOptions;
  rootNames: readonly string[];
  configs: Set<string>;
}

/** The tsconfig.json whose folder holds `file`, the innermost of `configs`; undefined where there is none. */
function nearest(file: string, configs: ReadonlySet<string>): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const config = join(folder, 'tsconfig.json');
    if (configs.has(config)) return config;
    if (folder === dirname(folder)) return undefined;
  }
}

function readConfig(path: string, problems: ts.Diagnostic[]): ts.ParsedCommandLine {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => void problems.push(problem),
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, host);
  if (!parsed) throw new Error(ts.formatDiagnostics(problems, formatHost(dirname(path))));
  problems.push(...parsed.errors);
  return parsed;
}

function projects(configs: ReadonlySet<string>, problems: ts.Diagnostic[]): Project[] {
  const byOptions = new Map<string, Project>();
  for (const path of configs) {
    const { options, fileNames } = readConfig(path, problems);
    const { configFilePath: _, pathsBasePath: __, ...same } = options;
    const key = JSON.stringify(Object.entries(same).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = byOptions.get(key);
    const rootNames = [...(known?.rootNames ?? []), ...fileNames];
    byOptions.set(key, { options, rootNames, configs: new Set([...(known?.configs ?? []), path]) });
  }
  return [...byOptions.values()];
}

/** A program that asks again only of what has changed since the last one of this name, or rests on that. */
function remembered({ options, rootNames }: Project, tsBuildInfoFile: string) {
  const incremental = { ...options, incremental: true, tsBuildInfoFile };
  return ts.createIncrementalProgram({ rootNames, options: incremental });
}

function formatHost(root: string): ts.FormatDiagnosticsHost {
  return {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => ts.sys.newLine,
  };
}

/**
 * The problems of all files below `root`, in the format of tsc; an empty text when there is none. `cache` is a folder for what
 * is known of files that have not changed since.
 */
export function checkTypes(root: string, { color = false, cache }: TypesOptions = {}): string {
  const found = globSync('**/tsconfig.json', { cwd: root, exclude: SKIPPED });
  const configs = new Set(found.map((path) => resolve(root, path)));
  const problems: ts.Diagnostic[] = [];
  for (const [index, project] of projects(configs, problems).entries()) {
    const program =
      cache === undefined
        ? ts.createProgram(project)
        : remembered(project, join(cache, `${index}.tsbuildinfo`));
    // Of single files the memory takes no note: all at once it does.
    if (cache !== undefined) program.getSemanticDiagnostics();
    problems.push(...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics());
    for (const file of program.getSourceFiles()) {
      const config = nearest(resolve(file.fileName), configs);
      if (file.fileName.includes('/node_modules/') || !config || !project.configs.has(config)) continue;
      problems.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file));
    }
    // Nothing but the memory of this program is written: the options say `noEmit`.
    if (cache !== undefined) program.emit();
  }
  const sorted = ts.sortAndDeduplicateDiagnostics(problems);
  const format = color ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
  return format(sorted, formatHost(root));
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  if (!existsSync(join(root, 'tsconfig.json'))) throw new Error(`No tsconfig.json in ${root}`);
  const report = checkTypes(root, {
    color: process.stdout.isTTY,
    cache: join(root, 'node_modules/.cache/types'),
  });
  process.stdout.write(report);
  process.exitCode = report === '' ? 0 : 1;
}
