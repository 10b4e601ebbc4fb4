import type { Database } from 'better-sqlite3';
import { addSumFunctions, CHAIN_LINK, chainLink, ROW_SUM, rowSum } from './row-sum.ts';
import { columnsOf, type Damage, damageOfKind } from './soundness.ts';
import { LINKED_COLUMNS, SUM_KINDS, type SumKind } from './sum-kinds.ts';

/** A checksum that no rows have: what was damaged before stays so. */
const NONE = -1;

/**
 * Lays checksums over all rows, and the triggers that keep them: each statement that changes a row changes its checksum in the same
 * transaction, whoever wrote it. Called by the migration that brings them, and again by any that gives a table a column or makes
 * one, which is what `change` does: triggers keep the checksums meanwhile, and only those of new tables and of rows with other
 * columns are laid anew, where what was damaged before stays so.
 * @param rebuilt tables that `change` takes a column from, or makes anew: no trigger can stay on them
 */
export function laySums(
  db: Database,
  change: () => void = () => undefined,
  rebuilt: readonly string[] = [],
): void {
  addSumFunctions(db);
  const isFirst = !hasSums(db);
  if (isFirst) db.exec(TABLES);
  const hasSum = db.prepare('SELECT 1 FROM sums WHERE kind = ?');
  const isLaid = ({ kind }: SumKind) => isKept(db, kind) || hasSum.get(kind) !== undefined;
  const before = existing(db)
    .filter(({ kind }) => isLaid(kind))
    .map(({ kind, columns }) => ({
      kind,
      columns,
      damaged: rebuilt.includes(kind.table) ? damageOf(db, kind) : undefined,
    }));
  const laid = new Map(before.map((one) => [one.kind, one]));
  dropLinkTriggers(db);
  // Those that an older version made may go through all checksums with each row.
  for (const { kind, columns } of before) {
    dropTriggersOf(db, kind);
    if (!rebuilt.includes(kind.table)) db.exec(triggersOf(kind, columns));
  }
  change();
  const after = existing(db);
  for (const { kind, columns } of after) {
    const was = laid.get(kind);
    if (was === undefined) layKind(db, kind, columns);
    else if (was.damaged !== undefined || columns.join() !== was.columns.join()) {
      layAnew(db, kind, was.damaged ?? damageOf(db, kind, was.columns));
    }
  }
  const known = after.map(({ kind }) => `'${kind.kind}'`).join();
  db.exec(`DELETE FROM sums WHERE kind NOT IN ('${SCHEMA_KIND}', ${known})`);
  if (isFirst) layLinks(db);
  db.exec(LINK_TRIGGERS);
}

/** Kinds whose tables there are: others come with later migrations. */
function existing(db: Database): { readonly kind: SumKind; readonly columns: string[] }[] {
  return SUM_KINDS.map((kind) => ({ kind, columns: columnsOf(db, kind) })).filter(
    ({ columns }) => columns.length > 0,
  );
}

/** Of a kind that has checksums, by the columns that they were made of. */
function damageOf(db: Database, kind: SumKind, columns: readonly string[] = columnsOf(db, kind)): Damage[] {
  return [...damageOfKind(db, kind, columns)].filter((damage) => damage !== null);
}

function layAnew(db: Database, kind: SumKind, damaged: readonly Damage[]): void {
  dropTriggersOf(db, kind);
  db.prepare('DELETE FROM sums WHERE kind = ?').run(kind.kind);
  layKind(db, kind, columnsOf(db, kind));
  const spoil = db.prepare(
    'INSERT INTO sums VALUES (?, ?, ?) ON CONFLICT (kind, owner) DO UPDATE SET sum = excluded.sum',
  );
  for (const { owner } of damaged) spoil.run(kind.kind, owner, NONE);
}

function layKind(db: Database, kind: SumKind, columns: readonly string[]): void {
  const of = (name: string) => name;
  db.exec(
    `INSERT INTO sums SELECT '${kind.kind}', ${kind.owner(of)}, sum(${ROW_SUM}(${columns.join()}))
     FROM ${kind.table} WHERE ${kind.only?.(of) ?? 'true'} GROUP BY 2`,
  );
  db.exec(triggersOf(kind, columns));
}

/**
 * Lays the checksums of a new kind over a table that has those of another, which stay as they are. What is damaged by those is by the new
 * ones, too: owners whose names begin with that of a damaged one.
 */
export function laySumsBeside(db: Database, other: string, name: string): void {
  addSumFunctions(db);
  if (isKept(db, name)) return;
  const [kind, before] = [name, other].map((one) => SUM_KINDS.find(({ kind }) => kind === one)!);
  const damaged = damageOf(db, before!);
  layKind(db, kind!, columnsOf(db, kind!));
  const spoil = db.prepare(
    `UPDATE sums SET sum = ${NONE} WHERE kind = ? AND substr(owner, 1, length(?) + 1) = ? || ' '`,
  );
  for (const { owner } of damaged) spoil.run(name, owner, owner);
}

/** Has `change` make a table anew of the same rows and columns: their checksums stay as they are, be the rows damaged or not. */
export function makeAnew(db: Database, table: string, change: () => void): void {
  addSumFunctions(db);
  change();
  for (const { kind, columns } of existing(db)) if (kind.table === table) db.exec(triggersOf(kind, columns));
}

/** Whether triggers keep the checksums of a kind: they come with the migration that lays them. */
function isKept(db: Database, kind: string): boolean {
  const trigger = `sums_${kind}_on_insert`;
  return (
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?").get(trigger) !== undefined
  );
}

/** Makes the triggers anew that keep the checksums of changed rows; all checksums stay as they are. */
export function renewTriggers(db: Database): void {
  addSumFunctions(db);
  for (const kind of SUM_KINDS) {
    if (!isKept(db, kind.kind)) continue;
    dropTriggersOf(db, kind);
    db.exec(triggersOf(kind, columnsOf(db, kind)));
  }
}

/** The triggers of all tables that there are, in a database without rows. */
export function layTriggers(db: Database): void {
  for (const { kind, columns } of existing(db)) db.exec(triggersOf(kind, columns));
  db.exec(LINK_TRIGGERS);
}

function dropTriggersOf(db: Database, { kind }: SumKind): void {
  for (const event of ['insert', 'update', 'delete'])
    db.exec(`DROP TRIGGER IF EXISTS sums_${kind}_on_${event}`);
}

const TABLES = `
CREATE TABLE sums (
  kind   TEXT     NOT NULL,
  owner  ANY      NOT NULL,
  sum    INTEGER  NOT NULL,
  PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;
CREATE TABLE links (
  queue_id  INTEGER  NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
  position  INTEGER  NOT NULL,
  run_id    INTEGER  NOT NULL,
  link      TEXT     NOT NULL,
  PRIMARY KEY (queue_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX links_by_run ON links (queue_id, run_id);
`;

function dropLinkTriggers(db: Database): void {
  for (const name of ['insert', 'update']) db.exec(`DROP TRIGGER IF EXISTS links_on_${name}`);
}

function triggersOf({ kind, table, owner, only, isSingle }: SumKind, columns: readonly string[]): string {
  const sumOf = (row: string) => `${ROW_SUM}(${columns.map((name) => `${row}.${name}`).join()})`;
  const ownerOf = (row: string) => owner((name) => `${row}.${name}`);
  // The plus takes the column's type off the value: compared with a typed one, `owner` would be converted row by row, without its index.
  const counted = only === undefined ? '' : ` AND ${only((name) => `OLD.${name}`)}`;
  const isOwned = `kind = '${kind}' AND owner = +(${ownerOf('OLD')})${counted}`;
  const drop = isSingle
    ? `DELETE FROM sums WHERE ${isOwned}`
    : `UPDATE sums SET sum = sum - ${sumOf('OLD')} WHERE ${isOwned}`;
  const sum = `'${kind}', ${ownerOf('NEW')}, ${sumOf('NEW')}`;
  const added =
    only === undefined ? `VALUES (${sum})` : `SELECT ${sum} WHERE ${only((name) => `NEW.${name}`)}`;
  const add = `INSERT INTO sums ${added}
  ON CONFLICT (kind, owner) DO UPDATE SET sum = sum + excluded.sum;`;
  // Where not all rows count, one may begin to, or do so for another owner.
  const change =
    only === undefined
      ? `UPDATE sums SET sum = sum - ${sumOf('OLD')} + ${sumOf('NEW')} WHERE ${isOwned};`
      : `${drop};
  ${add}`;
  // The cells of a queue go before it.
  const also = table === 'queues' ? ` DELETE FROM sums WHERE kind = 'cells' AND owner = +OLD.id;` : '';
  return `
CREATE TRIGGER sums_${kind}_on_insert AFTER INSERT ON ${table} BEGIN
  ${add}
END;
CREATE TRIGGER sums_${kind}_on_update AFTER UPDATE OF ${columns.join(', ')} ON ${table} BEGIN
  ${change}
END;
CREATE TRIGGER sums_${kind}_on_delete AFTER DELETE ON ${table} BEGIN
  ${drop};${also}
END;`;
}

/** A cell that has its run adds it to the chain of its job. */
const linkTrigger = (event: string, name: string) => `
CREATE TRIGGER links_on_${name} AFTER ${event} ON cells WHEN NEW.state IN ('completed', 'failed') AND NEW.run_id IS NOT NULL BEGIN
  INSERT INTO links
  SELECT NEW.queue_id,
    1 + coalesce((SELECT max(position) FROM links WHERE queue_id = NEW.queue_id), 0),
    id,
    ${CHAIN_LINK}(
      (SELECT link FROM links WHERE queue_id = NEW.queue_id ORDER BY position DESC LIMIT 1), ${LINKED_COLUMNS.join(', ')})
  FROM runs WHERE id = NEW.run_id AND NOT EXISTS (SELECT 1 FROM links WHERE queue_id = NEW.queue_id AND run_id = NEW.run_id);
END;`;

const LINK_TRIGGERS = linkTrigger('INSERT', 'insert') + linkTrigger('UPDATE OF state, run_id', 'update');

/** Of what is there already, in the order in which it was trained. */
function layLinks(db: Database): void {
  const rows = db
    .prepare<[], unknown[]>(
      `SELECT c.queue_id, r.id, ${LINKED_COLUMNS.map((name) => `r.${name}`).join(', ')} FROM cells c JOIN runs r ON r.id = c.run_id
       WHERE c.state IN ('completed', 'failed') ORDER BY c.queue_id, r.id`,
    )
    .raw();
  const insert = db.prepare('INSERT INTO links VALUES (?, ?, ?, ?)');
  let last: { queue: unknown; position: number; link: string | null } | undefined;
  for (const [queue, run, ...values] of rows.all() as [number, number, ...(number | string | null)[]][]) {
    const before = last?.queue === queue ? last : { position: 0, link: null };
    last = { queue, position: before.position + 1, link: chainLink(before.link, ...values) };
    insert.run(queue, last.position, run, last.link);
  }
}

/** Kind and owner of the checksum over the schema itself. */
export const SCHEMA_KIND = 'schema';

/** Of tables, indexes, triggers and the version, as they are now. */
export function schemaSum(db: Database): number {
  const texts = db
    .prepare<[], string | null>(
      "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat[0-9]' ORDER BY 1",
    )
    .pluck()
    .all();
  return rowSum(db.pragma('user_version', { simple: true }) as number, ...texts);
}

function hasSums(db: Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sums'").get() !== undefined;
}

/** As it was when the newest migration had been made; undefined before there are checksums. */
export function storedSchemaSum(db: Database): number | undefined {
  if (!hasSums(db)) return undefined;
  const sum = db.prepare<[], number>(`SELECT sum FROM sums WHERE kind = '${SCHEMA_KIND}'`).pluck().get();
  return sum ?? NONE;
}

/** Called when a migration has changed the schema; before there are checksums it does nothing. */
export function noteSchema(db: Database): void {
  if (!hasSums(db)) return;
  db.prepare(
    `INSERT INTO sums VALUES ('${SCHEMA_KIND}', 0, ?) ON CONFLICT (kind, owner) DO UPDATE SET sum = excluded.sum`,
  ).run(schemaSum(db));
}
