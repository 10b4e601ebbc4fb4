import { dirname, join } from 'node:path';
import { listFolder } from '../files/folder-listing.ts';

/** What to do about a damaged database, naming what its workspace has to restore from. */
export function rescueAdvice(databaseFile: string): string {
  const workspace = dirname(databaseFile);
  const backup = newestFile(workspace, /\.zip$/i);
  if (backup !== undefined)
    return `Restore the newest backup on the command line: \`regimen restore ${backup}\`.`;
  const checkpoint = newestFile(
    join(workspace, 'checkpoints', 'training_pipeline'),
    /^queue_\d+_checkpoint_.*\.json$/,
  );
  const start =
    'move the database away to start with an empty workspace; candle files and models are not touched';
  return checkpoint === undefined
    ? `Restore it from a backup, or ${start}.`
    : `Restore it from a backup. Without one, ${start}, then bring each queue back on the command line: \`regimen queue resume --checkpoint FILE\`; the newest is ${checkpoint}.`;
}

function newestFile(folder: string, name: RegExp): string | undefined {
  const [newest] = listFolder(folder)
    .filter((entry) => entry.isFile && name.test(entry.name))
    .sort((a, b) => b.modifiedAt - a.modifiedAt);
  return newest === undefined ? undefined : join(folder, newest.name);
}
