import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { AsyncBuffer, ColumnData, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { EngineError } from '../../../contract/errors.ts';
import type { MarketSource } from '../source.ts';
import {
  allBytes,
  type ColumnsPart,
  columnsTable,
  damagedContainer,
  shortFloat,
  stampText,
} from './columns-table.ts';
import { unpackLz4Block, unpackLz4Frame } from './lz4.ts';

/** A file is read as a whole, its rows group by group. */
const LARGEST_MB = 512;

/** Whether a file begins as Parquet does. */
export function isParquet(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, 4)) === 'PAR1';
}

const COMPRESSORS: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
  LZ4_RAW: unpackLz4Block,
  LZ4: (input, length) => hadoopLz4(input, length),
};

/** What old writers call LZ4: blocks behind their lengths, or a frame, or a bare block. */
function hadoopLz4(input: Uint8Array, length: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length > 8 && view.getUint32(0) === length && view.getUint32(4) === input.length - 8) {
    return unpackLz4Block(input.subarray(8), length);
  }
  if (input.length > 4 && view.getUint32(0, true) === 0x184d2204) return unpackLz4Frame(input);
  return unpackLz4Block(input, length);
}

/**
 * The rows of a Parquet file as a table of tabs: stamps that are of UTC say so, others are of a clock that the file does not name.
 *
 * @throws EngineError `data-invalid` where it is too large or damaged
 */
export async function parquetTable(source: MarketSource, headBytes: number): Promise<MarketSource> {
  const { file } = source;
  if (source.size > LARGEST_MB * 1024 ** 2) {
    throw new EngineError(
      'data-invalid',
      `${file} is larger than the ${LARGEST_MB} MB that are read of a Parquet file. Write fewer years into one.`,
      {
        file,
      },
    );
  }
  // Loaded for those who have such files alone.
  const { parquetMetadataAsync, parquetRead } = await import('hyparquet');
  try {
    const bytes = await allBytes(source);
    const buffer: AsyncBuffer = {
      byteLength: bytes.length,
      slice: (from, to) => bytes.slice(from, to).buffer,
    };
    const metadata = await parquetMetadataAsync(buffer);
    const columns = columnsOf(metadata);
    const write = columns.map(writer);
    // Its beginning is asked for first, then all of it: most files have one group, which is then at hand.
    let kept: { readonly rowStart: number; readonly part: ColumnsPart } | undefined;
    const parts = async function* (): AsyncGenerator<ColumnsPart> {
      let rowStart = 0;
      for (const group of metadata.row_groups) {
        const rowEnd = rowStart + Number(group.num_rows);
        if (kept?.rowStart === rowStart) {
          yield kept.part;
          rowStart = rowEnd;
          continue;
        }
        const read = new Map<string, ColumnData[]>();
        // Whole columns: rows would take several times their memory.
        await parquetRead({
          file: buffer,
          metadata,
          columns: columns.map(({ name }) => name),
          rowStart,
          rowEnd,
          compressors: COMPRESSORS,
          parsers: PARSERS,
          onChunk: (chunk) => read.set(chunk.columnName, [...(read.get(chunk.columnName) ?? []), chunk]),
        });
        const values = columns.map(({ name }) => valuesOf(read.get(name) ?? []));
        const part: ColumnsPart = {
          length: rowEnd - rowStart,
          cell: (row, column) => write[column]!(values[column]![row]),
        };
        kept = { rowStart, part };
        yield part;
        rowStart = rowEnd;
      }
    };
    const names = columns.map(({ name }) => (/^__index_level_\d+__$/.test(name) ? 'index' : name));
    return await columnsTable(
      source,
      { container: 'Parquet', meta: new Map() },
      names,
      Number(metadata.num_rows),
      parts,
      headBytes,
    );
  } catch (error) {
    throw damagedContainer(file, 'Parquet', error);
  }
}

/** The values of a column in a group of rows, whose pages may come one by one. */
function valuesOf(chunks: readonly ColumnData[]): ArrayLike<unknown> {
  const [first, ...others] = chunks;
  if (first !== undefined && others.length === 0) return first.columnData;
  return [...chunks].sort((a, b) => a.rowStart - b.rowStart).flatMap(({ columnData }) => [...columnData]);
}

/** Those that hold one value a row. */
function columnsOf({ schema }: FileMetaData): SchemaElement[] {
  const columns: SchemaElement[] = [];
  // A group's children follow it.
  let inside = 0;
  for (const element of schema.slice(1)) {
    const children = element.num_children ?? 0;
    if (inside === 0 && children === 0 && element.repetition_type !== 'REPEATED') columns.push(element);
    inside = Math.max(0, inside - 1) + children;
  }
  return columns;
}

/** Stamps without a word on their zone; `writer` adds it. */
const PARSERS = {
  timestampFromMilliseconds: (ms: bigint) => stampText(Number(ms)),
  timestampFromMicroseconds: (us: bigint) => stampText(Number(us / 1000n)),
  timestampFromNanoseconds: (ns: bigint) => stampText(Number(ns / 1_000_000n)),
  dateFromDays: (days: number) => stampText(days * 86_400_000).slice(0, 10),
};

/** How the values of a column are written. */
function writer(element: SchemaElement): (value: unknown) => unknown {
  const { type, logical_type: logical, converted_type: converted } = element;
  if (type === 'FLOAT') return (value) => (typeof value === 'number' ? shortFloat(value) : value);
  // The older kind of stamps is of UTC by definition.
  const isUtc =
    logical?.type === 'TIMESTAMP' ? logical.isAdjustedToUTC : converted?.startsWith('TIMESTAMP') === true;
  return isUtc ? (value) => (typeof value === 'string' ? `${value}Z` : value) : (value) => value;
}
