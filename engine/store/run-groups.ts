import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Store } from './database.ts';
import { allTouched, touchedKinds } from './run-image/load.ts';
import { GROUP_COLUMNS, GROUP_NUMBERS } from './run-kinds.ts';

/**
 * How many runs there are of each kind, and what they add up to: what lists count and summaries add up is read from some thousand rows, however
 * long the history is. It lies in the connection's own memory and follows from `runs`: made when it is first asked for, and kept by triggers of
 * this connection. Once another one has written, the kinds are counted anew that it touched, where an image of the runs tells them, or all.
 */

/** What is added up: number, strategies that were tried, bytes of the model files. */
const SUMS = { runs: '1', strategies: 'strategies_tested', bytes: 'artifact_bytes' } as const;

const list = GROUP_COLUMNS.join(', ');
const sumNames = Object.keys(SUMS);
const sumsOf = (row: string) =>
  Object.values(SUMS).map((value) => (value === '1' ? value : `${row}.${value}`));

const add = `
  INSERT INTO run_groups VALUES (${GROUP_COLUMNS.map((name) => `NEW.${name}`).join(', ')}, ${sumsOf('NEW').join(', ')})
  ON CONFLICT DO UPDATE SET ${sumNames.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')};`;
const take = `
  UPDATE run_groups SET ${sumNames.map((name, i) => `${name} = ${name} - ${sumsOf('OLD')[i]}`).join(', ')}
  WHERE ${GROUP_COLUMNS.map((name) => `${name} = OLD.${name}`).join(' AND ')};`;

const LAID = `
CREATE TEMP TABLE run_groups (
  ${GROUP_COLUMNS.map((name) => `${name} ${GROUP_NUMBERS.has(name) ? 'INTEGER' : 'TEXT'} NOT NULL`).join(', ')}, ${sumNames.map((name) => `${name} INTEGER NOT NULL`).join(', ')},
  PRIMARY KEY (${list})
) WITHOUT ROWID;
CREATE TEMP TABLE run_groups_of (data_version INTEGER NOT NULL);
CREATE TEMP TRIGGER run_groups_on_insert AFTER INSERT ON main.runs BEGIN ${add} END;
CREATE TEMP TRIGGER run_groups_on_delete AFTER DELETE ON main.runs BEGIN ${take} END;
CREATE TEMP TRIGGER run_groups_on_update AFTER UPDATE OF ${list}, strategies_tested, artifact_bytes ON main.runs
BEGIN ${take} ${add} END;`;

const COUNTED = `
INSERT INTO temp.run_groups SELECT ${list}, count(*), sum(strategies_tested), sum(artifact_bytes)
FROM main.runs INDEXED BY runs_figures GROUP BY ${list}`;

/** To be called before `run_groups` is read. A kind that has no run any more may have a row, of zeros. */
export function keepRunGroups(store: Store): void {
  if (areRunGroupsKept(store)) return;
  // Before what is read: whatever is written after it is counted the next time.
  const version = dataVersion(store);
  const touched = isCounted(store) ? touchedKinds(store) : undefined;
  if (touched === undefined) {
    begin(store);
    allTouched(store);
    store.raw.exec(COUNTED);
  } else {
    recount(store, touched);
  }
  end(store, version);
}

/** By their numbers in `temp.run_kinds`. */
function recount(store: Store, kinds: Iterable<number>): void {
  const find = store.prepare(`SELECT ${list} FROM temp.run_kinds WHERE kind = ?`).raw();
  const forget = store.prepare(`DELETE FROM temp.run_groups WHERE ${ofKind}`);
  const count = store.prepare(COUNTED.replace('GROUP BY', `WHERE ${ofKind} GROUP BY`));
  for (const number of kinds) {
    const kind = find.get(number) as unknown[];
    forget.run(kind);
    count.run(kind);
  }
}

const ofKind = GROUP_COLUMNS.map((name) => `${name} = ?`).join(' AND ');

/** What a piece of the count has: the runs that begin with these in the index. */
const PIECE_COLUMNS = GROUP_COLUMNS.slice(0, 4);
const pieceList = PIECE_COLUMNS.join(', ');
const ofPiece = PIECE_COLUMNS.map((name) => `${name} = ?`).join(' AND ');

/**
 * As `keepRunGroups`, a market at a time, so that others have their turn meanwhile. What is written between pieces counts: triggers see it, and
 * a piece is counted anew, whatever they have of it.
 */
export async function keepRunGroupsSoon(store: Store): Promise<void> {
  const next = store
    .prepare(
      `SELECT ${pieceList} FROM main.runs INDEXED BY runs_figures WHERE (${pieceList}) > (${PIECE_COLUMNS.map(() => '?').join(', ')})
       ORDER BY ${pieceList} LIMIT 1`,
    )
    .raw();
  while (!areRunGroupsKept(store)) {
    const version = dataVersion(store);
    begin(store);
    const forget = store.prepare(`DELETE FROM temp.run_groups WHERE ${ofPiece}`);
    const count = store.prepare(COUNTED.replace('GROUP BY', `WHERE ${ofPiece} GROUP BY`));
    // Before every text and number.
    let piece: unknown[] | undefined = PIECE_COLUMNS.map((name) => (GROUP_NUMBERS.has(name) ? -1 : ''));
    for (;;) {
      piece = next.get(piece) as unknown[] | undefined;
      if (piece === undefined) break;
      forget.run(piece);
      count.run(piece);
      await nextTurn();
      if (areRunGroupsKept(store)) return;
    }
    allTouched(store);
    if (dataVersion(store) === version) end(store, version);
  }
}

/** Whether they are counted, and nothing has been written since by another connection. */
export function areRunGroupsKept(store: Store): boolean {
  // Asked of the database itself: what is laid in a transaction that is taken back goes with it.
  return (
    isLaid(store) &&
    store.prepare('SELECT data_version FROM temp.run_groups_of').pluck().get() === dataVersion(store)
  );
}

/** Whether they were, whatever has been written since. */
const isCounted = (store: Store) =>
  isLaid(store) && store.prepare('SELECT 1 FROM temp.run_groups_of').get() !== undefined;

const isLaid = (store: Store) =>
  store.prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = 'run_groups_of'").get() !== undefined;

/** Nothing is counted, and from now on what is written is. */
function begin(store: Store): void {
  if (!isLaid(store)) store.raw.exec(LAID);
  store.raw.exec('DELETE FROM temp.run_groups; DELETE FROM temp.run_groups_of');
}

function end(store: Store, version: number): void {
  store.raw.exec('DELETE FROM temp.run_groups_of');
  store.prepare('INSERT INTO temp.run_groups_of VALUES (?)').run(version);
}

/** Another one as soon as another connection has written. */
const dataVersion = (store: Store) => store.raw.pragma('data_version', { simple: true }) as number;

/**
 * The runs of those kinds that meet conditions, by the one index that has all that is searched: its other runs are not gone through. All
 * columns are those of `runs`.
 */
export function runsOfGroups(conditions: RawBuilder<unknown>): RawBuilder<unknown> {
  const renamed = sql.raw(GROUP_COLUMNS.map((name) => `${name} as of_${name}`).join(', '));
  const same = sql.raw(GROUP_COLUMNS.map((name) => `runs.${name} = of_${name}`).join(' and '));
  return sql`(select ${renamed} from temp.run_groups where ${conditions} and runs > 0)
    cross join runs indexed by runs_figures on ${same}`;
}
