import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../database.ts';
import { GROUP_COLUMNS, GROUP_NUMBERS } from '../run-kinds.ts';
import { FIGURES } from './columns.ts';
import { PIECE_RUNS, RunImage } from './image.ts';

/** Images of the runs, of the databases whose hosts have made one. */
const images = new WeakMap<Store['raw'], RunImage>();

/** Databases whose images could not be made or kept, as where the disk for temporary files is full: SQL answers. */
const without = new WeakSet<Store['raw']>();

/** Milliseconds after which others have their turn. */
const TURN_MS = 8;
/** Runs whose columns are in memory at a time while an image is made, by their numbers: 36 MB. */
const GROUP_RUNS = 4 * PIECE_RUNS;

const kindList = GROUP_COLUMNS.join(', ');
const valueList = ['id', 'uuid', ...FIGURES].join(', ');

/** What tells kinds apart, with a number for each: none is ever taken away, and one may have no runs. In the connection's own memory. */
const KINDS = `
CREATE TEMP TABLE IF NOT EXISTS run_kinds (
  kind INTEGER PRIMARY KEY,
  ${GROUP_COLUMNS.map((name) => `${name} ${GROUP_NUMBERS.has(name) ? 'INTEGER' : 'TEXT'} NOT NULL`).join(', ')},
  UNIQUE (${kindList})
);`;

/**
 * Makes the image of all runs, some hundred thousand after the other, each kind by kind, in pieces between which others have their turn; what is
 * written meanwhile is in it. Where there is one, it takes in what was written since.
 */
export async function keepRunImage(store: Store, signal?: AbortSignal): Promise<void> {
  if (store.raw.inTransaction || without.has(store.raw) || runImage(store) !== undefined) return;
  store.raw.exec(KINDS);
  const image = new RunImage();
  try {
    await load(store, image, signal);
  } catch (error) {
    image.close();
    if (signal?.aborted === true) throw error;
    without.add(store.raw);
  }
}

/** Gives back what the image takes; whoever asks the history then asks the database. */
export function dropRunImage(store: Store): void {
  images.get(store.raw)?.close();
  images.delete(store.raw);
}

async function load(store: Store, image: RunImage, signal: AbortSignal | undefined): Promise<void> {
  Object.assign(image, newestOf(store));
  const next = store
    .prepare(
      `SELECT ${kindList} FROM main.runs INDEXED BY runs_figures WHERE (${kindList}) > (${GROUP_COLUMNS.map(() => '?').join(', ')})
       ORDER BY ${kindList} LIMIT 1`,
    )
    .raw();
  const ofKind = store
    .prepare(
      `SELECT ${valueList} FROM main.runs INDEXED BY runs_figures WHERE ${GROUP_COLUMNS.map((name) => `${name} = ?`).join(' AND ')}
         AND id >= ? AND id < ?`,
    )
    .raw();
  const { lastRun } = image;
  let began = performance.now();
  for (let from = 0; from <= lastRun; from += GROUP_RUNS) {
    // Before every text and number.
    let kind: unknown[] | undefined = GROUP_COLUMNS.map((name) => (GROUP_NUMBERS.has(name) ? -1 : ''));
    for (;;) {
      kind = next.get(kind) as unknown[] | undefined;
      if (kind === undefined) break;
      const number = kindNumber(store, kind);
      const found = ofKind.iterate(...kind, from, from + GROUP_RUNS) as IterableIterator<LoadedRun>;
      for (const [id, uuid, ...figures] of found) image.put(id, number, uuid, figures);
      if (performance.now() - began < TURN_MS) continue;
      await nextTurn(undefined, signal === undefined ? {} : { signal });
      began = performance.now();
    }
    image.putAway();
  }
  if (catchUp(store, image)) images.set(store.raw, image);
  else image.close();
}

/** Kinds of runs that were written since `allTouched`; undefined where that is not known. They are forgotten. */
export function touchedKinds(store: Store): ReadonlySet<number> | undefined {
  const image = runImage(store);
  const touched = image?.touched;
  if (image !== undefined && touched !== undefined) image.touched = new Set();
  return touched;
}

/** All kinds are about to be counted, or are: from now on those are told that are written. */
export function allTouched(store: Store): void {
  const image = runImage(store);
  if (image !== undefined) image.touched = new Set();
}

/** The image, with all that was written to the database; undefined where there is none, or it can't be relied on. */
export function runImage(store: Store): RunImage | undefined {
  const image = images.get(store.raw);
  // What a transaction has written may be taken back.
  if (image === undefined || store.raw.inTransaction) return undefined;
  try {
    if (catchUp(store, image)) return image;
  } catch (error) {
    // What it may not have taken in is not in it.
    if (!isOfFiles(error)) throw error;
    without.add(store.raw);
  }
  dropRunImage(store);
  return undefined;
}

const isOfFiles = (error: unknown) => error instanceof Error && 'syscall' in error;

function newestOf(store: Store): Pick<RunImage, 'lastChange' | 'lastRun'> {
  const newest = store.prepare(
    `SELECT coalesce((SELECT max(change) FROM main.run_changes), 0) AS lastChange,
       coalesce((SELECT max(id) FROM main.runs), 0) AS lastRun`,
  );
  return newest.get() as Pick<RunImage, 'lastChange' | 'lastRun'>;
}

/** @returns false where too much was changed for it to be known */
function catchUp(store: Store, image: RunImage): boolean {
  const { lastChange, lastRun } = newestOf(store);
  if (lastChange === image.lastChange && lastRun === image.lastRun) return true;
  return store.reading(() => {
    const newest = newestOf(store);
    if (newest.lastChange < image.lastChange) return false;
    const changes = store.prepare(
      'SELECT change, run_id FROM main.run_changes WHERE change > ? ORDER BY change',
    );
    const changed = changes.all(image.lastChange) as { change: number; run_id: number }[];
    // Those that are too old to be kept are not known.
    if (changed.length > 0 && changed[0]!.change > image.lastChange + 1) return false;
    const one = store.prepare(`SELECT ${rowList} FROM main.runs WHERE id = ?`).raw();
    for (const id of new Set(changed.map(({ run_id }) => run_id))) {
      const row = one.get(id) as Row | undefined;
      if (row === undefined) image.remove(id);
      else put(store, image, row);
    }
    const added = store.prepare(`SELECT ${rowList} FROM main.runs WHERE id > ? ORDER BY id LIMIT 500`).raw();
    for (let rows: Row[], after = image.lastRun; ; after = rows.at(-1)![0]) {
      rows = added.all(after) as Row[];
      for (const row of rows) put(store, image, row);
      if (rows.length === 0) break;
    }
    image.putAway();
    Object.assign(image, newest);
    return true;
  });
}

/** Number, UUID and figures of a run. */
type LoadedRun = readonly [number, string, ...(number | null)[]];

/** The same, and its kind. */
type Row = readonly [number, string, ...(number | string | null)[]];
const rowList = `${valueList}, ${kindList}`;

function put(store: Store, image: RunImage, [id, uuid, ...rest]: Row): void {
  const kind = kindNumber(store, rest.slice(FIGURES.length));
  image.put(id, kind, uuid, rest.slice(0, FIGURES.length) as (number | null)[]);
}

function kindNumber(store: Store, kind: readonly unknown[]): number {
  const places = GROUP_COLUMNS.map(() => '?').join(', ');
  store.prepare(`INSERT OR IGNORE INTO temp.run_kinds (${kindList}) VALUES (${places})`).run(...kind);
  const found = store.prepare(`SELECT kind FROM temp.run_kinds WHERE (${kindList}) = (${places})`).pluck();
  return found.get(...kind) as number;
}
