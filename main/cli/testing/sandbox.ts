import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, hourlyCsv, type Ran, regimen } from './command-line.ts';

export const EURUSD_H1 = ['--symbol', 'EURUSD', '--timeframe', 'H1'];

/** Bad input of one kind and what must come of it; a table of them is a test. */
export interface BadInput {
  readonly title: string;
  readonly argv: (sandbox: Sandbox) => readonly string[];
  /** Code of the error. */
  readonly code: string;
  /** All of it must be said on stderr. */
  readonly says: readonly (string | RegExp)[];
}

/** What a command line that must fail came to. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  /** Files of the workspace that are not as they were. */
  readonly changed: readonly string[];
  readonly stderr: string;
}

/** A folder with a workspace that has candles and a trained model, made anew for every case by `reset`. */
export interface Sandbox {
  readonly root: string;
  readonly workspace: string;
  reset(): void;
  remove(): void;
  /** Writes a file beside the workspace; returns its path. */
  file(name: string, content: string | Uint8Array): string;
  /** `file` of a grid that can be trained, with changes. */
  grid(changes: Readonly<Record<string, unknown>>): string;
  /** Runs a command line with --json in the workspace. Throws if stdout is anything but one JSON document. */
  refusal(argv: readonly string[]): Promise<Refusal>;
}

export async function createSandbox(): Promise<Sandbox> {
  const root = mkdtempSync(join(tmpdir(), 'bad-input-'));
  const template = join(root, 'template');
  const workspace = join(root, 'workspace');

  function file(name: string, content: string | Uint8Array): string {
    const path = join(root, name);
    writeFileSync(path, content);
    return path;
  }

  function grid(changes: Readonly<Record<string, unknown>>): string {
    const axes = { model_types: ['ridge'], symbols: ['EURUSD'], timeframes: ['H1'] };
    // JSON is YAML.
    return file('grid.yaml', JSON.stringify({ ...axes, days_history: [60], horizons: [3], ...changes }));
  }

  const good = file('good.csv', hourlyCsv(300));
  assertSuccess(await regimen(['market', 'import', good, ...EURUSD_H1, '--workspace', template]));
  assertSuccess(await regimen(['train', grid({}), '--workspace', template]));

  return {
    root,
    workspace,
    file,
    grid,
    reset() {
      rmSync(workspace, { recursive: true, force: true });
      cpSync(template, workspace, { recursive: true });
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
    async refusal(argv) {
      const before = filesOf(workspace);
      const { status, stdout, stderr } = await regimen([...argv, '--workspace', workspace, '--json']);
      const after = filesOf(workspace);
      const { error } = JSON.parse(stdout) as { error: { code: string; details: unknown } };
      const files = new Set([...Object.keys(before), ...Object.keys(after)]);
      const changed = [...files].filter((name) => before[name] !== after[name]);
      return { status, ...error, changed, stderr };
    },
  };
}

function assertSuccess({ status, stderr }: Ran): void {
  if (status !== 0) throw new Error(`the sandbox could not be made: ${stderr}`);
}
