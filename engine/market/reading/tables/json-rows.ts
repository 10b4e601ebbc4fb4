import { barOfTrendbar, isTrendbar } from './ctrader-rows.ts';

/** Bars or ticks of a JSON document as rows of equal columns. */
export interface JsonRows {
  /** Names of the columns; none where rows are arrays. */
  readonly names: readonly string[] | undefined;
  readonly rows: readonly (readonly unknown[])[];
  /** Single values that stand beside the rows or above them, by plain names in small letters. */
  readonly meta: ReadonlyMap<string, string>;
}

type JsonObject = Readonly<Record<string, unknown>>;
/** Of rows so many are looked at to learn their names. */
const LOOKED_AT = 200;
const DEEPEST = 8;
const LONGEST_NAME = 200;

/** A list of rows, and the objects that it lies in, outermost first. */
interface Found {
  readonly rows: readonly (JsonObject | readonly unknown[])[];
  readonly around: readonly JsonObject[];
  /** The name under which it or what holds it lies. */
  readonly key: string;
}

/**
 * The rows of a document, in whichever way sources write them: a list of objects or of arrays at any depth, one object a stamp, one list a
 * column, or the same for several symbols. Undefined where there is none of these.
 */
export function jsonRows(document: unknown): JsonRows | undefined {
  const lists = findRows(document, [], '', 0);
  const longest = lists.reduce<Found | undefined>(
    (best, list) => (list.rows.length > (best?.rows.length ?? 0) ? list : best),
    undefined,
  );
  if (longest === undefined) return undefined;
  const [first, ...others] = lists.filter(({ rows }) => sameKind(rows, longest.rows));
  if (first === undefined) return undefined;
  const meta = metaOf(first.around);
  if (others.length === 0) return { ...asTable(first.rows), meta };
  const all = [first, ...others].map((found) => ({ ...asTable(found.rows), symbol: symbolOf(found) }));
  const names = all[0]!.names;
  return {
    names: names === undefined ? undefined : ['symbol', ...names],
    rows: all.flatMap(({ rows, symbol }) => rows.map((row) => [symbol, ...row])),
    meta: new Map([...meta].filter(([name]) => !['symbol', 'ticker', 'instrument'].includes(name))),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRow(value: unknown): value is JsonObject | readonly unknown[] {
  if (Array.isArray(value)) return value.length >= 3 && value.every((cell) => !isContainer(cell));
  return isObject(value) && Object.keys(value).length >= 3;
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function sameKind(a: Found['rows'], b: Found['rows']): boolean {
  return (
    Array.isArray(a[0]) === Array.isArray(b[0]) && Object.keys(a[0]!).join() === Object.keys(b[0]!).join()
  );
}

function findRows(value: unknown, around: readonly JsonObject[], key: string, depth: number): Found[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isRow) && !value.some(holdsRows))
      return [{ rows: value, around, key }];
    return value.flatMap((inner) => findRows(inner, around, key, depth + 1));
  }
  if (!isObject(value)) return [];
  const rows = split(value) ?? byStamp(value) ?? columns(value);
  if (rows !== undefined) return [{ rows, around: [...around, value], key }];
  return Object.entries(value).flatMap(([name, inner]) =>
    findRows(inner, [...around, value], isPlace(name) ? key : name, depth + 1),
  );
}

/** Names that say where rows are, not what they are of. */
function isPlace(name: string): boolean {
  return /^(values|data|candles|results?|bars|prices|rows|items|time series.*)$/i.test(name);
}

function holdsRows(row: unknown): boolean {
  return (
    isObject(row) &&
    Object.values(row).some((inner) => Array.isArray(inner) && inner.length > 0 && inner.every(isRow))
  );
}

/** `{"columns": [...], "index": [...], "data": [[...], ...]}`, as pandas writes it. */
function split(value: JsonObject): JsonObject[] | undefined {
  const { columns: names, index, data } = value;
  if (!Array.isArray(names) || !Array.isArray(data) || !data.every((row) => Array.isArray(row)))
    return undefined;
  return data.map((row: readonly unknown[], i) => ({
    ...(Array.isArray(index) ? { index: index[i] } : {}),
    ...Object.fromEntries(names.map((name, column) => [String(name), row[column]])),
  }));
}

/** `{"t": [...], "o": [...], ...}`, or `{"open": {"0": 1.1, ...}, ...}`: one list a column; other values are beside them. */
function columns(value: JsonObject): JsonObject[] | undefined {
  const lists = Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(inner) && inner.length > 0 && !inner.some(isContainer)
      ? [[name, inner] as const]
      : isIndexed(inner)
        ? [[name, Object.values(inner)] as const]
        : [],
  );
  const length = lists[0]?.[1].length ?? 0;
  if (lists.length < 3 || !lists.every(([, list]) => list.length === length)) return undefined;
  const indexed = Object.values(value).find(isIndexed);
  const keys = indexed === undefined ? [] : Object.keys(indexed);
  return Array.from({ length }, (_, i) => ({
    ...(keys.length > 0 ? { index: keys[i] } : {}),
    ...Object.fromEntries(lists.map(([name, list]) => [name, list[i]])),
  }));
}

function isIndexed(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key, inner]) => /^\d/.test(key) && !isContainer(inner));
}

/** `{"2024-01-02 10:00:00": {"1. open": "1.1", ...}, ...}`: one object a stamp. */
function byStamp(value: JsonObject): JsonObject[] | undefined {
  const entries = Object.entries(value);
  if (entries.length === 0 || !entries.every(([key, inner]) => /^\d{4,}/.test(key) && isObject(inner)))
    return undefined;
  return entries.map(([time, inner]) => ({ time, ...(inner as JsonObject) }));
}

function asTable(rows: Found['rows']): Pick<JsonRows, 'names' | 'rows'> {
  const [first] = rows;
  if (Array.isArray(first)) return { names: undefined, rows: rows as readonly (readonly unknown[])[] };
  const objects = rows as readonly JsonObject[];
  const flat = objects.map((row) => flatten(isTrendbar(row) ? barOfTrendbar(row) : row));
  const names = [...new Set(flat.slice(0, LOOKED_AT).flatMap((row) => [...row.keys()]))];
  return { names: names.map(withoutNumber), rows: flat.map((row) => names.map((name) => row.get(name))) };
}

/** `{"mid": {"o": "1.1"}}` -> `mid.o`; lists in a row say nothing of its bar. */
function flatten(row: JsonObject, prefix = '', into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (isObject(value)) {
      if (prefix.length < LONGEST_NAME) flatten(value, `${prefix}${name}.`, into);
    } else if (!Array.isArray(value)) into.set(`${prefix}${name}`, value);
  }
  return into;
}

/** `1. open` -> `open`. */
function withoutNumber(name: string): string {
  return name.replace(/^\d+[a-z]?\. /, '');
}

function metaOf(around: readonly JsonObject[]): Map<string, string> {
  const meta = new Map<string, string>();
  for (const object of around) {
    for (const [name, value] of Object.entries(object)) {
      if (isObject(value)) {
        if (/^meta/i.test(name)) for (const [key, text] of flatten(value)) add(meta, key, text);
      } else add(meta, name, value);
    }
  }
  return meta;
}

function add(meta: Map<string, string>, name: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'number')
    meta.set(withoutNumber(name).toLowerCase(), String(value));
}

function symbolOf({ around, key }: Found): string {
  const meta = metaOf(around.slice(-1));
  return meta.get('symbol') ?? meta.get('ticker') ?? meta.get('instrument') ?? key;
}
