/**
 * What was built from which sources. Plain JavaScript, as all of this folder: to strip types Node first loads what strips them, 40 ms
 * of each command.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folder Regimen itself lies in. */
export const PROJECT = join(import.meta.dirname, '../..');

/**
 * A build as it was recorded: its folder below `out`, and each file it was made from, with size in bytes and time of change in
 * milliseconds since 1970-01-01 UTC.
 * @typedef {{ folder: string, inputs: [path: string, bytes: number, changed: number][] }} BuildRecord
 */

/** @param {string} name */
export const recordFile = (name) => join(PROJECT, 'out/builds', `${name}.json`);

/**
 * The folder of a build, or undefined where there is none, or one of its sources is not what it was.
 * @param {string} name
 * @returns {string | undefined}
 */
export function currentBuild(name) {
  /** @type {BuildRecord} */
  let record;
  try {
    record = JSON.parse(readFileSync(recordFile(name), 'utf8'));
  } catch {
    return undefined;
  }
  const folder = join(PROJECT, 'out', record.folder);
  const known = statSync(folder, { throwIfNoEntry: false }) !== undefined && record.inputs.every(isUnchanged);
  return known ? folder : undefined;
}

/** @param {BuildRecord['inputs'][number]} input */
function isUnchanged([path, bytes, changed]) {
  // Recorded as it is to be read: a thousand joins would take a thirtieth of a short command.
  const now = statSync(`${PROJECT}/${path}`, { throwIfNoEntry: false });
  return now !== undefined && now.size === bytes && now.mtimeMs === changed;
}
