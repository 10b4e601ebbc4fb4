import { z } from 'zod';
import { type Blocks, readPiece } from './block-form.ts';
import type { CheckpointItems } from './checkpoint.ts';
import { parseItem, readIdentity, readJsonItem } from './parse-item.ts';
import type { Item, Kind } from './pieces.ts';
import {
  type CheckpointRunState,
  cellSchema,
  championSchema,
  configurationLineSchema,
  formerChampionSchema,
  modelSchema,
  runIdentitySchema,
  runSchema,
  runStateSchema,
} from './schema.ts';

/** Where an item stands: in which piece, and as which of its items. */
interface Place {
  readonly piece: number;
  readonly index: number;
}

/** By what the items of a kind are told from each other. */
const keySchemas = {
  configurations: z.object({ config_hash: z.string() }).transform((item) => item.config_hash),
  cells: z.object({ index: z.number() }).transform((item) => String(item.index)),
  models: z.object({ run: z.string() }).transform((item) => item.run),
};

const championEntrySchema = z.union([formerChampionSchema, championSchema]);

export const championKey = (champion: { symbol: string; timeframe: string; regime: string; run: string }) =>
  JSON.stringify([champion.symbol, champion.timeframe, champion.regime, champion.run]);

/** What verified blocks hold: of items with the same key the last. Of large ones no more than a piece is in memory. */
export function blockItems({ path, pieces }: Blocks): CheckpointItems {
  let open: { readonly piece: number; readonly items: Item[] } | undefined;
  function itemsIn(piece: number): Item[] {
    if (open?.piece !== piece) open = { piece, items: readPiece(path, pieces[piece]!) };
    return open.items;
  }
  function* all(kind: Kind): Generator<{ readonly place: Place; readonly item: Item }> {
    for (const [piece, { kind: its }] of pieces.entries()) {
      if (its !== kind) continue;
      for (const [index, item] of itemsIn(piece).entries()) yield { place: { piece, index }, item };
    }
  }
  const json = ({ json: bytes }: Item) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  /** Of each key the last, in the order in which they stand in the file. */
  function lastOf(kind: keyof typeof keySchemas): Item[] | Iterable<Item> {
    const last = new Map<string, Place>();
    for (const { place, item } of all(kind)) {
      const key = parseItem(path, kind, keySchemas[kind], () => readJsonItem(json(item)));
      last.delete(key);
      last.set(key, place);
    }
    return read(last.values());
  }
  function* read(places: Iterable<Place>): Generator<Item> {
    for (const { piece, index } of places) yield itemsIn(piece)[index]!;
  }

  function runs(): { readonly id: number; readonly uuid: string; readonly place: Place }[] {
    const last = new Map<string, { id: number; uuid: string; place: Place }>();
    for (const { place, item } of all('results')) {
      const identity = parseItem(path, 'results', runIdentitySchema, () => readIdentity(json(item)));
      last.set(identity.uuid, { ...identity, place });
    }
    return [...last.values()].sort((a, b) => a.id - b.id);
  }
  function states(): Map<string, CheckpointRunState> {
    const last = new Map<string, CheckpointRunState>();
    for (const { item } of all('states')) {
      const state = parseItem(path, 'states', runStateSchema, () => readJsonItem(json(item)));
      last.set(state.run, state);
    }
    return last;
  }

  return {
    *configurations() {
      for (const item of lastOf('configurations')) {
        yield parseItem(path, 'configurations', configurationLineSchema, () => readJsonItem(json(item)));
      }
    },
    *cells() {
      for (const item of lastOf('cells')) {
        yield parseItem(path, 'cells', cellSchema, () => readJsonItem(json(item)));
      }
    },
    *champions() {
      const last = new Map<string, z.output<typeof championSchema>>();
      for (const { item } of all('champions')) {
        const entry = parseItem(path, 'champions', championEntrySchema, () => readJsonItem(json(item)));
        if ('gone' in entry) last.delete(championKey(entry.gone));
        else last.set(championKey(entry), entry);
      }
      const numbers = new Map(runs().map(({ id, uuid }) => [uuid, id]));
      const number = (run: string) => numbers.get(run) ?? Number.POSITIVE_INFINITY;
      yield* [...last.values()].sort(
        (a, b) => order(Number(b.score), Number(a.score)) || order(number(a.run), number(b.run)),
      );
    },
    *models() {
      const known = states();
      for (const item of lastOf('models')) {
        const model = parseItem(path, 'models', modelSchema, () => ({
          ...(readJsonItem(json(item)) as object),
          bytes: item.bytes,
        }));
        // Pushed out since it was written.
        if (known.get(model.run)?.artifact_file !== null) yield model;
      }
    },
    *runs(wanted) {
      const known = states();
      for (const { uuid, place } of runs()) {
        if (wanted?.(uuid) === false) continue;
        const item = itemsIn(place.piece)[place.index]!;
        const run = parseItem(path, 'results', runSchema, () => ({
          ...(readJsonItem(json(item)) as object),
          results: item.bytes ?? null,
        }));
        const { run: _run, ...state } = known.get(uuid) ?? { run: uuid };
        yield { ...run, ...state };
      }
    },
    *runIdentities() {
      for (const { id, uuid } of runs()) yield { id, uuid };
    },
  };
}

/** Infinity minus itself is no number. */
const order = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
