import { zstdDecompressSync } from 'node:zlib';
import type { DataType, RecordBatch, Timestamp } from 'apache-arrow';
import { EngineError } from '../../../contract/errors.ts';
import type { MarketSource } from '../source.ts';
import { checkArrowMetadata } from './arrow-metadata.ts';
import {
  allBytes,
  type ColumnsPart,
  columnsTable,
  damagedContainer,
  shortFloat,
  stampText,
} from './columns-table.ts';
import { unpackLz4Frame } from './lz4.ts';

/** A file is read as a whole. */
const LARGEST_MB = 512;
const STREAM = 0xffffffff;

/** Whether a file begins as Arrow's files or streams do, the older Feather among them. */
export function isFeather(head: Uint8Array): boolean {
  return isMagic(head) || isOld(head) || isStream(head);
}

function isMagic(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 6)) === 'ARROW1';
}

function isOld(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, 4)) === 'FEA1';
}

/** A mark, and the length of a schema, which has a few hundred bytes and ends on eight. */
function isStream(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const view = new DataView(head.buffer, head.byteOffset, 8);
  const length = view.getUint32(4, true);
  return view.getUint32(0, true) === STREAM && length > 0 && length < 1_000_000 && length % 8 === 0;
}

/**
 * The rows of an Arrow file, which pandas calls Feather, as a table of tabs: stamps with a zone are of UTC and say so, others are of a clock that
 * the file does not name.
 *
 * @throws EngineError `data-invalid` where it is too large, damaged, or of the first version of Feather
 */
export async function featherTable(source: MarketSource, headBytes: number): Promise<MarketSource> {
  const { file } = source;
  if (isOld(source.head)) {
    throw new EngineError(
      'data-invalid',
      `${file} is of the first version of Feather, which is no longer read. Write it again as Feather 2 or Parquet.`,
      {
        file,
      },
    );
  }
  if (source.size > LARGEST_MB * 1024 ** 2) {
    throw new EngineError(
      'data-invalid',
      `${file} is larger than the ${LARGEST_MB} MB that are read of a Feather file. Write fewer years into one.`,
      {
        file,
      },
    );
  }
  // Loaded for those who have such files alone.
  const arrow = await import('apache-arrow');
  try {
    arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { decode: unpackLz4Frame });
    arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, {
      decode: (data) => new Uint8Array(zstdDecompressSync(data)),
    });
    const bytes = await allBytes(source);
    // Without its end a file would still be read as a stream, up to where it breaks off.
    if (isMagic(source.head) && !isMagic(bytes.subarray(-6))) throw new Error('it breaks off');
    const { schema, batches } = read(arrow, bytes.subarray(...messagesWithin(arrow, bytes)));
    const { fields } = schema;
    const write = fields.map(({ type }) => writer(type, arrow.Type));
    const partOf = (batch: RecordBatch): ColumnsPart => {
      const columns = fields.map((_, i) => batch.getChildAt(i));
      return { length: batch.numRows, cell: (row, column) => write[column]!(columns[column]?.get(row)) };
    };
    const names = fields.map(({ name }) => (/^__index_level_\d+__$/.test(name) ? 'index' : name));
    const parts = async function* () {
      for (const batch of batches) yield partOf(batch);
    };
    return await columnsTable(
      source,
      { container: 'Feather', meta: new Map() },
      names,
      batches.reduce((sum, { numRows }) => sum + numRows, 0),
      parts,
      headBytes,
    );
  } catch (error) {
    throw damagedContainer(file, 'Feather', error);
  }
}

type Arrow = typeof import('apache-arrow');

/** Where a file's messages begin, behind its magic and what fills it up. */
const FILE_HEAD = 8;

/**
 * Where the messages of a file or stream begin and end: Arrow's library goes round for ever in some that are damaged, so each must say how long
 * it is, and be so long. Throws where one does not.
 */
function messagesWithin({ Message }: Arrow, bytes: Uint8Array): [begin: number, end: number] {
  const begin = isMagic(bytes) ? FILE_HEAD : 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = begin; ; ) {
    if (at + 8 > bytes.length) {
      // Streams may end without a mark; a file has its list of messages there.
      if (begin === 0 && at === bytes.length) return [begin, at];
      throw new Error(`it breaks off at byte ${at}`);
    }
    const length = view.getInt32(at + 4, true);
    const isMarked = view.getUint32(at, true) === STREAM;
    if (isMarked && length === 0) return [begin, at + 8];
    const body = at + 8 + length;
    if (!isMarked || length < 0 || body > bytes.length) throw new Error(`no message begins at byte ${at}`);
    const metadata = bytes.subarray(at + 8, body);
    checkArrowMetadata(metadata);
    const { bodyLength } = Message.decode(metadata);
    const end = body + bodyLength;
    if (!(bodyLength >= 0 && end <= bytes.length)) throw new Error(`the message at byte ${at} breaks off`);
    at = end;
  }
}

/** All batches, each of as many rows as it has values. */
function read({ RecordBatchReader }: Arrow, stream: Uint8Array) {
  const reader = RecordBatchReader.from(stream).open();
  // It is let go of with the last batch.
  const { schema } = reader;
  const batches: RecordBatch[] = [];
  for (const batch of reader) {
    for (const { values, valueOffsets } of batch.data.children) {
      // Of truth values a byte holds eight.
      const most = 8 * ((valueOffsets ?? values)?.length ?? batch.numRows);
      if (batch.numRows > most) throw new Error(`${batch.numRows} rows have values of ${most} at most`);
    }
    batches.push(batch);
  }
  return { schema, batches };
}

/** How the values of a column are written. */
function writer(type: DataType, kinds: typeof import('apache-arrow').Type): (value: unknown) => unknown {
  if (type.typeId === kinds.Timestamp) {
    const { timezone } = type as Timestamp;
    const zone = timezone === null || timezone === undefined || timezone === '' ? '' : 'Z';
    return (value) => (typeof value === 'number' ? `${stampText(value)}${zone}` : undefined);
  }
  if (type.typeId === kinds.Date) {
    return (value) =>
      typeof value === 'number' || value instanceof Date ? stampText(Number(value)).slice(0, 10) : undefined;
  }
  if (type.typeId === kinds.Float)
    return (value) => (typeof value === 'number' && Math.fround(value) === value ? shortFloat(value) : value);
  return (value) => value;
}
