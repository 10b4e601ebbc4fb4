import { EngineError } from '../../../contract/errors.ts';
import type { MarketSource } from '../source.ts';
import type { Container, TableOrigin } from './table-origin.ts';
import { tableLine } from './table-text.ts';

/** Columns of equal length, of a part of a table. */
export interface ColumnsPart {
  readonly length: number;
  cell(row: number, column: number): unknown;
}

const PIECE_LINES = 4096;

/** What a file with a container's damage is refused with; what was refused already stays. */
export function damagedContainer(file: string, container: Container, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(
    'data-invalid',
    `${file} is a damaged or truncated ${container} file (${(error as Error).message}). Download or write it again.`,
    { file },
    error,
  );
}

/**
 * A table of columns as a text of tabs. Parts are read each time the text is: never more of it in memory than a part.
 *
 * @param names of the columns
 * @param rows of all parts
 */
export async function columnsTable(
  source: MarketSource,
  origin: TableOrigin,
  names: readonly string[],
  rows: number,
  parts: () => AsyncIterable<ColumnsPart>,
  headBytes: number,
): Promise<MarketSource> {
  const pieces = () => named(source.file, origin.container, asText(names, parts()));
  const first: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces()) {
    first.push(piece);
    length += piece.length;
    if (length >= headBytes) break;
  }
  const head = new Uint8Array(Buffer.concat(first, Math.min(length, headBytes)));
  const isWhole = length < headBytes;
  const lines = Math.max(1, head.filter((byte) => byte === 0x0a).length);
  return {
    ...source,
    origin,
    head,
    // About as long as its first rows promise; a reader only asks how far it is.
    size: isWhole ? length : Math.max(length + 1, Math.round((head.length / lines) * rows)),
    pieces,
  };
}

async function* asText(
  names: readonly string[],
  parts: AsyncIterable<ColumnsPart>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines = [tableLine(names)];
  for await (const part of parts) {
    for (let row = 0; row < part.length; row++) {
      lines.push(tableLine(names.map((_, column) => part.cell(row, column))));
      if (lines.length < PIECE_LINES) continue;
      yield encoder.encode(lines.join(''));
      lines = [];
    }
  }
  if (lines.length > 0) yield encoder.encode(lines.join(''));
}

/** The same pieces; what breaks them off gets a name. */
async function* named(
  file: string,
  container: Container,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw damagedContainer(file, container, error);
  }
}

/** A stamp without a word on its zone. Throws `RangeError` where there is no such time. */
export function stampText(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}

/** A number of single precision in the fewest digits that mean it: 1.1, where a double has 1.100000023841858. */
export function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** All bytes of a source. */
export async function allBytes(source: MarketSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of source.pieces()) parts.push(Uint8Array.from(piece));
  return new Uint8Array(Buffer.concat(parts));
}
