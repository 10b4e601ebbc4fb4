import { readFileSync, writeFileSync } from 'node:fs';
import { encodeCheckpoint } from '../file.ts';

const SECTIONS = ['configurations', 'trained', 'remaining', 'champions', 'models', 'results'] as const;

type Item = Record<string, unknown>;

/** A checkpoint file as JSON: sections, and the header's keys. */
export type CheckpointJson = Record<(typeof SECTIONS)[number], Item[]> & Item;

/** Writes a checkpoint anew with other content, with the checksum that goes with it. Returns its path. */
export function rewrite(path: string, change: (json: CheckpointJson) => void): string {
  const { checksum: _checksum, ...json } = JSON.parse(readFileSync(path, 'utf8')) as CheckpointJson;
  change(json);
  const header = Object.fromEntries(
    Object.entries(json).filter(([key]) => !(SECTIONS as readonly string[]).includes(key)),
  );
  const sections = SECTIONS.map((name) => [name, json[name]] as const);
  writeFileSync(path, Buffer.concat([...encodeCheckpoint(header, sections)]));
  return path;
}
