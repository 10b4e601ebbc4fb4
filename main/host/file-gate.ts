import { mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { apiInputs, type Method } from '../../engine/contract/api/index.ts';
import { EngineError, orList } from '../../engine/contract/errors.ts';

type Access = 'read' | 'write';

/** Path arguments of each method, found by the mark of `fileField` and `outputFileField`. */
export const FILE_ARGUMENTS: ReadonlyMap<string, ReadonlyMap<string, Access>> = new Map(
  Object.entries(apiInputs).map(([method, schema]) => [method, fileArguments(schema.shape)]),
);

interface Field {
  meta(): { readonly [key: string]: unknown } | undefined;
  readonly def: { readonly innerType?: unknown };
}

function fileArguments(shape: object): ReadonlyMap<string, Access> {
  const found = new Map<string, Access>();
  for (const [name, schema] of Object.entries(shape)) {
    // `.optional()` and its like wrap the field that bears the mark.
    for (let field = schema as Field | undefined; field !== undefined; field = field.def.innerType as Field) {
      const access = field.meta()?.file;
      if (access === 'read' || access === 'write') found.set(name, access);
    }
  }
  return found;
}

export interface FileGate {
  /**
   * The input with its paths made absolute. Throws `access-denied` for a path that is neither in a folder that is open
   * to everyone nor granted.
   */
  check(method: Method, input: unknown): unknown;
  /** The user chose this file in a dialog or dropped it: it may be named from now on. */
  grant(file: string, access: Access): void;
  /** Notes the files that a method's result says were written. */
  noteResult(method: Method, result: unknown): void;
  /** Whether the engine wrote this very file while this host ran. */
  hasWritten(file: string): boolean;
}

/** Folder of exports that belongs to the user, not to a workspace. */
const userExports = () => join(homedir(), '.regimen', 'exports');

/**
 * Decides which files a window or browser may name. Whatever runs in a page could ask for any path, so the page gets
 * no more than its user gave it: the workspace to read, the exports folders to write, and files chosen by hand.
 */
export function createFileGate(workspace: string): FileGate {
  const exportFolder = join(workspace, 'exports');
  mkdirSync(exportFolder, { recursive: true, mode: 0o700 });
  const open: Readonly<Record<Access, readonly string[]>> = {
    read: [workspace, userExports()],
    write: [exportFolder, userExports()],
  };
  const granted: Readonly<Record<Access, Set<string>>> = { read: new Set(), write: new Set() };
  const written = new Set<string>();

  function allow(path: string, access: Access): string {
    if (path.includes('\0')) throw denied(path, access);
    const file = resolve(access === 'read' ? workspace : exportFolder, path);
    const real = realPath(file);
    if (granted[access].has(real) || open[access].some((folder) => isInside(realPath(folder), real)))
      return file;
    throw denied(file, access);
  }

  function denied(file: string, access: Access): EngineError {
    const verb = access === 'read' ? 'read' : 'written';
    return new EngineError(
      'access-denied',
      `${JSON.stringify(file)} can't be ${verb}: files must lie in ${orList(open[access])}, or be chosen by the user.`,
      { file },
    );
  }

  return {
    check(method, input) {
      const fields = FILE_ARGUMENTS.get(method);
      if (fields === undefined || fields.size === 0 || typeof input !== 'object' || input === null)
        return input;
      const checked: Record<string, unknown> = { ...input };
      for (const [name, access] of fields) {
        // Anything but text is left to the method's own schema, which refuses it.
        const path = checked[name];
        if (typeof path === 'string' && path !== '') checked[name] = allow(path, access);
        else if (Array.isArray(path)) {
          checked[name] = path.map((one) =>
            typeof one === 'string' && one !== '' ? allow(one, access) : one,
          );
        }
      }
      return checked;
    },
    grant(file, access) {
      granted[access].add(realPath(resolve(file)));
    },
    noteResult(method, result) {
      const writes = [...(FILE_ARGUMENTS.get(method)?.values() ?? [])].includes('write');
      if (writes && typeof result === 'object' && result !== null && 'file' in result) {
        written.add(resolve(String(result.file)));
      }
    },
    hasWritten: (file) => written.has(file),
  };
}

/** The path with every link followed, as far as it exists. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const parent = dirname(file);
    return parent === file ? file : join(realPath(parent), basename(file));
  }
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
