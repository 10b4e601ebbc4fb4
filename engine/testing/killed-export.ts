import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

/**
 * A process that writes a run as a file, and is killed at a step of it: node engine/testing/killed-export.ts WORKSPACE FILE RUN STEP. A step
 * is a write to the file's temporary name, from 0, or `rename`; one that does not come lets it end.
 */
const [workspace, file, run, step] = process.argv.slice(2) as [string, string, string, string];
let left = Number(step);
const temporary = new Set<number>();
const isOurs = (path: unknown) => basename(String(path)).startsWith(`.${basename(file)}.`);

const end = () => process.kill(process.pid, 'SIGKILL');

const { openSync, writeSync, renameSync } = fs;
fs.openSync = (...args: Parameters<typeof openSync>) => {
  const opened = openSync(...args);
  if (isOurs(args[0])) temporary.add(opened);
  return opened;
};
fs.writeSync = ((...args: Parameters<typeof writeSync>) => {
  if (temporary.has(args[0]) && left-- === 0) end();
  return writeSync(...args);
}) as typeof writeSync;
fs.renameSync = (from, to) => {
  if (isOurs(from) && step === 'rename') end();
  renameSync(from, to);
};
syncBuiltinESMExports();

const { within } = await import('./within.ts');
await within(workspace, ({ call }) => call('run.export', { run, out: file, overwrite: true }));
