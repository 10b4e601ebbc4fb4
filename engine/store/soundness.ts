import type Database from 'better-sqlite3';
import { EngineError } from '../contract/errors.ts';
import { sha256 } from '../identity/digest.ts';
import type { Reader, Store } from './database.ts';
import { rescueAdvice } from './rescue.ts';
import { chainLink, ROW_SUM, rowSum } from './row-sum.ts';
import { LINKED_COLUMNS, SUM_KINDS, type SumKind } from './sum-kinds.ts';

/** Rows that are not what was written. */
export interface Damage {
  /** Of `SUM_KINDS`, or `configurations`, `links`. */
  readonly kind: string;
  readonly owner: Owner;
}

/** A number or a name; see `SumKind.owner`. */
export type Owner = number | string;

const BY_KIND = new Map(SUM_KINDS.map((kind) => [kind.kind, kind]));

/** Columns of a table that a kind's checksums cover, in the table's order. */
export function columnsOf(db: Database.Database, { table, has = () => true }: SumKind): string[] {
  return db.prepare<[string], string>(COLUMN_NAMES).pluck().all(table).filter(has);
}

const COLUMN_NAMES = "SELECT name FROM pragma_table_info(?, 'main')";

/** The same of today's version, by kind. */
const columnsToday = new Map<string, readonly string[]>();

function columnsNow(store: Reader, kind: SumKind): readonly string[] {
  let columns = columnsToday.get(kind.kind);
  if (columns === undefined) {
    const { has = () => true } = kind;
    columns = select<{ name: string }>(store, COLUMN_NAMES, kind.table)
      .map(({ name }) => name)
      .filter(has);
    columnsToday.set(kind.kind, columns);
  }
  return columns;
}

/** By text: what is asked is made of the columns that there are. */
function select<O>(store: Reader, text: string, ...parameters: readonly unknown[]): O[] {
  return store.all<O>({ compile: () => ({ sql: text, parameters }) as never, isSelectQueryBuilder: true });
}

/** Texts by what they ask: with every result dozens are asked, and to put one together takes longer than the answer. */
const texts = new Map<string, string>();

function textFor(question: string, made: () => string): string {
  let text = texts.get(question);
  if (text === undefined) {
    text = made();
    texts.set(question, text);
  }
  return text;
}

/** SQL of a kind's rows that meet a condition. */
const rowsOf = ({ table, only }: SumKind, condition = 'true') =>
  `main.${table} WHERE ${condition}${only === undefined ? '' : ` AND ${only((c) => c)}`}`;

const foundSum = (columns: readonly string[]) => `sum(${ROW_SUM}(${columns.join()}))`;

/** Which of these owners have rows of a kind that are not what was written. For kinds whose owner is a column with an index. */
export function unsoundOwners(store: Reader, name: string, owners: readonly number[]): Set<number> {
  if (owners.length === 0) return new Set();
  const text = textFor(`which of ${name}`, () => {
    const kind = BY_KIND.get(name)!;
    return `SELECT value FROM json_each(?) WHERE
       coalesce((SELECT sum FROM main.sums WHERE kind = '${name}' AND owner = value), 0) IS NOT
       coalesce((SELECT ${foundSum(columnsNow(store, kind))} FROM ${rowsOf(kind, `${kind.owner((c) => c)} = value`)}), 0)`;
  });
  const rows = select<{ value: number }>(store, text, JSON.stringify(owners));
  return new Set(rows.map(({ value }) => value));
}

/** What a row adds to the checksum of its owner; as it was read, with all of its columns. */
export function sumOfRow(store: Reader, name: string, row: object): number {
  const columns = columnsNow(store, BY_KIND.get(name)!);
  const values = row as Readonly<Record<string, number | string | Uint8Array | null>>;
  // Most kinds have all columns, as they are read: to look each up by its name takes several times as long.
  const names = Object.keys(row);
  if (names.length === columns.length && names.every((column, c) => column === columns[c])) {
    return rowSum(...Object.values(values));
  }
  return rowSum(...columns.map((column) => values[column]!));
}

/**
 * For who has read all rows of an owner, of several kinds, at the moment of this: that they are what was written, without their
 * being read again. @throws EngineError `artifact-damaged`
 */
export function assertRowsSound(
  store: Reader,
  owner: number,
  rows: Readonly<Record<string, readonly object[]>>,
): void {
  const kinds = Object.keys(rows);
  const text = textFor(
    `sums of ${kinds.join()}`,
    () => `SELECT kind, sum FROM main.sums WHERE kind IN (${kinds.map((kind) => `'${kind}'`)}) AND owner = ?`,
  );
  const stored = new Map(
    select<{ kind: string; sum: number }>(store, text, owner).map(({ kind, sum }) => [kind, sum]),
  );
  for (const kind of kinds) {
    const found = rows[kind]!.reduce((sum, row) => sum + sumOfRow(store, kind, row), 0);
    if (found !== (stored.get(kind) ?? 0)) throw damagedRow(store.file, { kind, owner });
  }
}

/** The checksum of an owner's rows as it is stored; 0 where it has none. */
export function storedSum(store: Reader, name: string, owner: number): number {
  const [row] = select<{ sum: number }>(
    store,
    'SELECT sum FROM main.sums WHERE kind = ? AND owner = ?',
    name,
    owner,
  );
  return row?.sum ?? 0;
}

/** The rows of an owner were replaced by what is known to be right: their checksum begins anew. */
export function renewSum(store: Store, name: string, owner: number): void {
  const kind = BY_KIND.get(name)!;
  forgetSums(store, name, owner);
  store
    .prepare(
      `INSERT INTO sums SELECT '${name}', ${kind.owner((c) => c)}, ${foundSum(columnsNow(store, kind))}
       FROM ${kind.table} WHERE ${kind.owner((c) => c)} = ? GROUP BY 2`,
    )
    .run(owner);
}

/** The rows of an owner are gone for good. */
export function forgetSums(store: Store, name: string, owner: Owner): void {
  store.prepare('DELETE FROM sums WHERE kind = ? AND owner = ?').run(name, owner);
}

/** @throws EngineError `artifact-damaged` */
export function assertSound(store: Reader, kind: string, owners: readonly number[]): void {
  const [first] = unsoundOwners(store, kind, owners);
  if (first !== undefined) throw damagedRow(store.file, { kind, owner: first });
}

/**
 * Whether an owner's rows of a kind are not what was written; `where`: the columns that name it, by which an index finds them. However
 * many owners there are, it costs the same.
 */
export function isUnsound(store: Reader, name: string, where: Readonly<Record<string, string>>): boolean {
  const columns = Object.keys(where);
  const text = textFor(`whether ${name} by ${columns.join()}`, () => {
    const kind = BY_KIND.get(name)!;
    return `SELECT coalesce((SELECT sum FROM main.sums WHERE kind = '${name}' AND owner = +(${kind.owner((c) => `w.${c}`)})), 0) IS NOT
       coalesce((SELECT ${foundSum(columnsNow(store, kind))} FROM ${rowsOf(
         kind,
         columns.map((c) => `${kind.table}.${c} = w.${c}`).join(' AND '),
       )}), 0) AS unsound
     FROM (SELECT ${columns.map((c) => `? AS ${c}`).join(', ')}) AS w`;
  });
  const [row] = select<{ unsound: number }>(store, text, ...Object.values(where));
  return row!.unsound === 1;
}

/** The checksums of a kind as they are stored, in the order of their owners: while they are the same, no row was written. */
export function sumsOf(store: Reader, name: string): number[] {
  // Its name in the text: SQLite would prepare the statement anew for each value of a parameter, and it is asked for with every result.
  const rows = select<{ sum: number }>(
    store,
    `SELECT sum FROM main.sums WHERE kind = '${BY_KIND.get(name)!.kind}' ORDER BY owner`,
  );
  return rows.map(({ sum }) => sum);
}

/** Which owners have rows of a kind that are not what was written, of all that there are or should be. */
export function unsoundOf(store: Reader, name: string): Set<Owner> {
  const kind = BY_KIND.get(name)!;
  const [compared, lost] = queriesOf(kind, columnsNow(store, kind));
  const wrong = `SELECT owner FROM (${compared}) WHERE NOT sound`;
  return new Set([wrong, lost].flatMap((text) => select<{ owner: Owner }>(store, text)).map((r) => r.owner));
}

/** @throws EngineError `artifact-damaged` */
export function assertAllSound(store: Reader, kind: string): void {
  const [first] = unsoundOf(store, kind);
  if (first !== undefined) throw damagedRow(store.file, { kind, owner: first });
}

/** SQL of all owners and whether their rows have the right checksum, and of those that have none where there should be some. */
function queriesOf(of: SumKind, columns: readonly string[]): [compared: string, lost: string] {
  const { kind, table, owner } = of;
  const named = owner((c) => c);
  // No index has an owner that is put together: all are gathered once, not gone through for each checksum.
  const hasNoRows = named.includes('||')
    ? `s.owner NOT IN (SELECT ${named} FROM ${rowsOf(of, `${named} IS NOT NULL`)})`
    : `NOT EXISTS (SELECT 1 FROM main.${table} AS t WHERE t.${named} = s.owner)`;
  return [
    `SELECT owner, (SELECT sum FROM main.sums WHERE kind = '${kind}' AND owner = +t.owner) IS found AS sound
     FROM (SELECT ${named} AS owner, ${foundSum(columns)} AS found FROM ${rowsOf(of)} GROUP BY 1) AS t`,
    `SELECT owner FROM main.sums AS s WHERE kind = '${kind}' AND sum <> 0 AND ${hasNoRows}`,
  ];
}

/** Everything that is not what was written, of the whole database. */
export function findDamage(db: Database.Database): Damage[] {
  return [...damageInSteps(db)].filter((damage) => damage !== null);
}

/** The same one by one, for whoever has something else to do in between: null is a step that found nothing. */
export function* damageInSteps(db: Database.Database): Generator<Damage | null> {
  for (const kind of SUM_KINDS) yield* damageOfKind(db, kind);
  yield* damagedTexts(db);
  yield* brokenChains(db);
}

/** As `damageInSteps`, of one kind, whose checksums are made of these columns. */
export function* damageOfKind(
  db: Database.Database,
  kind: SumKind,
  columns: readonly string[] = columnsOf(db, kind),
): Generator<Damage | null> {
  if (columns.length === 0) return; // before the migration that makes its table
  const [compared, lost] = queriesOf(kind, columns);
  for (const [owner, isSound] of db.prepare<[], [Owner, number]>(compared).raw().iterate()) {
    yield isSound === 1 ? null : { kind: kind.kind, owner };
  }
  for (const owner of db.prepare<[], Owner>(lost).pluck().iterate()) yield { kind: kind.kind, owner };
}

/** Tables of texts that are each named by their own digest, of so many digits. */
const TEXTS = [
  { kind: 'configurations', name: 'config_hash', content: 'configuration', digits: 64 },
  { kind: 'bases', name: 'digest', content: 'basis', digits: 32 },
] as const;

function* damagedTexts(db: Database.Database): Generator<Damage | null> {
  for (const { kind, name, content, digits } of TEXTS) {
    if (db.prepare('SELECT 1 FROM main.sqlite_schema WHERE name = ?').get(kind) === undefined) continue;
    const rows = db
      .prepare<[], [string, string]>(`SELECT ${name}, ${content} FROM main.${kind}`)
      .raw()
      .iterate();
    for (const [digest, text] of rows) {
      yield sha256(text).slice(0, digits) === digest ? null : { kind, owner: digest };
    }
  }
}

/** Jobs whose runs are not those that they trained, in the order in which they did. */
function* brokenChains(db: Database.Database): Generator<Damage | null> {
  const broken = new Set<number>();
  const links = db
    .prepare<[], unknown[]>(
      `SELECT l.queue_id, l.position, l.link, r.id, ${LINKED_COLUMNS.map((name) => `r.${name}`).join(', ')}
       FROM main.links l LEFT JOIN main.runs r ON r.id = l.run_id ORDER BY l.queue_id, l.position`,
    )
    .raw()
    .iterate() as IterableIterator<[number, number, string, number | null, ...(string | number | null)[]]>;
  let last: { queue: number; position: number; link: string } | undefined;
  for (const [queue, position, link, run, ...values] of links) {
    const before = last?.queue === queue ? last : { position: 0, link: null };
    const isNext = position === before.position + 1 && run !== null;
    if (!isNext || chainLink(before.link, ...values) !== link) broken.add(queue);
    last = { queue, position, link };
    yield null;
  }
  const unlinked = db
    .prepare<[], number>(
      `SELECT DISTINCT queue_id FROM main.cells AS c WHERE state IN ('completed', 'failed') AND run_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM main.links AS l WHERE l.queue_id = c.queue_id AND l.run_id = c.run_id)`,
    )
    .pluck()
    .all();
  for (const owner of new Set([...broken, ...unlinked])) yield { kind: 'links', owner };
}

/** What rows of a kind are called, and where they are. */
const WORDS: Readonly<Record<string, (owner: Owner) => string>> = {
  runs: (id) => `run ${id} (table runs)`,
  run_states: (id) => `what became of run ${id} (table runs)`,
  strategies: (id) => `the strategies of run ${id} (table strategies)`,
  audit: (id) => `the decisions on run ${id} (table audit)`,
  champions: (scope) => `the champion of ${scope} (table champions: market, regime and run)`,
  queues: (id) => `queue ${id} (table queues)`,
  cells: (id) => `the configurations of queue ${id} (table cells)`,
  series: (name) => `the series ${name} (table series)`,
  former_candles: (file) => `the former candles ${file} (table former_candles)`,
  series_changes: (id) => `what a series was before the change ${id} (table series_changes)`,
  watched_folders: (folder) => `that ${folder} is watched (table watched_folders)`,
  watched_files: (file) => `what became of the watched file ${file} (table watched_files)`,
  file_readings: (file) => `how the file ${file} was read (table file_readings)`,
  arrivals: (bar) => `how the bar ${bar} arrived (table arrivals)`,
  forward_tests: (id) => `the forward test ${id} (table forward_tests)`,
  forward_bars: (id) => `the bars of the forward test ${id} (table forward_bars)`,
  alert_targets: (name) => `where the alerts of ${name} go (table alert_targets)`,
  alerts: (id) => `the alert ${id} (table alerts)`,
  alert_states: (key) => `what alerts know of ${key} (table alert_states)`,
  marks: (one) => `what was noted of ${one} (table marks)`,
  views: (view) => `the saved view ${view} (table views)`,
  broker_trades: (trade) => `the trade ${trade} of an account (table broker_trades)`,
  regimes: (name) => `the regime ${name} (table regimes)`,
  luck_maxima: (scope) => `what luck reached in ${scope} (table luck_maxima)`,
  luck_windows: (scope) => `what was tried in ${scope} (table luck_windows)`,
  luck_samples: (scope) => `what was sampled in ${scope} (table luck_cells)`,
  luck_cells: (scope) => `what was counted in ${scope} (table luck_cells)`,
  robustness: (scope) =>
    `how robust the champion of ${scope} is (table robustness: computed again when a job ends)`,
  versions: (id) => `the version ${id} of a model (table versions)`,
  aliases: (name) => `the alias ${name} (table aliases)`,
  journal: (id) => `line ${id} of the journal (table journal)`,
  looks: (id) => `the look ${id} at a holdout (table looks)`,
  workspace: () => 'the id of the workspace (table workspace)',
  configurations: (hash) => `the configuration ${String(hash).slice(0, 12)} (table configurations)`,
  bases: (digest) => `what runs are based on, ${digest} (table bases)`,
  links: (id) => `the order of the results of queue ${id} (table links): one is missing, or is another one`,
};

export function damageText({ kind, owner }: Damage): string {
  return WORDS[kind]?.(owner) ?? `${kind} ${owner}`;
}

/** `file`: the database. */
export function damagedRow(file: string, damage: Damage, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `In the database ${file}, ${damageText(damage)} is not what was written: a disk or another program changed it. Nothing is computed from it; all else can still be read, and "verify" lists what is wrong. ${rescueAdvice(file)}`,
    { file, table: damage.kind, row: damage.owner },
    cause,
  );
}
