import { zstdDecompressSync } from 'node:zlib';
import type { DataType, RecordBatch, Timestamp } from 'apache-arrow';
import { EngineError } from '../../contract/errors.ts';
import type { MarketSource } from '../source.ts';
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
    const table = arrow.tableFromIPC(bytes);
    const { fields } = table.schema;
    const write = fields.map(({ type }) => writer(type, arrow.Type));
    const partOf = (batch: RecordBatch): ColumnsPart => {
      const columns = fields.map((_, i) => batch.getChildAt(i));
      return { length: batch.numRows, cell: (row, column) => write[column]!(columns[column]?.get(row)) };
    };
    const names = fields.map(({ name }) => (/^__index_level_\d+__$/.test(name) ? 'index' : name));
    const parts = async function* () {
      for (const batch of table.batches) yield partOf(batch);
    };
    return await columnsTable(
      source,
      { container: 'Feather', meta: new Map() },
      names,
      table.numRows,
      parts,
      headBytes,
    );
  } catch (error) {
    throw damagedContainer(file, 'Feather', error);
  }
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
