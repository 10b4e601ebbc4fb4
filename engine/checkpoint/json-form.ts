import { createHash } from 'node:crypto';
import { damaged, readChunks, TRAILER_BYTES, trailerOf } from './source.ts';

/**
 * Versions 1 and 2 of a checkpoint file, which are read and not written any more: JSON, one line per item, so that of no line does
 * a reader need more than itself.
 *
 *   {"format":"regimen-checkpoint","version":1,…,        the header: values that are small
 *   "trained":[                                          a section per kind of item
 *   {…},
 *   {…}
 *   ],
 *   …
 *   "checksum":"<SHA-256 in hex of all bytes before this line>"}
 */

/** The longest line has the largest model that there can be in base64, 4 bytes for 3. */
const LONGEST_LINE = 384 << 20;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const CLOSING_BRACKET = 0x5d;

/**
 * Checks a whole file, without holding it in memory. Yields after each chunk, so that others can have their turn.
 * @throws EngineError `artifact-damaged` if a single bit is not as it was written, `file-unreadable`
 */
export function* verifyChecksum(path: string): Generator<void, void> {
  const hash = createHash('sha256');
  let tail = Buffer.alloc(0);
  for (const chunk of readChunks(path)) {
    yield;
    const bytes = Buffer.concat([tail, chunk]);
    const end = Math.max(0, bytes.length - TRAILER_BYTES);
    hash.update(bytes.subarray(0, end));
    tail = bytes.subarray(end);
  }
  if (!tail.equals(trailerOf(hash))) throw damaged(path, 'its content does not match its checksum');
}

/**
 * Items of one section of a verified file, each read when it is asked for, as JSON. `isLater`: the first release wrote no
 * such section.
 */
export function* readSection(path: string, name: string, isLater = false): Generator<Buffer> {
  const start = Buffer.from(`"${name}":[`);
  let inside = false;
  for (const line of readLines(path)) {
    if (inside) {
      if (line[0] === CLOSING_BRACKET) return;
      yield line[line.length - 1] === COMMA ? line.subarray(0, -1) : line;
    } else inside = line.equals(start);
  }
  if (!isLater) throw damaged(path, `it has no "${name}"`);
}

/**
 * Lines without their ends, each valid until the next is asked for. JSON escapes line feeds inside texts, so each byte of
 * that value ends a line.
 */
function* readLines(path: string): Generator<Buffer> {
  let open: Buffer[] = [];
  let length = 0;
  for (const chunk of readChunks(path)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, end);
      yield open.length === 0 ? rest : Buffer.concat([...open, rest]);
      open = [];
      length = 0;
      from = end + 1;
    }
    // A copy, since the chunk's memory is used again.
    open.push(Buffer.from(chunk.subarray(from)));
    length += chunk.length - from;
    if (length > LONGEST_LINE) throw damaged(path, 'it has a line that is longer than any of a checkpoint');
  }
}
