import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { createEngine } from '../../engine/app.ts';
import { MARK_NAME } from '../../engine/files/folder-mark.ts';
import { createPrng } from '../../engine/random/prng.ts';
import { columnsOf, damageText } from '../../engine/store/soundness.ts';
import { SUM_KINDS } from '../../engine/store/sum-kinds.ts';
import { restoreWorkspace } from '../../engine/workspace/offline.ts';
import { answersOf, type FlipPlace, type Found, isSame, NOW, SLOW_EVERY, silentIn } from './flipped.ts';

/** A kind of file in a workspace. */
interface FlipKind {
  readonly workspace: (place: FlipPlace) => string;
  /** Paths in the workspace. */
  readonly files: (workspace: string) => readonly string[];
  /** What must be said of a flip, of which each is one of several: `at` is the byte of the file. */
  readonly names: (flip: Flip) => readonly (readonly string[])[];
  /** Whether every byte counts. */
  readonly isAlwaysTold?: boolean;
}

export interface Flip {
  readonly workspace: string;
  /** In the workspace. */
  readonly path: string;
  readonly at: number;
  readonly bit: number;
  readonly sound: Buffer;
}

const within = (folder: string, ending: string) => (workspace: string) =>
  readdirSync(join(workspace, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const itsPath = ({ path }: Flip) => [[basename(path)]];
const CHECKPOINTS = join('checkpoints', 'training_pipeline');
const LOG_HEADER = 32;
const LOG_FRAME = 24 + 4096;

export const KINDS = {
  database: { workspace: (p) => p.closed, files: () => ['regimen.db'], names: rowsThatDiffer },
  'database after a kill': { workspace: (p) => p.killed, files: () => ['regimen.db'], names: rowsThatDiffer },
  'log of the database': {
    workspace: (p) => p.killed,
    files: () => ['regimen.db-wal'],
    names: ({ at }) => [
      ['regimen.db-wal'],
      [at < LOG_HEADER ? '(its header)' : `(frame ${Math.floor((at - LOG_HEADER) / LOG_FRAME) + 1})`],
    ],
    isAlwaysTold: true,
  },
  candles: { workspace: (p) => p.closed, files: within('candles', '.candles'), names: itsPath },
  models: {
    workspace: (p) => p.closed,
    files: within('artifacts', '.model'),
    names: itsPath,
    isAlwaysTold: true,
  },
  checkpoints: {
    workspace: (p) => p.closed,
    files: within(CHECKPOINTS, '.json'),
    names: itsPath,
    isAlwaysTold: true,
  },
  backups: { workspace: (p) => p.closed, files: () => ['backups.zip'], names: itsPath },
  'marks of folders': {
    workspace: (p) => p.closed,
    files: () => ['candles', 'artifacts'].map((folder) => join(folder, MARK_NAME)),
    names: ({ path }) => [[dirname(path)]],
  },
  'the last verification': {
    workspace: (p) => p.closed,
    files: () => ['verified.json'],
    names: itsPath,
    isAlwaysTold: true,
  },
} as const satisfies Readonly<Record<string, FlipKind>>;

export type KindName = keyof typeof KINDS;

/** So many flips of a kind, from a seed. */
export function flipsOf(place: FlipPlace, kind: KindName, count: number, seed: number): Flip[] {
  const workspace = KINDS[kind].workspace(place);
  const random = createPrng(seed);
  const paths = KINDS[kind].files(workspace).filter((path) => existsSync(join(workspace, path)));
  return Array.from({ length: count }, (_, n) => {
    const path = paths[n % paths.length]!;
    const sound = readFileSync(join(workspace, path));
    return { workspace, path, at: random.int(sound.length), bit: random.int(8), sound };
  });
}

export function turned({ sound, at, bit }: Flip): Buffer {
  const bytes = Buffer.from(sound);
  bytes[at]! ^= 1 << bit;
  return bytes;
}

export const textOf = ({ bit, at, path }: Flip) => `bit ${bit} of byte ${at} of ${path}`;

export interface FlipOutcome {
  readonly flip: Flip;
  /** Methods that give another answer without a word. */
  readonly silent: readonly string[];
  /** What should have been named and was not. */
  readonly unnamed: readonly (readonly string[])[];
  readonly isTold: boolean;
}

/** How a workspace answers with a flip in it. `n`: which of its kind it is. */
export async function outcomeOf(
  place: FlipPlace,
  kind: KindName,
  flip: Flip,
  n: number,
  expected: Found,
): Promise<FlipOutcome> {
  const file = join(flip.workspace, flip.path);
  writeFileSync(file, turned(flip));
  try {
    const isSlow = n % SLOW_EVERY === 0 || kind === 'models' || kind === 'candles';
    const found = await answersOf(place, flip.workspace, isSlow);
    const isTold = !isSame(found, expected);
    const said = found.said.join('\n');
    const names: readonly (readonly string[])[] = isTold ? KINDS[kind].names(flip) : [];
    return {
      flip,
      silent: silentIn(found, expected),
      unnamed: names.filter((any) => !any.some((name) => said.includes(name))),
      isTold,
    };
  } finally {
    writeFileSync(file, flip.sound);
  }
}

/** The owners of rows that a flip changed, as they should be called, by kind; the database, where it can't be read any more. */
function rowsThatDiffer(flip: Flip): (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'flipped-'));
  try {
    const [sound, flipped] = [flip.sound, turned(flip)].map((bytes, i) => {
      const file = join(folder, `${i}.db`);
      writeFileSync(file, bytes);
      const log = join(flip.workspace, `${flip.path}-wal`);
      if (existsSync(log)) cpSync(log, `${file}-wal`);
      return rowsOf(file);
    }) as [Map<string, Map<string, string>>, Map<string, Map<string, string>>];
    return [...sound].flatMap(([kind, rows]) => {
      const others = flipped.get(kind)!;
      const owners = [...new Set([...rows.keys(), ...others.keys()])];
      const differing = owners.filter((owner) => rows.get(owner) !== others.get(owner));
      return differing.length === 0 ? [] : [differing.map((owner) => damageText({ kind, owner }))];
    });
  } catch {
    return [['regimen.db']];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By kind and owner. @throws where SQLite can't read them */
function rowsOf(file: string): Map<string, Map<string, string>> {
  const db = new Database(file);
  try {
    return new Map(
      SUM_KINDS.map((kind) => {
        const rows = new Map<string, string>();
        const text = `SELECT ${kind.owner((c) => c)}, ${columnsOf(db, kind).join()} FROM ${kind.table} ORDER BY rowid`;
        for (const [owner, ...values] of db.prepare<[], unknown[]>(text).raw().all()) {
          const shown = values.map((value) => (Buffer.isBuffer(value) ? value.toString('base64') : value));
          rows.set(String(owner), `${rows.get(String(owner)) ?? ''}${JSON.stringify(shown)}`);
        }
        return [kind.kind, rows] as const;
      }),
    );
  } finally {
    db.close();
  }
}

let copies = 0;

/** Methods whose answers are those of what checkpoints and backups hold. */
const HELD = ['history.search', 'history.get', 'champions.list', 'run.trace', 'market.list'];

export interface AfterAdvice {
  /** What was done, in a copy. */
  readonly done: readonly string[];
  /** Methods that do not answer as without the flip. */
  readonly other: readonly string[];
  /** What is still said. */
  readonly said: readonly string[];
}

/** Does in a copy what is said about a flip, and looks again. */
export async function afterAdvice(place: FlipPlace, flip: Flip, expected: Found): Promise<AfterAdvice> {
  const workspace = join(dirname(place.closed), `copy-${copies++}`);
  cpSync(flip.workspace, workspace, { recursive: true });
  try {
    writeFileSync(join(workspace, flip.path), turned(flip));
    const done = await follow(place, workspace, await answersOf(place, workspace, false));
    const { answers, said, notes } = await answersOf(place, workspace, true);
    const here = (text: string | undefined) => text?.replaceAll(workspace, flip.workspace);
    const other = HELD.filter((method) => here(answers[method]) !== expected.answers[method]);
    const left = said.filter((text) => !expected.said.includes(here(text)!));
    return { done, other, said: [...notes, ...left] };
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

async function follow(place: FlipPlace, workspace: string, { said, advice }: Found): Promise<string[]> {
  const text = said.join('\n');
  const restore = /`(regimen restore [^`]+)`/.exec(text)?.[1];
  const commands = advice.length > 0 || restore === undefined ? [...advice] : [restore];
  for (const command of commands) await run(place, workspace, command);
  for (const sentence of said) {
    const checkpoint = /^([^:]+): .* It can be deleted: the database is whole\.$/.exec(sentence)?.[1];
    if (checkpoint !== undefined) rmSync(checkpoint);
  }
  if (text.includes('Verify again'))
    await changing(place, workspace, (engine) => engine.call('verify.record', {}));
  return commands;
}

async function run(place: FlipPlace, workspace: string, command: string): Promise<void> {
  const [, verb, file = ''] =
    /^regimen (queue resume --checkpoint|restore|recovery restore|backup)(?: (.+?))?(?: --overwrite)?$/.exec(
      command,
    )!;
  if (verb === 'restore') await restoreWorkspace(file, workspace);
  else {
    await changing(place, workspace, async (engine) => {
      if (verb === 'backup') await engine.call('backup.create', { file, overwrite: true });
      else if (verb === 'recovery restore') await engine.call('recovery.restore', {});
      else await engine.call('queue.resume', { checkpoint: file });
    });
  }
}

async function changing(
  { home }: FlipPlace,
  workspace: string,
  work: (engine: ReturnType<typeof createEngine>) => Promise<unknown>,
): Promise<void> {
  const engine = createEngine({ workspace, role: 'command', threads: 1, home, now: () => NOW });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
