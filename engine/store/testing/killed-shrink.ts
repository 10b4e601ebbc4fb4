import { openStore } from '../database.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { ROW_SUM, rowSum } from '../row-sum.ts';
import { shrinkRuns } from '../shrink.ts';
import { rawDatabase } from './raw-database.ts';

/**
 * Kills itself in the middle of a transaction: `shrink FILE N` while old runs shrink, when a checksum is made for the n-th time, or
 * `migrate FILE` when the newest migration has done its work and nothing is committed yet.
 */

const die = () => process.kill(process.pid, 'SIGKILL');

const [what, file = '', count] = process.argv.slice(2);
if (what === 'shrink') {
  const store = openStore(file);
  let left = Number(count);
  store.raw.function(ROW_SUM, { varargs: true, deterministic: true }, (...values) => {
    if (--left === 0) die();
    return rowSum(...(values as never[]));
  });
  for (const _ of shrinkRuns(store, Number.MAX_SAFE_INTEGER));
  store.close();
} else {
  const db = rawDatabase(file);
  db.pragma('journal_mode = WAL');
  const newest = MIGRATIONS.at(-1)!;
  const deadly = (own: typeof db) => {
    if (typeof newest === 'string') own.exec(newest);
    else newest(own);
    die();
  };
  migrate(db, [...MIGRATIONS.slice(0, -1), deadly], file);
}
