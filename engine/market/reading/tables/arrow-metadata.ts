/**
 * Whether the lists of a message of Arrow's format fit into it. Its library believes the lengths that a file claims, and fills the memory with
 * the entries of a damaged one.
 *
 * Flatbuffers (all little-endian): a table begins with the distance back to its vtable, which has, behind two lengths of 2 bytes, the place of
 * each field in the table, 0 where it is absent; lists, tables and texts are named by the distance from the field that names them, and a list
 * begins with its length. Fields as in Arrow's Message.fbs and Schema.fbs.
 */

/** Kinds of headers. */
const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;

/** Bytes of an entry. */
const NAMED = 4;
const FEATURE = 8;
const NODE = 16;

/** @throws Error where a list does not fit, RangeError where something lies beyond the end */
export function checkArrowMetadata(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const message = tableAt(view, view.getUint32(0, true));
  listAt(view, message(4), NAMED);
  const kind = message(1) === 0 ? 0 : view.getUint8(message(1));
  const header = message(2);
  if (header === 0) throw new Error('a message without a header');
  const content = tableAt(view, named(view, header));
  if (kind === SCHEMA) checkSchema(view, content);
  else if (kind === RECORDS) checkRecords(view, content);
  else if (kind === DICTIONARY && content(1) !== 0) {
    checkRecords(view, tableAt(view, named(view, content(1))));
  } else throw new Error(`a message of kind ${kind}`);
}

/** Where a field of a table is, by its number; 0: absent. */
type Table = (field: number) => number;

function tableAt(view: DataView, at: number): Table {
  const vtable = at - view.getInt32(at, true);
  const size = view.getUint16(vtable, true);
  return (field) => {
    const slot = 4 + 2 * field;
    const place = slot + 2 > size ? 0 : view.getUint16(vtable + slot, true);
    return place === 0 ? 0 : at + place;
  };
}

function named(view: DataView, field: number): number {
  return field + view.getUint32(field, true);
}

/** Places of the entries of a list; none where it is absent. */
function listAt(view: DataView, field: number, entry: number): number[] {
  if (field === 0) return [];
  const at = named(view, field);
  const length = view.getUint32(at, true);
  if (at + 4 + length * entry > view.byteLength) throw new Error(`a list of ${length} does not fit`);
  return Array.from({ length }, (_, i) => at + 4 + i * entry);
}

function checkSchema(view: DataView, schema: Table): void {
  listAt(view, schema(2), NAMED);
  listAt(view, schema(3), FEATURE);
  checkFields(view, listAt(view, schema(1), NAMED));
}

function checkFields(view: DataView, fields: readonly number[]): void {
  for (const place of fields) {
    const field = tableAt(view, named(view, place));
    listAt(view, field(0), 1);
    listAt(view, field(6), NAMED);
    // Names lead onward only, so this ends.
    checkFields(view, listAt(view, field(5), NAMED));
  }
}

function checkRecords(view: DataView, records: Table): void {
  listAt(view, records(1), NODE);
  listAt(view, records(2), NODE);
}
