const BLANK = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;

/** Where the cells of a line are, without the blanks and quotes around them. */
export class RowCells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly delimiter: number;
  private readonly columns: number;

  constructor(delimiter: string, columns: number) {
    this.delimiter = delimiter.charCodeAt(0);
    this.columns = columns;
    this.starts = new Int32Array(columns);
    this.ends = new Int32Array(columns);
  }

  /** Finds the cells of the line in bytes[from, to); returns how many there are. */
  split(bytes: Uint8Array, from: number, to: number): number {
    const { delimiter, columns, starts, ends } = this;
    let count = 0;
    let start = from;
    let quoted = false;
    let lastFilled = 0;
    for (let i = from; i <= to; i++) {
      const c = i < to ? bytes[i] : delimiter;
      if (c === QUOTE) quoted = !quoted;
      if (c !== delimiter || (quoted && i < to)) continue;
      let a = start;
      let b = i;
      while (a < b && (bytes[a] === BLANK || bytes[a] === QUOTE)) a++;
      while (b > a && (bytes[b - 1] === BLANK || bytes[b - 1] === QUOTE)) b--;
      if (count < columns) {
        starts[count] = a;
        ends[count] = b;
      }
      count++;
      if (b > a) lastFilled = count;
      start = i + 1;
    }
    // Delimiters at the end of the line open no columns.
    return count > columns ? Math.max(columns, lastFilled) : count;
  }

  /** The text of a cell of the line that was split last. */
  text(bytes: Uint8Array, column: number): string {
    return new TextDecoder().decode(bytes.subarray(this.starts[column]!, this.ends[column]!));
  }

  /** Whether a line holds nothing but blanks, quotes and delimiters. */
  isBlank(bytes: Uint8Array, from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const c = bytes[i];
      if (c !== BLANK && c !== TAB && c !== QUOTE && c !== this.delimiter) return false;
    }
    return true;
  }
}
