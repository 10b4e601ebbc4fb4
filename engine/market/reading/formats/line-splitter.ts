const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const TEXT_KEPT = 200;
/** In bytes; a row of prices has a hundred. */
const LONGEST_LINE = 262_144;

/** Takes the lines of a text; the bytes of one are in bytes[from, to), without its end, and only valid during the call. */
export interface LineTaker {
  line(number: number, bytes: Uint8Array, from: number, to: number): void;
  /** A line that is too long to be held, by its first characters. */
  longLine(number: number, text: string, most: number): void;
}

/** Cuts UTF-8 bytes that come in pieces of any size into lines, which count from 1. */
export class LineSplitter {
  /** Lines so far, blank ones included. */
  lineNumber = 0;
  private readonly taker: LineTaker;
  private lineEnd = LINE_FEED;
  /** The piece being read, and between pieces the first `held` bytes of a line that is not complete. */
  private buffer = new Uint8Array(0);
  private held = 0;
  private started = false;
  /** In the rest of a line that is too long. */
  private skipping = false;

  constructor(taker: LineTaker) {
    this.taker = taker;
  }

  feed(bytes: Uint8Array): void {
    if (!this.started) {
      this.started = true;
      if (!bytes.includes(LINE_FEED) && bytes.includes(RETURN)) this.lineEnd = RETURN;
    }
    this.hold(this.skipping ? this.afterLine(bytes) : bytes);
    const data = this.buffer.subarray(0, this.held);
    let from = 0;
    for (;;) {
      const end = data.indexOf(this.lineEnd, from);
      if (end < 0) break;
      this.give(data, from, end);
      from = end + 1;
    }
    this.buffer.copyWithin(0, from, this.held);
    this.held -= from;
    if (this.held > LONGEST_LINE) this.skipLine();
  }

  finish(): void {
    if (this.held > 0) this.give(this.buffer, 0, this.held);
    this.held = 0;
  }

  private give(bytes: Uint8Array, from: number, end: number): void {
    const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
    this.taker.line(++this.lineNumber, bytes, from, to);
  }

  /** To hold it until it ends would take as much memory as it is long, and to look for its end each time far longer. */
  private skipLine(): void {
    const text = new TextDecoder().decode(this.buffer.subarray(0, TEXT_KEPT));
    this.taker.longLine(++this.lineNumber, text, LONGEST_LINE);
    this.held = 0;
    this.skipping = true;
  }

  private afterLine(bytes: Uint8Array): Uint8Array {
    const end = bytes.indexOf(this.lineEnd);
    this.skipping = end < 0;
    return end < 0 ? bytes.subarray(0, 0) : bytes.subarray(end + 1);
  }

  /** Puts a piece behind what is left of the one before. */
  private hold(bytes: Uint8Array): void {
    const needed = this.held + bytes.length;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.buffer.subarray(0, this.held));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.held);
    this.held = needed;
  }
}

/** The beginning of a line, as people may see it. */
export function lineText(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + TEXT_KEPT)));
}
