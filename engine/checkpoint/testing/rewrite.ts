import { writeFileSync } from 'node:fs';
import { readCheckpointNow } from '../checkpoint.ts';
import { encodeCheckpoint } from './json-form.ts';

const SECTIONS = ['configurations', 'trained', 'remaining', 'champions', 'models', 'results'] as const;

type Item = Record<string, unknown>;

/** A checkpoint as JSON: sections, and the header's keys. */
export type CheckpointJson = Record<(typeof SECTIONS)[number], Item[]> & Item;

export function jsonOf(path: string): CheckpointJson {
  const { header, ...items } = readCheckpointNow(path);
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
  const cells = [...items.cells()];
  return {
    ...header,
    configurations: [...items.configurations()],
    trained: cells.filter(({ state }) => state !== 'pending'),
    remaining: cells.filter(({ state }) => state === 'pending'),
    champions: [...items.champions()],
    models: Array.from(items.models(), (model) => ({ ...model, bytes: base64(model.bytes) })),
    results: Array.from(items.runs(), (run) => ({ ...run, results: base64(run.results) })),
  };
}

/** Writes a checkpoint anew with other content as version 2 had it, with the checksum that goes with it. Returns its path. */
export function rewrite(path: string, change: (json: CheckpointJson) => void): string {
  const json = jsonOf(path);
  change(json);
  const header = Object.fromEntries(
    Object.entries(json).filter(([key]) => !(SECTIONS as readonly string[]).includes(key)),
  );
  const sections = SECTIONS.map((name) => [name, json[name]] as const);
  writeFileSync(path, Buffer.concat([...encodeCheckpoint(header, sections)]));
  return path;
}
