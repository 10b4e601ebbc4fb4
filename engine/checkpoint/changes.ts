import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { namedFile } from '../files/named-file.ts';
import type { Store } from '../store/database.ts';
import type { CellsTable } from '../store/schema.ts';
import { type Blocks, readPiece } from './block-form.ts';
import { championKey } from './block-items.ts';
import { readIdentity, readJsonItem } from './parse-item.ts';
import type { Item, Kind } from './pieces.ts';
import { configurationsOf, type Present, type PresentRun, runOf } from './present.ts';
import type {
  ChampionItem,
  CheckpointCell,
  CheckpointModel,
  CheckpointRun,
  CheckpointRunState,
  ConfigurationItem,
} from './schema.ts';

/** What of a queue a checkpoint file holds, by kind and key. */
export interface Known {
  has(kind: Kind, key: string): boolean;
  /** Whether the file's last item of this key is this one, by its stamp. */
  isSame(kind: Kind, key: string, stamp: string): boolean;
  add(change: Written): void;
  keys(kind: Kind): Iterable<string>;
  /** Bytes, about as they are stored: of items that hold, and of those that later ones override. */
  readonly live: number;
  readonly dead: number;
}

/** An item that a checkpoint file has. */
export interface Written {
  readonly kind: Kind;
  readonly key: string;
  /** Another one, where the item is. */
  readonly stamp: string;
  /** In bytes, about as it is stored. */
  readonly cost: number;
  /** Items that end with it: it says so, or nobody reads them any more. */
  readonly ends?: readonly Kind[];
}

/** An item that a checkpoint file lacks. */
export interface Change extends Omit<Written, 'cost'> {
  readonly item: Item;
}

/** JSON of rows shrinks to about this part; models are compressed already. */
const JSON_SHARE = 0.35;
/** Heads, header and checksum. */
const BLOCK_COST = 800;

export function writtenOf({ item: { json, bytes }, ...change }: Change): Written {
  return { ...change, cost: json.length * JSON_SHARE + (bytes?.length ?? 0) };
}

/** What each block costs whatever is in it: of those, too, the last holds. */
export const WRITTEN_BLOCK: Written = { kind: 'saved', key: '', stamp: '', cost: BLOCK_COST };

export function createKnown(): Known {
  const kinds = new Map<Kind, Map<string, { readonly stamp: string; readonly cost: number }>>();
  const of = (kind: Kind) => kinds.get(kind) ?? kinds.set(kind, new Map()).get(kind)!;
  let live = 0;
  let dead = 0;
  function end(kind: Kind, key: string): void {
    const cost = of(kind).get(key)?.cost ?? 0;
    live -= cost;
    dead += cost;
    of(kind).delete(key);
  }
  return {
    has: (kind, key) => of(kind).has(key),
    isSame: (kind, key, stamp) => of(kind).get(key)?.stamp === stamp,
    add({ kind, key, stamp, cost, ends = [] }) {
      end(kind, key);
      of(kind).set(key, { stamp, cost });
      live += cost;
      for (const ended of ends) end(ended, key);
    },
    keys: (kind) => of(kind).keys(),
    get live() {
      return live;
    },
    get dead() {
      return dead;
    },
  };
}

/** What is in a file that another process wrote. */
export function* knownOf({ path, pieces }: Blocks): Generator<void, Known> {
  const known = createKnown();
  for (const piece of pieces) {
    yield;
    if (piece.kind === 'saved') known.add(WRITTEN_BLOCK);
    else for (const item of readPiece(path, piece)) known.add(writtenOf(changeOf(piece.kind, item)));
  }
  return known;
}

function changeOf(kind: Kind, item: Item): Change {
  const json = Buffer.from(item.json.buffer, item.json.byteOffset, item.json.byteLength);
  // As it was written: the file's checksum was compared, and what is no item ends here.
  const value = readJsonItem(json);
  switch (kind) {
    case 'results': {
      const run = value as StampedRun & Pick<CheckpointRun, 'audit'>;
      return { kind, key: readIdentity(json).uuid, stamp: runStamp(run, run.audit.length), item };
    }
    case 'champions': {
      const champion = value as ChampionItem | { readonly gone: ChampionItem };
      return 'gone' in champion
        ? { kind, key: championKey(champion.gone), stamp: '', item, ends: [kind] }
        : { kind, key: championKey(champion), stamp: json.toString(), item };
    }
    case 'models': {
      const { run, file } = value as CheckpointModel;
      return { kind, key: run, stamp: file, item };
    }
    case 'states':
      return stateChange(value as CheckpointRunState);
    case 'cells':
      return { kind, key: String((value as CheckpointCell).index), stamp: json.toString(), item };
    default:
      return { kind, key: (value as ConfigurationItem).config_hash, stamp: '', item };
  }
}

type StampedRun = Pick<PresentRun, 'id' | 'run_key' | 'evaluation_keys' | 'selection'>;

function runStamp(run: StampedRun, decisions: number): string {
  const said = JSON.stringify([run.id, run.run_key, run.evaluation_keys, run.selection, decisions]);
  return hash('sha256', said, 'base64');
}

type RunState = Pick<CheckpointRunState, 'artifact_file' | 'artifact_bytes'> & { readonly kept: number };

const stateStamp = ({ kept, artifact_file, artifact_bytes }: RunState): string =>
  JSON.stringify([kept, artifact_file, artifact_bytes]);

function stateChange(state: CheckpointRunState): Change {
  const change: Change = { kind: 'states', key: state.run, stamp: stateStamp(state), item: jsonItem(state) };
  // The model of a run that was pushed out is not read any more.
  return state.artifact_file === null ? { ...change, ends: ['models'] } : change;
}

const jsonItem = (value: object): Item => textItem(JSON.stringify(value));

/** Of JSON. */
const textItem = (text: string): Item => ({ json: Buffer.from(text) });

export interface ChangesDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
}

/** Models that a file lacks. `runs`: whose. */
export function* modelChanges(
  artifacts: ArtifactFolder,
  runs: Iterable<PresentRun>,
  known: Known | undefined,
): Generator<Change> {
  for (const { uuid, artifact_file: file } of runs) {
    // One that is missing is no reason to write no checkpoint: it is said where the run is shown.
    if (file === null || known?.isSame('models', uuid, file)) continue;
    if (!existsSync(namedFile(artifacts.path, file))) continue;
    const bytes = artifacts.read(file);
    yield { kind: 'models', key: uuid, stamp: file, item: { ...jsonItem({ run: uuid, file }), bytes } };
  }
}

/** Whether a file holds runs or cells that the database has no more: it is not written to, since it may be all that has them. */
export function holdsMore(known: Known, { runs, cells }: Present): boolean {
  const uuids = new Set(runs.map(({ uuid }) => uuid));
  const indices = new Set(cells.map(({ cell_index }) => String(cell_index)));
  return (
    [...known.keys('results')].some((uuid) => !uuids.has(uuid)) ||
    [...known.keys('cells')].some((index) => !indices.has(index))
  );
}

/** What a file lacks of a queue as it is at present. `models`: of champions, which were read before. */
export function* changesOf(
  { store, artifacts }: ChangesDeps,
  present: Present,
  known: Known,
  models: readonly Change[],
): Generator<Change> {
  const { queue, runs, cells, audit, decisions } = present;
  if (cells.some(({ config_hash }) => !known.has('configurations', config_hash))) {
    for (const row of configurationsOf(store, queue.id)) {
      const change = { kind: 'configurations', key: row.config_hash, stamp: '' } as const;
      if (!known.has('configurations', row.config_hash)) yield { ...change, item: jsonItem(row) };
    }
  }
  const uuids = new Map(runs.map((run) => [run.id, run.uuid]));
  for (const row of cells) {
    const stamp = JSON.stringify(cellItem(row, uuids));
    const key = String(row.cell_index);
    if (!known.isSame('cells', key, stamp)) yield { kind: 'cells', key, stamp, item: textItem(stamp) };
  }
  yield* championChanges(present, known);
  yield* models.filter(({ key, stamp }) => !known.isSame('models', key, stamp));
  const readBefore = new Set(models.map(({ key }) => key));
  yield* modelChanges(
    artifacts,
    runs.filter(({ uuid }) => !readBefore.has(uuid)),
    known,
  );
  for (const run of runs) {
    const stamp = runStamp(run, decisions.get(run.id) ?? 0);
    if (known.isSame('results', run.uuid, stamp)) continue;
    yield { kind: 'results', key: run.uuid, stamp, item: jsonItem(runOf(store, run, audit)) };
  }
  for (const run of runs) {
    const { uuid, kept, artifact_file, artifact_bytes } = run;
    if (known.isSame('states', uuid, stateStamp(run))) continue;
    yield stateChange({ run: uuid, kept: kept === 1 ? 1 : 0, artifact_file, artifact_bytes });
  }
}

function* championChanges({ champions }: Present, known: Known): Generator<Change> {
  const left = new Set(known.keys('champions'));
  for (const champion of champions) {
    const key = championKey(champion);
    left.delete(key);
    const stamp = JSON.stringify(champion);
    if (!known.isSame('champions', key, stamp)) {
      yield { kind: 'champions', key, stamp, item: textItem(stamp) };
    }
  }
  for (const key of left) {
    const [symbol, timeframe, regime, run] = JSON.parse(key);
    const item = jsonItem({ gone: { run, symbol, timeframe, regime } });
    yield { kind: 'champions', key, stamp: '', item, ends: ['champions'] };
  }
}

function cellItem(
  { cell_index: index, config_hash, run_key, state, run_id, as_of }: CellsTable,
  uuids: ReadonlyMap<number, string>,
): CheckpointCell {
  const run = run_id === null ? null : (uuids.get(run_id) ?? null);
  return { index, as_of, config_hash, run_key, state, run };
}
