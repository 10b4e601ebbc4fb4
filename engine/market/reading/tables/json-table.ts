import { EngineError } from '../../../contract/errors.ts';
import { detectEncoding } from '../../../contract/text-encoding.ts';
import type { MarketSource } from '../source.ts';
import { type JsonRows, jsonRows } from './json-rows.ts';
import { tableLine } from './table-text.ts';

/** A document is read as a whole and takes several times its size in memory. */
const LARGEST_MB = 128;
const PIECE_LINES = 4096;

/** Whether a text begins as a JSON list or object does. */
export function isJson(head: Uint8Array): boolean {
  const start = new TextDecoder(detectEncoding(head) ?? 'utf-8').decode(head.subarray(0, 64)).trimStart();
  return /^(\{\s*("|\}|$)|\[\s*([[{\]"\d-]|$))/.test(start) && !/^\[[^\]{["]*\]\s*[,;\t]/.test(start);
}

/**
 * The rows of a JSON document, or of one document a line, as a table of tabs.
 *
 * @throws EngineError `data-invalid` where it is too large, damaged, or holds no rows
 */
export async function jsonTable(source: MarketSource, headBytes: number): Promise<MarketSource> {
  const { file } = source;
  if (source.size > LARGEST_MB * 1024 ** 2) {
    throw new EngineError(
      'data-invalid',
      `${file} is a JSON document of more than the ${LARGEST_MB} MB that are read of one. Ask its source for fewer years at once, or for CSV.`,
      { file },
    );
  }
  const found = jsonRows(parsed(file, await wholeText(source)));
  if (found === undefined) throw noRows(file, source);
  const pieces = [...inPieces(found)];
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const head = new Uint8Array(Buffer.concat(pieces, Math.min(size, headBytes)));
  return {
    ...source,
    size,
    head,
    origin: { container: 'JSON', meta: found.meta },
    async *pieces() {
      yield* pieces;
    },
  };
}

async function wholeText(source: MarketSource): Promise<string> {
  const decoder = new TextDecoder(detectEncoding(source.head) ?? 'utf-8');
  const parts: string[] = [];
  for await (const piece of source.pieces()) parts.push(decoder.decode(piece, { stream: true }));
  return parts.join('');
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 1) {
      try {
        return lines.map((line) => JSON.parse(line) as unknown);
      } catch {
        // Neither one document nor one a line: the first failure says where.
      }
    }
    throw new EngineError(
      'data-invalid',
      `${file} is damaged or cut off JSON: ${(error as Error).message}. Download it again.`,
      { file },
      error,
    );
  }
}

function* inPieces({ names, rows }: JsonRows): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines = names === undefined ? [] : [tableLine(names)];
  for (const row of rows) {
    lines.push(tableLine(row));
    if (lines.length < PIECE_LINES) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
  }
  yield encoder.encode(lines.join(''));
}

function noRows(file: string, { head }: MarketSource): EngineError {
  const start = new TextDecoder(detectEncoding(head) ?? 'utf-8')
    .decode(head.subarray(0, 300))
    .replace(/\s+/g, ' ');
  return new EngineError(
    'data-invalid',
    `${file} is JSON, but holds no list of bars. It begins with ${start}. Sources answer so where a request failed.`,
    { file },
  );
}
